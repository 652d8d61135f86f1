import type { AppError } from '../../core/outcome.ts';
import type { RecipientName, SourcePosition } from '../../core/recipient.ts';

/** A stretch of a source file: byte offsets, end exclusive, with the place of its start. */
export interface SourceRange extends SourcePosition {
  readonly start: number;
  readonly end: number;
}

/** A list or set, by its name, that a key was part of on its way into an entry. */
export interface Grant {
  readonly kind: 'list' | 'set';
  readonly name: string;
  /** Attribute path of the binding, outermost first: `users.alice` is `['users', 'alice']`. */
  readonly path: readonly string[];
  /** Where the list's binding starts; for a set, the binding of the key in it. */
  readonly at: SourcePosition;
  /** The expression after `=` of that binding. */
  readonly value?: SourceRange;
}

/** One line of a `publicKeys` list, trimmed. */
export interface DeclaredKey {
  readonly text: string;
  /** Best evidence first. */
  readonly names: readonly RecipientName[];
  /** Lists and sets that granted it to this entry, innermost first. */
  readonly via: readonly Grant[];
  /** Where the key itself is written: the literal in a `.nix` file, or the start of a `.pub` file. */
  readonly written?: SourceRange;
}

export interface RulesEntry {
  /** The attribute name exactly as written. */
  readonly key: string;
  readonly at?: SourcePosition;
  readonly armor?: boolean;
  /** Never empty: an entry without readers is in `broken`. */
  readonly publicKeys: readonly DeclaredKey[];
}

/** An entry that cannot be used, for instance because its `publicKeys` are empty. It never means "nobody". */
export interface BrokenEntry {
  readonly key: string;
  readonly at?: SourcePosition;
  readonly error: AppError;
}

/** Keys that the rules name together, or that one name stands for. The kind is a guess from the name. */
export interface RulesGroup {
  readonly name: string;
  readonly kind: 'host' | 'person' | 'unknown';
  /** Key texts as in `publicKeys`, without repeats. */
  readonly texts: readonly string[];
  /** Where the name is defined. */
  readonly at?: SourcePosition;
  /** What the guess rests on, e.g. `binding users`. */
  readonly evidence: string;
}

/** One rules file, understood. Positions name files relative to the root. */
export interface RulesReading {
  /** In the byte order of their keys, as Nix sorts attributes. */
  readonly entries: readonly RulesEntry[];
  readonly broken: readonly BrokenEntry[];
  readonly groups: readonly RulesGroup[];
  /** Files and directories it depends on, absolute, in order of first use; the rules file first. */
  readonly filesRead: readonly string[];
  readonly evaluatedBy: 'keyhole' | 'nix-instantiate';
}
