import type { AttributeName, AttributesNode, Expression, StringPart } from './ast.ts';
import { NixFailure } from './nix-failure.ts';

/** Names in scope; `open` when a `with` may add names that only evaluation knows. */
interface Names {
  readonly names: ReadonlySet<string>;
  readonly open: boolean;
  readonly outer: Names | null;
}

/**
 * Nix refuses a file that uses a name which nothing around it defines, even where it would never be evaluated, and so
 * does this. Nesting is bounded by the parser; chains of operators are walked in a loop.
 */
export function checkVariables(root: Expression, globals: ReadonlySet<string>): void {
  visit(root, { names: globals, open: false, outer: null });
}

function isKnown(name: string, scope: Names): boolean {
  for (let at: Names | null = scope; at !== null; at = at.outer) {
    if (at.open || at.names.has(name)) return true;
  }
  return false;
}

const visitName = (name: AttributeName | StringPart, scope: Names): void => {
  if (typeof name !== 'string') visit(name, scope);
};

function visitSet(set: AttributesNode, scope: Names): Names {
  const names = new Set(set.bindings.keys());
  const inner = set.recursive ? { names, open: false, outer: scope } : scope;
  for (const binding of set.bindings.values()) {
    visit(binding.value, binding.inherits === 'scope' ? scope : inner);
  }
  for (const dynamic of set.dynamic) {
    visit(dynamic.name, inner);
    visit(dynamic.value, inner);
  }
  return inner;
}

function visit(start: Expression, startScope: Names): void {
  let node = start;
  let scope = startScope;
  for (;;) {
    switch (node.type) {
      case 'variable':
        if (!isKnown(node.name, scope)) {
          throw new NixFailure('failed', `undefined variable ${node.name}`, node);
        }
        return;
      case 'string':
      case 'path':
        for (const part of node.parts) visitName(part, scope);
        return;
      case 'select':
        for (const name of node.path) visitName(name, scope);
        if (node.fallback !== null) visit(node.fallback, scope);
        node = node.subject;
        continue;
      case 'has':
        for (const name of node.path) visitName(name, scope);
        node = node.subject;
        continue;
      case 'apply':
        visit(node.argument, scope);
        node = node.fn;
        continue;
      case 'lambda': {
        const names = new Set(node.pattern?.formals.map((formal) => formal.name));
        if (node.parameter !== null) names.add(node.parameter);
        scope = { names, open: false, outer: scope };
        for (const formal of node.pattern?.formals ?? []) {
          if (formal.fallback !== null) visit(formal.fallback, scope);
        }
        node = node.body;
        continue;
      }
      case 'let':
        scope = visitSet(node.bindings, scope);
        node = node.body;
        continue;
      case 'with':
        visit(node.scope, scope);
        scope = { names: new Set(), open: true, outer: scope };
        node = node.body;
        continue;
      case 'if':
        visit(node.condition, scope);
        visit(node.then, scope);
        node = node.otherwise;
        continue;
      case 'assert':
        visit(node.condition, scope);
        node = node.body;
        continue;
      case 'attributes':
        visitSet(node, scope);
        return;
      case 'list':
        for (const item of node.items) visit(item, scope);
        return;
      case 'unary':
        node = node.operand;
        continue;
      case 'binary':
        // The longer side of a chain is the right one for `++` and the left one for `+`.
        visit(node.operator === '++' ? node.left : node.right, scope);
        node = node.operator === '++' ? node.right : node.left;
        continue;
      default:
        return;
    }
  }
}
