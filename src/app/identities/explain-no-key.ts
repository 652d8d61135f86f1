import { firstFew } from '../../core/first-few.ts';
import type { IdentityStatus } from '../../core/identity-status.ts';
import type { AppError } from '../../core/outcome.ts';
import { blameKey } from './blame-key.ts';
import { type FindOptions, givenOrigins, type KeySearch } from './find-identities.ts';

/** More than anybody has, unless a directory is full of them. */
const named = 8;

/**
 * Says of a failure for want of a key what was looked at. A key that somebody gave and that is no use comes first: it is
 * the likeliest reason.
 */
export function explainNoKey(error: AppError, search: KeySearch, options: FindOptions): AppError {
  const given = new Set(givenOrigins(options));
  const isBlamed = ({ lock, origin }: IdentityStatus): boolean => lock === 'unusable' && given.has(origin);
  const says = [...search.statuses.filter(isBlamed).map(blameKey), error.says].join('; ');
  const details = lookedAt({ ...search, statuses: search.statuses.filter((key) => !isBlamed(key)) });
  if (!options.defaultIdentities) details.push('not looked at: the usual places (--no-default-identities)');
  return { ...error, says, details };
}

/** Which keys were tried, which cannot be used, and where there is none, a line each. */
function lookedAt({ statuses, empty }: KeySearch): string[] {
  const tried = statuses.filter(({ lock }) => lock !== 'unusable');
  const unusable = statuses.filter(({ lock }) => lock === 'unusable');
  const reasons = new Map<string, string[]>();
  for (const { origin, says } of empty) reasons.set(says, [...(reasons.get(says) ?? []), origin]);
  const line = (heading: string, places: readonly string[]): readonly string[] =>
    places.length === 0 ? [] : [`${heading}: ${firstFew(places, named)}`];
  return [
    ...line(
      'tried',
      tried.map(({ origin, kind }) => `${origin} (${kind})`),
    ),
    ...line(
      'cannot be used',
      unusable.map(({ origin, error }) => (error ? `${origin} (${error.says})` : origin)),
    ),
    ...[...reasons].flatMap(([says, places]) => line(says, places)),
  ];
}
