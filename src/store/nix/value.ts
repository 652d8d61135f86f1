import type { Expression, LambdaNode } from './ast.ts';
import type { Label, Origin } from './origin.ts';

export interface NixString {
  readonly kind: 'string';
  /** A byte string, see byte-string.ts. */
  readonly text: string;
  readonly origin: Origin | null;
}

export interface NixPath {
  readonly kind: 'path';
  /** Absolute, without `.` and `..`. */
  readonly text: string;
}

/** `<nixpkgs>` and the like: only good for `import`. */
export interface NixSearchPath {
  readonly kind: 'search-path';
  readonly name: string;
}

export interface NixList {
  readonly kind: 'list';
  readonly items: readonly Slot[];
  /** Names each item passed through, by index; shorter or null where there are none. */
  readonly passed: readonly (Chain | null)[] | null;
  /** Names the list as a whole passed through. */
  readonly labels: Chain | null;
}

export interface NixAttributes {
  readonly kind: 'attributes';
  readonly entries: ReadonlyMap<string, Slot>;
  /** The name of a set of which only part is implemented (`builtins`, `lib`); what is not there is unsupported. */
  readonly partOf: string | null;
}

export interface NixLambda {
  readonly kind: 'lambda';
  readonly node: LambdaNode;
  readonly scope: Scope;
}

/** A builtin with the arguments it has so far. */
export interface NixBuiltin {
  readonly kind: 'builtin';
  readonly name: string;
  readonly arity: number;
  readonly run: BuiltinBody;
  readonly given: readonly Slot[];
}

export type NixObject =
  | NixString
  | NixPath
  | NixSearchPath
  | NixList
  | NixAttributes
  | NixLambda
  | NixBuiltin;

/** Integers are bigint, floats are number. */
export type Value = bigint | number | boolean | null | NixObject;

/** A value not computed yet, or computed once. */
export interface Thunk {
  readonly kind: 'thunk';
  state: 'waiting' | 'running' | 'done';
  /** What to evaluate: an expression in a scope, or a closure of a builtin. */
  readonly expression: Expression | null;
  readonly scope: Scope | null;
  readonly compute: (() => Value) | null;
  value: Value;
  /** The binding whose value this is. */
  readonly label: Label | null;
}

export type Slot = Value | Thunk;

/** Lexical variables, or the set of a `with`, which every lexical variable goes before. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Slot> | null;
  readonly withSet: Slot;
  readonly parent: Scope | null;
}

/** Labels, the most recent first. */
export interface Chain {
  readonly label: Label;
  readonly next: Chain | null;
  readonly length: number;
}

export interface Machine {
  readonly files: import('./nix-files.ts').NixFiles;
  steps: number;
  depth: number;
  bytesRead: number;
  /** The expression being evaluated, for messages. */
  at: Expression | null;
  /** Files and directories read, in order. */
  readonly filesRead: Set<string>;
  readonly imports: Map<string, Slot>;
  readonly globals: Scope;
}

export type BuiltinBody = (machine: Machine, args: readonly Slot[]) => Value;
