import type { ArgumentSpec } from './command-spec.ts';

/** A secret as people name it. */
export const secret: ArgumentSpec = {
  name: 'SECRET',
  required: true,
  says: 'FILE or FILE#KEY.PATH; a unique end of the path is enough',
  completes: 'secret',
};
