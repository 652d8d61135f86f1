import type { ErrorCode } from '../../core/error-codes.ts';
import { noSuchKey } from '../../core/no-such-key.ts';
import { type AppError, fail, type Outcome, ok } from '../../core/outcome.ts';
import type { PayloadKind } from '../../core/payload.ts';
import type { SecretId } from '../../core/secret.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import { inspectTargets } from '../../store/transaction/inspect-targets.ts';
import type { Editor } from '../editor/choose-editor.ts';
import type { LendTerminal } from '../editor/lend-terminal.ts';
import { runEditor } from '../editor/run-editor.ts';
import { makeScratch, type Scratch } from '../editor/scratch.ts';
import { valueFileName } from '../editor/value-file-name.ts';
import type { Session } from '../session.ts';
import type { FinalNewline } from './final-newline.ts';
import { type PreparedSet, prepareSet } from './prepare-set.ts';
import type { Decide, Obstacle } from './text-obstacle.ts';

export interface EditInput {
  readonly id: SecretId;
  readonly key?: readonly string[];
  readonly editor: Editor;
  /** A private directory in memory. */
  readonly place: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdoutIsTerminal: boolean;
  /** `undefined`: as the old value has it. */
  readonly finalNewline: FinalNewline | undefined;
  readonly allowEmpty: boolean;
  readonly anyFormat: boolean;
  readonly breakHardLinks: boolean;
  readonly ask: AskPassphrase;
  readonly lendTerminal: LendTerminal;
  readonly decide: Decide;
}

/** What a person sees in the editor, and what it was made from. */
interface Original {
  /** `null` where there is no file yet. */
  readonly value: Uint8Array | null;
  readonly kind: PayloadKind;
  /** SHA-256 of the file. */
  readonly sha256: string | null;
}

/**
 * Gives a secret, or one value in it, to an editor and what it saves to `write`. Until that has gone well the text
 * stays in memory, so that nothing typed is lost by an obstacle. Errors: `stopped` (given up, or the editor failed),
 * `unsupported` (no text), those of opening, of `prepareSet` and of `write`.
 */
export async function editInEditor<T>(
  session: Session,
  input: EditInput,
  write: (prepared: PreparedSet) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const original = await originalOf(session, input);
  if (!original.ok) return original;
  const scratch = makeScratch(input.place);
  if (!scratch.ok) return scratch;
  try {
    return await untilWritten(session, input, original.value, scratch.value, write);
  } finally {
    scratch.value.remove();
    original.value.value?.fill(0);
  }
}

async function untilWritten<T>(
  session: Session,
  input: EditInput,
  original: Original,
  scratch: Scratch,
  write: (prepared: PreparedSet) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const name = valueFileName(original.kind);
  const own = scratch.add(name, bytesOf(original));
  if (!own.ok) return own;
  const files = [own.value];
  const meant = { empty: input.allowEmpty, format: input.anyFormat, over: original.sha256 };
  for (let edit = true; ; ) {
    if (edit) {
      const run = { ...input, directory: scratch.directory, files };
      const ran = await input.lendTerminal(() => runEditor(input.editor, run));
      if (!ran.ok) return ran;
    }
    edit = true;
    const text = scratch.read(name);
    if (!text.ok) return text;
    const result = await attempt(session, input, original, text.value, meant, write);
    if ('done' in result) return result.done;
    const choice = await input.decide(result.obstacle);
    if (choice === null) return { ok: false, error: result.obstacle.error };
    if (choice === 'discard') return fail('stopped', 'nothing was written', { where: input.id });
    if (choice === 'again') continue;
    const { kind } = result.obstacle;
    if (kind === 'changed') {
      const now = await session.reload();
      if (!now.ok) return now;
      meant.over = await hashOf(session, input.id);
    }
    if (choice === 'both') {
      const theirs = await originalOf(session, input);
      if (!theirs.ok) return theirs;
      meant.over = theirs.value.sha256;
      const beside = scratch.add(
        valueFileName(original.kind, `theirs-${files.length}`),
        bytesOf(theirs.value),
      );
      theirs.value.value?.fill(0);
      if (!beside.ok) return beside;
      files.push(beside.value);
      continue;
    }
    edit = false;
    meant.empty ||= kind === 'empty';
    meant.format ||= kind === 'broken';
  }
}

