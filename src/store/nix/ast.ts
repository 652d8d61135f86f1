import type { Source } from './source.ts';

/** Byte range in its source, end exclusive. A parenthesised expression has the range inside the parentheses. */
interface Node {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Text pieces are final: unescaped and, for indented strings, stripped. */
export type StringPart = string | Expression;

export interface StringNode extends Node {
  readonly type: 'string';
  readonly style: 'quoted' | 'indented' | 'uri';
  readonly parts: readonly StringPart[];
}

/** One component of an attribute path: a name, or an expression that yields one. */
export type AttributeName = string | Expression;

/**
 * `name = value;`, one name of an `inherit`, or the outer part of a dotted binding, whose value is then an attribute
 * set made by the parser. The range is that of the whole binding as written.
 */
export interface Binding extends Node {
  readonly name: string;
  /** Static path from the outermost attribute set or `let`: `users.alice` is `['users', 'alice']`. */
  readonly path: readonly string[];
  readonly kind: 'let' | 'attribute';
  readonly nameStart: number;
  readonly value: Expression;
  /** `inherit x` looks up outside the set, `inherit (e) x` inside. */
  readonly inherits: 'no' | 'scope' | 'from';
}

export interface DynamicBinding extends Node {
  readonly name: Expression;
  readonly path: readonly string[];
  readonly value: Expression;
}

export interface AttributesNode extends Node {
  readonly type: 'attributes';
  /** Not readonly: a later dotted binding may add to a set. */
  recursive: boolean;
  /** False when a dotted binding made it. */
  readonly literal: boolean;
  readonly bindings: Map<string, Binding>;
  readonly dynamic: DynamicBinding[];
}

export interface Formal {
  readonly name: string;
  readonly fallback: Expression | null;
}

export interface LambdaNode extends Node {
  readonly type: 'lambda';
  /** `x: …` or the name at `@`. */
  readonly parameter: string | null;
  readonly pattern: { readonly formals: readonly Formal[]; readonly open: boolean } | null;
  readonly body: Expression;
}

export type BinaryOperator =
  | '->'
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '//'
  | '+'
  | '-'
  | '*'
  | '/'
  | '++';

export type Expression =
  | (Node & { readonly type: 'int'; readonly value: bigint })
  | (Node & { readonly type: 'float'; readonly value: number })
  | StringNode
  | (Node & { readonly type: 'path'; readonly parts: readonly StringPart[] })
  | (Node & { readonly type: 'search-path'; readonly name: string })
  | (Node & { readonly type: 'variable'; readonly name: string })
  | (Node & {
      readonly type: 'select';
      readonly subject: Expression;
      readonly path: readonly AttributeName[];
      readonly fallback: Expression | null;
    })
  | (Node & { readonly type: 'has'; readonly subject: Expression; readonly path: readonly AttributeName[] })
  | (Node & { readonly type: 'apply'; readonly fn: Expression; readonly argument: Expression })
  | LambdaNode
  | (Node & { readonly type: 'let'; readonly bindings: AttributesNode; readonly body: Expression })
  | (Node & { readonly type: 'with'; readonly scope: Expression; readonly body: Expression })
  | (Node & {
      readonly type: 'if';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (Node & { readonly type: 'assert'; readonly condition: Expression; readonly body: Expression })
  | AttributesNode
  | (Node & { readonly type: 'list'; readonly items: readonly Expression[] })
  | (Node & { readonly type: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression })
  | (Node & {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    });
