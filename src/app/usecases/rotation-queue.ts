import { type FormerItem, formerItems } from '../../core/former-items.ts';
import { formerReaderId } from '../../core/former-readers.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { RotationEntry, RotationItem, ValueFate } from '../../core/rotation.ts';
import type { Session } from '../session.ts';

export interface RotationQueue {
  /** Those who could read most first. */
  readonly entries: readonly RotationEntry[];
  /** Values that were proved to be others since, and are left out. */
  readonly changed: number;
  /** Secrets whose files have or had readers that nobody can tell apart. */
  readonly anonymous: number;
  readonly isComplete: boolean;
  readonly isShallow: boolean;
}

/**
 * Who could read which values and is no reader any more: those values are still in git. Made from the history alone;
 * `null` without git. Errors: those of `GitWork.ageHistory`.
 *
 * @param compare whether the keys of the session may open old and new versions to compare them, in memory
 */
export async function rotationQueue(
  session: Session,
  { compare }: { readonly compare: boolean },
  signal?: AbortSignal,
): Promise<Outcome<RotationQueue | null>> {
  const work = await session.git();
  const read = await work.ageHistory(signal);
  if (!read.ok || read.value === null) return read.ok ? ok(null) : read;
  const { history, extrasOf, past } = read.value;
  const { secrets, recipients } = session.repository();
  const found = formerItems(secrets, history, extrasOf);
  const judged = await fatesOf(session, found, compare, signal);
  if (!judged.ok) return judged;
  const fates = judged.value;
  const left = found.filter((item) => fates.get(item) !== 'changed');
  const entries = [...Map.groupBy(left, ({ reader }) => formerReaderId(reader)).values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const { kind, tag, recipient } = first.reader;
    const before = recipient === undefined ? undefined : past.get(recipient);
    const today = recipient === undefined ? undefined : recipients.get(recipient)?.names[0]?.text;
    const name = today ?? before?.name ?? null;
    const entry: RotationEntry = {
      ...{ kind, tag, name, key: recipient ?? null, past: before ?? null },
      items: items.map((item) => itemOf(item, fates.get(item) ?? 'unknown')),
    };
    return [entry];
  });
  const isAnonymous = new Set(
    history.versions
      .filter(({ blob }) => (history.stanzas.get(blob) ?? []).some(({ type }) => type === 'X25519'))
      .map(({ path }) => path),
  );
  return ok({
    entries: entries.sort((a, b) => b.items.length - a.items.length),
    changed: found.length - left.length,
    anonymous: secrets.filter(({ id }) => isAnonymous.has(id)).length,
    isComplete: history.isComplete,
    isShallow: history.isShallow,
  });
}

const itemOf = ({ secret, versions, later }: FormerItem, fate: ValueFate): RotationItem => ({
  secret: secret.id,
  versions,
  later,
  fate,
});

const fateWithout = ({ readsNow }: FormerItem): ValueFate => (readsNow ? 'readable' : 'unknown');

async function fatesOf(
  session: Session,
  items: readonly FormerItem[],
  compare: boolean,
  signal: AbortSignal | undefined,
): Promise<Outcome<ReadonlyMap<FormerItem, ValueFate>>> {
  const asked = compare ? items.filter(({ readsNow }) => !readsNow) : [];
  if (asked.length === 0) return ok(new Map(items.map((item) => [item, fateWithout(item)])));
  const compared = await session.compareValues(
    asked.map(({ secret, versions }) => ({
      id: secret.id,
      blobs: [...new Set(versions.map(({ blob }) => blob))],
    })),
    signal,
  );
  if (!compared.ok) return compared;
  const fates = new Map(items.map((item) => [item, fateWithout(item)]));
  for (const [index, item] of asked.entries()) fates.set(item, compared.value[index] ?? 'unknown');
  return ok(fates);
}
