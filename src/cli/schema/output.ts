import type { OutputName, outputs } from './outputs.ts';
import type { Describes } from './schema.ts';

/** What a command's JSON holds, as its published schema says. */
export type Output<Name extends OutputName> = Describes<(typeof outputs)[Name]>;
