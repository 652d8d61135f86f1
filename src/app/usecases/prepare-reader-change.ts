import { counted } from '../../core/counted.ts';
import { firstFew } from '../../core/first-few.ts';
import { isOnFile } from '../../core/matrix.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Recipient, RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import { changeWrittenReader } from '../../store/backends/agenix/change-written-reader.ts';
import { findMentions } from '../../store/find-mentions.ts';
import type { Session } from '../session.ts';
import type { NamedReaders } from './choose-readers.ts';
import { meantReader, type ReaderRequest } from './meant-reader.ts';
import type { OpenValuesOptions } from './open-values.ts';
import { type Affected, affectedBy, planAffected } from './plan-affected.ts';
import { whileRulesStay } from './while-rules-stay.ts';
import { withWrittenReaders } from './with-written-readers.ts';

export interface ReaderChangeInput extends OpenValuesOptions {
  readonly request: ReaderRequest;
  readonly breakHardLinks: boolean;
}

export interface PreparedReaderChange {
  readonly plan: Plan | null;
  readonly label: string;
  readonly notes: readonly string[];
  /** What a person should look at twice before the key is taken. */
  readonly doubts: readonly string[];
  /** The key that is new, under the name it gets. */
  readonly fresh: readonly Recipient[];
  /** To whom something is to be given by name or key. */
  readonly named: NamedReaders;
}

const mostMentions = 5;

/**
 * What adding, replacing, renaming or removing a reader would do: rules and `.pub` files in their own text, and every
 * file whose readers differ then, as one plan. Every file is opened first; where one cannot be, nothing is written.
 * Errors: `not-found`, `ambiguous`, `usage` (a name or key that is taken, nobody would be left), `bad-rules` (with what
 * to edit by hand), those of opening and of `Writer.plan`.
 */
export const prepareReaderChange = (
  session: Session,
  input: ReaderChangeInput,
): Promise<Outcome<PreparedReaderChange>> => whileRulesStay(session, () => prepare(session, input));

async function prepare(session: Session, input: ReaderChangeInput): Promise<Outcome<PreparedReaderChange>> {
  const repository = withWrittenReaders(session.repository());
  const meant = meantReader(repository, input.request);
  if (!meant.ok) return meant;
  const { change, label, keys, gone, doubts, fresh, named, notes: known } = meant.value;
  const changed = changeWrittenReader(repository.root, repository.rules, change);
  if (!changed.ok) return changed;
  const affected = affectedBy(repository, changed.value);
  const lagging = stillReading(repository, gone, affected);
  const files = [...affected, ...lagging].filter(({ secret }) => secret.state !== 'missing');
  const absent = affected.filter(({ secret }) => secret.state === 'missing');
  const notes = [
    ...known,
    ...(lagging.length > 0
      ? [`${counted(lagging.length, 'file')} differed from the rules before: ${namesOf(lagging)}`]
      : []),
    ...absent.map(({ secret }) => `${secret.id}: there is no file; its rule alone changes`),
    ...unreached(repository, gone, files),
    ...alsoReadBy(repository, changed.value.rewrites, (await session.writer()).rulesFrom() ?? []),
  ];
  const plan = await planAffected(session, { files, rewrites: changed.value.rewrites, keys }, input);
  return plan.ok ? ok({ plan: plan.value, label, notes, doubts, fresh, named }) : plan;
}

const namesOf = (affected: readonly Affected[]): string =>
  firstFew(
    affected.map(({ secret }) => secret.id),
    8,
  );

/** Files that one of these keys provably opens although their rules do not name it any more. */
function stillReading(
  repository: Repository,
  gone: readonly RecipientId[],
  affected: readonly Affected[],
): readonly Affected[] {
  const done = new Set(affected.map(({ secret }) => secret.id));
  return repository.secrets
    .filter(
      (secret) =>
        !done.has(secret.id) &&
        secret.rule !== undefined &&
        secret.declared.length > 0 &&
        gone.some((id) => !secret.declared.includes(id) && isOnFile(repository, secret, id) === 'yes'),
    )
    .map((secret) => ({ secret, readers: secret.declared }));
}

/** Files that are not written and that one of these keys opens, or may open: nothing is claimed of them. */
function unreached(
  repository: Repository,
  gone: readonly RecipientId[],
  files: readonly Affected[],
): readonly string[] {
  const written = new Set(files.map(({ secret }) => secret.id));
  const left = repository.secrets.filter(({ id }) => !written.has(id));
  const with_ = (answer: 'yes' | 'unknown'): readonly string[] =>
    left
      .filter((secret) => {
        const answers = gone.map((id) => isOnFile(repository, secret, id));
        return answers.includes(answer) && (answer === 'yes' || !answers.includes('yes'));
      })
      .map(({ id }) => id);
  const [sure, perhaps] = [with_('yes'), with_('unknown')];
  return [
    ...(sure.length > 0 ? [`no usable rule names ${firstFew(sure, 8)}, which it still opens`] : []),
    ...(perhaps.length > 0
      ? [`whether it opens ${counted(perhaps.length, 'other file')} cannot be known: ${firstFew(perhaps, 8)}`]
      : []),
  ];
}

/** Nix files that are no rules and name a file of keys that changes: what they make of it, nobody proved. */
function alsoReadBy(
  { root, rules, secrets }: Repository,
  rewrites: readonly { readonly kind: string; readonly path: string }[],
  evaluated: readonly string[],
): readonly string[] {
  const own = new Set(rules.map(({ path }) => path));
  const shared = rewrites
    .filter(({ kind, path }) => kind !== 'add' && !own.has(path))
    .map(({ path }) => path);
  if (shared.length === 0) return [];
  const all = [...secrets.map(({ id }) => id), ...shared];
  const { found } = findMentions(root, shared, all, [
    ...own,
    ...evaluated,
    ...rewrites.map(({ path }) => path),
  ]);
  return found
    .slice(0, mostMentions)
    .map(({ file, line, path }) => `${file}:${line} reads ${path}, too, and stays as it is: look at it`);
}
