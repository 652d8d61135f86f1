import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import { into, type NewFilePlaces } from './place-new-file.ts';
import type { Transfer } from './prepare-transfer.ts';

/**
 * Where secrets go that are moved or copied to `target`: into it where it is a directory, and several go nowhere else.
 * Error: `usage`.
 */
export function placeTransfers(
  places: NewFilePlaces,
  target: string,
  ids: readonly SecretId[],
): Outcome<readonly Transfer[]> {
  const directory = places.directory(target);
  if (directory !== null) return ok(ids.map((from) => ({ from, to: into(directory, from) })));
  if (ids.length > 1) return fail('usage', 'several secrets need a directory to go to', { where: target });
  const to = places.place(target);
  return to.ok ? ok(ids.map((from) => ({ from, to: to.value }))) : to;
}
