import { blameKey } from '../app/identities/blame-key.ts';
import { givenOrigins } from '../app/identities/find-identities.ts';
import type { Session, SessionOptions } from '../app/session.ts';

/** The keys given with `-i` that cannot be used, a line each. Default places that hold none are no news. */
export async function unusableKeys(
  session: Session,
  { identityFiles, env }: Pick<SessionOptions, 'identityFiles' | 'env'>,
): Promise<readonly string[]> {
  if (identityFiles.length === 0) return [];
  const given = new Set(givenOrigins({ identityFiles, env }));
  return (await session.identities())
    .filter(({ origin, lock }) => lock === 'unusable' && given.has(origin))
    .map(blameKey);
}
