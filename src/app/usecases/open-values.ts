import { type AppError, type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import type { SecretRef, Session } from '../session.ts';
import { sideBySide } from '../side-by-side.ts';
import { untilStopped } from '../writing/until-stopped.ts';

/** The value of a secret, held for writing it anew. */
export interface HeldValue {
  readonly id: SecretId;
  readonly ref: SecretRef;
  /** Bytes of it. */
  readonly size: number;
  /** SHA-256 of the file that it was read from. */
  readonly file: string;
}

export interface OpenedValues {
  readonly held: readonly HeldValue[];
  readonly failed: readonly { readonly id: SecretId; readonly error: AppError }[];
}

export interface OpenValuesOptions {
  readonly ask: AskPassphrase;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export const inOrder = (held: readonly HeldValue[]): readonly HeldValue[] =>
  held.toSorted((one, other) => (one.id < other.id ? -1 : 1));

const nobodyAnswers: AskPassphrase = () => Promise.resolve(null);

/**
 * Opens many secrets side by side. Whatever opens without a question is opened first; then each key that is still
 * needed is asked about once, however many files need it. Error: `stopped`, with nothing held.
 */
export async function openValues(
  session: Session,
  ids: readonly SecretId[],
  { ask, onProgress, signal }: OpenValuesOptions,
): Promise<Outcome<OpenedValues>> {
  const held: HeldValue[] = [];
  const failed: { id: SecretId; error: AppError }[] = [];
  const stopped = async (error: AppError): Promise<Outcome<never>> => {
    const writer = await session.writer();
    for (const { ref } of held) writer.drop(ref);
    return { ok: false, error };
  };
  const askOnce = onceForEachKey(ask);
  let waiting = ids;
  while (waiting.length > 0) {
    const locked: SecretId[] = [];
    const wasStopped = await untilStopped(async (ownSignal) => {
      const either = signal ? AbortSignal.any([signal, ownSignal]) : ownSignal;
      for await (const batch of sideBySide(waiting, (id) => openOne(session, id, nobodyAnswers, either))) {
        for (const { id, opened } of batch) {
          if (opened.ok) held.push(opened.value);
          else if (opened.error.code === 'stopped') return opened.error;
          else if (opened.error.code === 'needs-prompt') locked.push(id);
          else failed.push({ id, error: opened.error });
        }
        onProgress?.(held.length + failed.length, ids.length);
        await new Promise((resume) => setImmediate(resume));
      }
      return null;
    });
    if (wasStopped) return stopped(wasStopped);
    waiting = [];
    for (const [index, id] of locked.entries()) {
      const { opened } = await openOne(session, id, askOnce, signal);
      if (opened.ok) {
        held.push(opened.value);
        // The key is open now: the others may need no question.
        waiting = locked.slice(index + 1);
        break;
      }
      if (opened.error.code === 'stopped') return stopped(opened.error);
      failed.push({ id, error: opened.error });
    }
  }
  return ok({ held, failed });
}

async function openOne(
  session: Session,
  id: SecretId,
  ask: AskPassphrase,
  signal?: AbortSignal,
): Promise<{ readonly id: SecretId; readonly opened: Outcome<HeldValue> }> {
  return { id, opened: await holdValue(session, id, ask, signal) };
}

/** Opens a secret and holds all of its value for writing. Errors: those of `Session.open`. */
export async function holdValue(
  session: Session,
  id: SecretId,
  ask: AskPassphrase,
  signal?: AbortSignal,
): Promise<Outcome<HeldValue>> {
  const opened = await session.open(id, ask, signal);
  if (!opened.ok) return opened;
  const writer = await session.writer();
  const copied = session.lend(opened.value.ref, (bytes) => Uint8Array.from(bytes));
  session.release(opened.value);
  if (!copied.ok) return copied;
  const size = copied.value.length;
  return ok({ id, ref: writer.hold(copied.value), size, file: opened.value.file });
}

/** Who did not know a passphrase for one file does not know it for the next. Each file that has its own is asked for. */
function onceForEachKey(ask: AskPassphrase): AskPassphrase {
  const asked = new Set<string>();
  return (request) => {
    const isKey = request.kind !== 'encrypted-file' || request.origin !== 'the file itself';
    if (isKey && request.attempt === 1 && asked.has(request.origin)) return Promise.resolve(null);
    asked.add(request.origin);
    return ask(request);
  };
}
