import type { Cage } from './cage.ts';

/** What keyhole must say about a hostile repository. */
export interface Sign {
  /** A secret that must be listed in this state, and what must be said about it. */
  readonly secret?: { readonly id: string; readonly state: string; readonly says?: RegExp };
  /** A problem line that must be there: its place and its cause. */
  readonly problem?: { readonly where: RegExp; readonly says: RegExp };
  /** What opening a secret must answer: an error code, or the number of keys found in it. */
  readonly open?: { readonly id: string; readonly gives: string | RegExp };
}

/** One hostile repository. */
export interface Animal {
  readonly name: string;
  readonly needsRoot?: boolean;
  build(cage: Cage): void | Promise<void>;
  readonly sign: Sign;
}
