import type { PastKey } from './past-key.ts';
import type { SecretId } from './secret.ts';
import type { Stanza } from './stanza.ts';

/** One version of an age file in the history. */
export interface AgeVersion {
  readonly path: string;
  readonly blob: string;
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly when: number;
  /** The file was not there before it. */
  readonly isNew: boolean;
}

export interface AgeHistory {
  /** Newest first. */
  readonly versions: readonly AgeVersion[];
  /** By blob, of those whose header can be read. */
  readonly stanzas: ReadonlyMap<string, readonly Stanza[]>;
  /** False where there was more than is read. */
  readonly isComplete: boolean;
  readonly isShallow: boolean;
}

/**
 * What became of a value since somebody could read it: `readable` he still can · `same` it is the same · `partly` some
 * of its entries are · `unknown` nobody can tell without a key that opens both: a new value looks like the old one
 * encrypted anew · `changed` it is another one.
 */
export const valueFates = ['readable', 'same', 'partly', 'unknown', 'changed'] as const;
export type ValueFate = (typeof valueFates)[number];

/** A secret that somebody could read whom its rule does not name any more. */
export interface RotationItem {
  readonly secret: SecretId;
  /** Versions in the history that the reader could open, newest first; never empty unless only the file itself. */
  readonly versions: readonly AgeVersion[];
  /** Versions after the last of those. */
  readonly later: number;
  readonly fate: ValueFate;
}

/** Somebody whom rules do not name any more, with what he could read. */
export interface RotationEntry {
  readonly kind: string;
  readonly tag: string;
  readonly name: string | null;
  readonly key: string | null;
  /** Where history last has the key; `null` where nothing knows it. */
  readonly past: PastKey | null;
  readonly items: readonly RotationItem[];
}
