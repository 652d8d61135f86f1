import type { Outcome } from '../outcome.ts';
import type { Recipient } from '../recipient.ts';

/** A place in a file of the repository; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A path literal of a Nix file that ends in `.age`. */
export interface AgeReference {
  readonly at: Place;
  /** The file that is named, from the root. */
  readonly path: string;
  readonly exists: boolean;
}

/** `mode = "…"` of a secret of the NixOS module, written down as it is. */
export interface DeclaredMode {
  readonly at: Place;
  /** The name under `age.secrets`. */
  readonly secret: string;
  readonly mode: string;
}

/** A public key that is written down in one of the files that the rules were made from. */
export interface WrittenKey {
  readonly at: Place;
  readonly recipient: Recipient;
  /** What it is bound to, when that is the name of a reader. */
  readonly name: string | null;
}

/** A file that git tracks beside an age file, with the same name but for the ending. */
export interface PlainNeighbour {
  readonly path: string;
  readonly of: string;
}

/** What the files of a repository besides secrets and rules say, as far as text can tell. Needs no key. */
export interface Survey {
  readonly references: readonly AgeReference[];
  readonly modes: readonly DeclaredMode[];
  readonly keys: readonly WrittenKey[];
  readonly plain: readonly PlainNeighbour[];
  /** False where there was more to read than is read. */
  readonly isComplete: boolean;
  /** The ignore file; `null` when there is none. */
  readonly ignores: Outcome<string> | null;
}