async function attempt<T>(
  session: Session,
  input: EditInput,
  original: Original,
  text: Uint8Array,
  meant: { readonly empty: boolean; readonly format: boolean; readonly over: string | null },
  write: (prepared: PreparedSet) => Promise<Outcome<T>>,
): Promise<{ readonly done: Outcome<T> } | { readonly obstacle: Obstacle }> {
  const { id } = input;
  const isEmpty = isBlank(text);
  if (text.includes(0) || decodeUtf8(text) === null) {
    text.fill(0);
    return obstacle('no-text', {
      code: 'malformed',
      says: 'what the editor saved is not UTF-8 text',
      where: id,
    });
  }
  if (isEmpty && original.value === null)
    return { done: fail('stopped', 'nothing was written: it is empty') };
  if (original.value !== null && Buffer.from(original.value).equals(text)) {
    text.fill(0);
    return { done: await write({ plan: null, label: `edit ${id}`, notes: [] }) };
  }
  // Of an editor that was emptied, a newline may be left.
  if (isEmpty && !meant.empty && original.value !== null && !isBlank(original.value)) {
    return obstacle('empty', {
      code: 'refused',
      says: 'the new value is empty',
      where: id,
      hint: '--allow-empty writes it all the same',
    });
  }
  const keep = original.value === null ? 'exact' : 'keep';
  const prepared = await prepareSet(session, {
    id,
    ...(input.key && { key: input.key }),
    value: text,
    finalNewline: input.finalNewline ?? keep,
    allowEmpty: meant.empty,
    anyFormat: meant.format,
    breakHardLinks: input.breakHardLinks,
    ask: input.ask,
  });
  if (!prepared.ok) {
    const { code } = prepared.error;
    return obstacle(obstacles[code] ?? 'failed', prepared.error);
  }
  const [step] = prepared.value.plan?.steps ?? [];
  if (step !== undefined && step.before !== meant.over) {
    if (step.do === 'encrypt') (await session.writer()).drop(step.value);
    return obstacle('changed', {
      code: 'changed',
      says: 'somebody else wrote it while it was edited',
      where: id,
      hint: 'nothing was written',
    });
  }
  const label = prepared.value.label.replace(/^set/, 'edit');
  const written = await write({ ...prepared.value, label });
  if (written.ok) return { done: written };
  return obstacle(obstacles[written.error.code] ?? 'failed', written.error);
}

const obstacles: Readonly<Partial<Record<ErrorCode, Obstacle['kind']>>> = {
  malformed: 'broken',
  changed: 'changed',
};

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0x0a || byte === 0x0d);

const obstacle = (kind: Obstacle['kind'], error: AppError): { readonly obstacle: Obstacle } => ({
  obstacle: { kind, error },
});

async function originalOf(
  session: Session,
  { id, key, ask }: Pick<EditInput, 'id' | 'key' | 'ask'>,
): Promise<Outcome<Original>> {
  const secret = session.repository().secrets.find((one) => one.id === id);
  if (secret?.state === 'missing' && key === undefined)
    return ok({ value: null, kind: 'text', sha256: null });
  const opened = await session.open(id, ask);
  if (!opened.ok) return opened;
  const { kind, entries, file, ref } = opened.value;
  const entry =
    key === undefined ? { ref } : entries.find(({ path }) => JSON.stringify(path) === JSON.stringify(key));
  const value = entry ? session.lend(entry.ref, (bytes) => Uint8Array.from(bytes)) : null;
  session.release(opened.value);
  if (value === null) {
    return noSuchKey(
      id,
      key ?? [],
      entries.map(({ path }) => path),
    );
  }
  if (!value.ok) return value;
  if (kind === 'binary') {
    value.value.fill(0);
    return fail('unsupported', 'it is not text', {
      where: id,
      hint: 'write it with keyhole set --from-file',
    });
  }
  return ok({ value: value.value, kind: key === undefined ? kind : 'text', sha256: file });
}

async function hashOf(session: Session, id: SecretId): Promise<string | null> {
  const facts = await inspectTargets(session.repository().root, [id]);
  return facts.ok ? (facts.value.get(id)?.sha256 ?? null) : null;
}

const bytesOf = ({ value }: Original): Uint8Array => value ?? new Uint8Array(0);
