import type { Session, SessionOptions } from '../app/session.ts';

/** The keys given with `-i` that cannot be used, a line each. Default places that hold none are no news. */
export async function unusableKeys(
  session: Session,
  { identityFiles, env }: Pick<SessionOptions, 'identityFiles' | 'env'>,
): Promise<readonly string[]> {
  if (identityFiles.length === 0) return [];
  const asked = new Set(identityFiles);
  return (await session.identities())
    .filter(({ origin, lock }) => lock === 'unusable' && asked.has(origin.replace(/^~/, env['HOME'] ?? '~')))
    .map(
      ({ origin, error }) => `the key ${origin} cannot be used: ${error?.says ?? 'for an unknown reason'}`,
    );
}
