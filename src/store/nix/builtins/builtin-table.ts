import type { BuiltinBody } from '../value.ts';

/** Name → number of arguments and what it does with them. */
export type BuiltinTable = Readonly<Record<string, readonly [arity: number, run: BuiltinBody]>>;
