import { relative } from 'node:path/posix';
import type { AppError } from '../../core/outcome.ts';
import type { NixFailure } from './nix-failure.ts';
import { lineAndColumn } from './source.ts';

/** What spends the limits or leaves the jail spoils the whole reading, not one entry. */
export const isFatal = (failure: NixFailure): boolean =>
  failure.kind === 'limit' || failure.kind === 'refused';

const causes = {
  syntax: (says) => `not valid Nix: ${says}`,
  thrown: (says) => says,
  failed: (says) => says,
  unsupported: (says) => `keyhole does not evaluate this: ${says}`,
  forbidden: (says) => `rules may not fetch, build or run anything: ${says}`,
  limit: (says) => `stopped: ${says}`,
  refused: (says) => `refused: ${says}`,
  'not-rules': (says) => says,
} satisfies Record<NixFailure['kind'], (says: string) => string>;

const codes = {
  syntax: 'bad-rules',
  thrown: 'bad-rules',
  failed: 'bad-rules',
  unsupported: 'bad-rules',
  forbidden: 'bad-rules',
  limit: 'bad-rules',
  refused: 'refused',
  'not-rules': 'unsupported',
} as const satisfies Record<NixFailure['kind'], AppError['code']>;

/** What to do about rules that Nix could evaluate and keyhole cannot, as long as nobody knows whether Nix is there. */
export const installNix = 'install Nix: keyhole then asks nix-instantiate, restricted to the repository';

/** An expected failure for people, with `file:line` relative to the root. */
export function failureOf(
  failure: NixFailure,
  root: string,
  rulesPath: string,
): AppError & { where: string } {
  const { place, kind } = failure;
  const file = relative(root, rulesPath);
  const where = place?.source.path.startsWith('/')
    ? `${relative(root, place.source.path)}:${lineAndColumn(place.source, place.start).line}`
    : file;
  const hint = kind === 'unsupported' ? { hint: installNix } : {};
  return { code: codes[kind], says: causes[kind](failure.message), where, ...hint };
}
