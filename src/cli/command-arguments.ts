import type { ArgumentSpec } from './command-spec.ts';

/** A secret as people name it. */
export const secret: ArgumentSpec = {
  name: 'SECRET',
  required: true,
  says: 'FILE or FILE#KEY.PATH; a unique end of the path is enough',
  completes: 'secret',
};

/** Which secrets of a list or grid. */
export const globs: ArgumentSpec = {
  name: 'GLOB',
  required: false,
  repeatable: true,
  says: 'only secrets that fit, e.g. "hosts/**" or "*.env.age", from any directory on; from the root with / in front',
  completes: 'secret',
};
