import type { AttributesNode, Expression } from '../nix/ast.ts';

/** Sets that a value surely is made of, and the parts of it that only an evaluation knows. */
export interface LiteralParts {
  readonly sets: readonly AttributesNode[];
  readonly computed: readonly Expression[];
}

/** What a value consists of where that is plain from its text; `null` where it is not. */
export type Inside = (node: Expression) => readonly Expression[] | null;

const mostNested = 64;

export function literalParts(value: Expression, inside: Inside = plainInside): LiteralParts {
  const sets: AttributesNode[] = [];
  const computed: Expression[] = [];
  const waiting: { readonly node: Expression; readonly depth: number }[] = [{ node: value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (node.type === 'attributes') {
      sets.push(node);
      continue;
    }
    const parts = depth < mostNested ? inside(node) : null;
    if (parts === null) computed.push(node);
    else for (const part of parts.toReversed()) waiting.push({ node: part, depth: depth + 1 });
  }
  return { sets, computed };
}

const transparent = new Set(['mkIf', 'mkDefault', 'mkForce', 'mkOverride', 'mkMerge', 'mkOrder', 'toString']);

/** The name of a function that is called with one or several arguments. */
export function calledName(fn: Expression): string | null {
  let called = fn;
  while (called.type === 'apply') called = called.fn;
  const name =
    called.type === 'select' ? called.path.at(-1) : called.type === 'variable' ? called.name : null;
  return typeof name === 'string' ? name : null;
}

/** Conditions, and functions that give their last argument or nothing. */
export function plainInside(node: Expression): readonly Expression[] | null {
  switch (node.type) {
    case 'if':
      return [node.then, node.otherwise];
    case 'let':
    case 'with':
    case 'assert':
      return [node.body];
    case 'list':
      return node.items;
    case 'binary':
      return node.operator === '//' ? [node.left, node.right] : null;
    case 'apply':
      return transparent.has(calledName(node.fn) ?? '') ? [node.argument] : null;
    default:
      return null;
  }
}
