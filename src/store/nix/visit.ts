import type { AttributeName, AttributesNode, Binding, Expression, StringPart } from './ast.ts';

/** An expression and the attribute names on the way to it, through functions and lists; a `let` starts anew. */
export interface Visited {
  readonly node: Expression;
  readonly path: readonly string[];
  /** As `path`, but through a `let` too: the option that it helps to set. */
  readonly option: readonly string[];
  /** The binding whose value it is. */
  readonly binding: Binding | null;
  /** Name of the `let` binding that it is part of, innermost first. */
  readonly local: string | null;
  /** Joined with others by `+`: no whole text of its own. */
  readonly isPart: boolean;
}

/** Every expression of a parsed file, outermost first. Without recursion: `a ++ b ++ …` is as deep as it is long. */
export function* visit(root: Expression): Generator<Visited> {
  const waiting: Visited[] = [
    { node: root, path: [], option: [], binding: null, local: null, isPart: false },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    // A list may have more items than a call takes arguments.
    for (const child of childrenOf(next).toReversed()) waiting.push(child);
  }
}

function childrenOf({ node, path, option, local }: Visited): readonly Visited[] {
  const here = (nodes: readonly (Expression | null)[], isPart = false): readonly Visited[] =>
    nodes.flatMap((child) =>
      child === null ? [] : [{ node: child, path, option, binding: null, local, isPart }],
    );
  const below = (value: Expression, name: string, binding: Binding | null): Visited => {
    const inner = [...path, name];
    const outer = path === option ? inner : [...option, name];
    return { node: value, path: inner, option: outer, binding, local, isPart: false };
  };
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
      return [...localsOf(node.bindings, option), ...here([node.body])];
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
          .map((binding) => below(binding.value, binding.name, binding)),
        ...node.dynamic.map(({ value }) => below(value, '?', null)),
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

const localsOf = ({ bindings }: AttributesNode, option: readonly string[]): readonly Visited[] =>
  [...bindings.values()]
    .filter(({ inherits }) => inherits !== 'scope')
    .map((binding) => ({
      node: binding.value,
      path: [binding.name],
      option,
      binding,
      local: binding.name,
      isPart: false,
    }));

const expressionsIn = (parts: readonly (StringPart | AttributeName)[]): readonly Expression[] =>
  parts.filter((part) => typeof part !== 'string');

/** The text of a string or path without interpolation. */
export function literalText(node: Expression): string | null {
  if (node.type !== 'string' && node.type !== 'path') return null;
  return node.parts.every((part) => typeof part === 'string') ? node.parts.join('') : null;
}
