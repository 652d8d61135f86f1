import type { AttributesNode, Expression } from '../ast.ts';
import { visit } from '../visit.ts';

/** Every attribute set of a file, those that a `let` binds among them, with the names on the way to it. */
export function* setsIn(
  root: Expression,
): Generator<{ readonly set: AttributesNode; readonly path: readonly string[] }> {
  for (const { node, path } of visit(root)) {
    if (node.type === 'attributes') yield { set: node, path };
    else if (node.type === 'let') yield { set: node.bindings, path: [] };
  }
}
