import type { AttributesNode, Expression, StringPart } from '../ast.ts';
import { tokenize } from '../lexer.ts';
import { parse } from '../parse.ts';
import { createSource, type Source } from '../source.ts';
import type { Token } from '../token.ts';

/** A file with its tokens and its tree. Offsets are bytes. */
export interface ParsedSource {
  readonly source: Source;
  readonly tokens: readonly Token[];
  readonly root: Expression;
}

/** Throws what `parse` throws. */
export function parseSource(path: string, text: string): ParsedSource {
  const source = createSource(path, text);
  const root = parse(source);
  // The lexer writes the comments into its source: with the same one they would be there twice.
  return { source, root, tokens: tokenize(createSource(path, text)) };
}

/** Index of the first token that starts at or after `offset`. */
export function tokenFrom(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const partsOf = (parts: readonly StringPart[]): readonly Expression[] =>
  parts.filter((part) => typeof part !== 'string');

function bindingValues(set: AttributesNode): readonly Expression[] {
  return [
    ...[...set.bindings.values()].map(({ value }) => value),
    ...set.dynamic.flatMap(({ name, value }) => [name, value]),
  ];
}

/** The expressions directly inside one. The values of a `let` are its children, its set is not. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case 'string':
    case 'path':
      return partsOf(node.parts);
    case 'select':
      return [node.subject, ...partsOf(node.path), ...(node.fallback === null ? [] : [node.fallback])];
    case 'has':
      return [node.subject, ...partsOf(node.path)];
    case 'apply':
      return [node.fn, node.argument];
    case 'lambda': {
      const fallbacks = (node.pattern?.formals ?? []).map(({ fallback }) => fallback);
      return [...fallbacks.filter((one) => one !== null), node.body];
    }
    case 'let':
      return [...bindingValues(node.bindings), node.body];
    case 'with':
      return [node.scope, node.body];
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'assert':
      return [node.condition, node.body];
    case 'attributes':
      return bindingValues(node);
    case 'list':
      return node.items;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    default:
      return [];
  }
}

/** Every expression of a tree, outer before inner. */
export function* expressionsOf(root: Expression): Generator<Expression> {
  const open: Expression[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...[...childrenOf(node)].reverse());
  }
}
