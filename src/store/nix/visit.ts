import type { AttributeName, Expression, StringPart } from './ast.ts';

/** An expression and the attribute names on the way to it, through functions and lists; a `let` starts anew. */
export interface Visited {
  readonly node: Expression;
  readonly path: readonly string[];
  /** Joined with others by `+`: no whole text of its own. */
  readonly isPart: boolean;
}

/** Every expression of a parsed file, outermost first. Without recursion: `a ++ b ++ …` is as deep as it is long. */
export function* visit(root: Expression): Generator<Visited> {
  const waiting: Visited[] = [{ node: root, path: [], isPart: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    // A list may have more items than a call takes arguments.
    for (const child of childrenOf(next).toReversed()) waiting.push(child);
  }
}

function childrenOf({ node, path }: Visited): readonly Visited[] {
  const here = (nodes: readonly (Expression | null)[], isPart = false): readonly Visited[] =>
    nodes.flatMap((child) => (child === null ? [] : [{ node: child, path, isPart }]));
  switch (node.type) {
    case 'string':
    case 'path':
      return here(expressionsIn(node.parts));
    case 'select':
      return here([node.subject, node.fallback, ...expressionsIn(node.path)]);
    case 'has':
      return here([node.subject, ...expressionsIn(node.path)]);
    case 'apply':
      return here([node.fn, node.argument]);
    case 'lambda':
      return here([...(node.pattern?.formals ?? []).map(({ fallback }) => fallback), node.body]);
    case 'let':
      return [{ node: node.bindings, path: [], isPart: false }, ...here([node.body])];
    case 'with':
      return here([node.scope, node.body]);
    case 'if':
      return here([node.condition, node.then, node.otherwise]);
    case 'assert':
      return here([node.condition, node.body]);
    case 'attributes':
      return [
        ...[...node.bindings.values()]
          .filter(({ inherits }) => inherits !== 'scope')
          .map((binding) => ({ node: binding.value, path: [...path, binding.name], isPart: false })),
        ...node.dynamic.map(({ value }) => ({ node: value, path: [...path, '?'], isPart: false })),
      ];
    case 'list':
      return here(node.items);
    case 'unary':
      return here([node.operand]);
    case 'binary':
      return here([node.left, node.right], node.operator === '+');
    default:
      return [];
  }
}

const expressionsIn = (parts: readonly (StringPart | AttributeName)[]): readonly Expression[] =>
  parts.filter((part) => typeof part !== 'string');

/** The text of a string or path without interpolation. */
export function literalText(node: Expression): string | null {
  if (node.type !== 'string' && node.type !== 'path') return null;
  return node.parts.every((part) => typeof part === 'string') ? node.parts.join('') : null;
}
