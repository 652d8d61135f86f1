import { formatAddress } from './address.ts';
import { didYouMean } from './did-you-mean.ts';
import { nearestNames } from './nearest-names.ts';
import { fail, type Outcome } from './outcome.ts';

/**
 * A secret that is open has no such key. Only keys that were typed but for a slip are named: the others are nobody's who
 * reads an error.
 */
export function noSuchKey(
  id: string,
  key: readonly string[],
  paths: readonly (readonly string[])[],
): Outcome<never> {
  const near = nearestNames(key, paths, (path) => path, { starts: false });
  return fail('not-found', 'no such key', {
    where: formatAddress(id, key),
    hint:
      didYouMean(near.map((path) => formatAddress(id, path))) ??
      `keyhole get ${formatAddress(id, [])} lists its keys`,
  });
}
