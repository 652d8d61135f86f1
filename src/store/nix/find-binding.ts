import type { AttributesNode, Binding, Expression } from './ast.ts';
import { lineAndColumn, type Source } from './source.ts';

/**
 * The attribute that is written at this place, from its name through its semicolon; `null` when none starts there. Of
 * `a.b = 1;` the parser makes a set without an end of its own, and the attribute in it has the range that is meant.
 */
export function findBinding(
  root: Expression,
  source: Source,
  at: { readonly line: number; readonly column: number },
): { readonly start: number; readonly end: number } | null {
  const open: Expression[] = [root];
  let found: { readonly start: number; readonly end: number } | null = null;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const binding of bindingsOf(node)) {
      const place = lineAndColumn(source, binding.start);
      const here = binding.inherits === 'no' && place.line === at.line && place.column === at.column;
      if (here && binding.end > (found?.end ?? binding.start))
        found = { start: binding.start, end: binding.end };
      open.push(binding.value);
    }
    open.push(...childrenOf(node));
  }
  return found;
}

function bindingsOf(node: Expression): readonly Binding[] {
  const of = (set: AttributesNode): readonly Binding[] => [...set.bindings.values()];
  if (node.type === 'attributes') return of(node);
  return node.type === 'let' ? of(node.bindings) : [];
}

function childrenOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case 'let':
    case 'lambda':
    case 'with':
    case 'assert':
      return [node.body];
    case 'apply':
      return [node.fn, node.argument];
    case 'binary':
      return [node.left, node.right];
    case 'if':
      return [node.then, node.otherwise];
    default:
      return [];
  }
}
