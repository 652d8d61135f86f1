import type { AttributesNode, Binding, Expression } from './ast.ts';
import { readable } from './byte-string.ts';
import { evaluate, suspend } from './evaluate.ts';
import { attributes, fail } from './machine.ts';
import type { Label } from './origin.ts';
import { typeName } from './type-name.ts';
import type { Machine, NixAttributes, Scope, Slot, Thunk } from './value.ts';

/** A slot whose value remembers the name it is bound to. */
const bound = (expression: Expression, scope: Scope, label: Label | null): Thunk => ({
  kind: 'thunk',
  state: 'waiting',
  expression,
  scope,
  compute: null,
  value: null,
  label,
});

/** `inner` is being filled while this runs, so nothing may be looked up in it yet. */
const slotOf = (binding: Binding, inner: Scope, outer: Scope): Slot => {
  if (binding.inherits === 'scope') return suspend(binding.value, outer);
  return bound(binding.value, inner, binding.inherits === 'no' ? binding : null);
};

/** The scope in which the bindings of a `let` or `rec` see each other. */
export function bindVariables(node: AttributesNode, outer: Scope): Scope {
  const variables = new Map<string, Slot>();
  const scope: Scope = { variables, withSet: null, parent: outer };
  for (const binding of node.bindings.values()) variables.set(binding.name, slotOf(binding, scope, outer));
  return scope;
}

export function attributesOf(machine: Machine, node: AttributesNode, outer: Scope): NixAttributes {
  const inner = node.recursive ? bindVariables(node, outer) : outer;
  const entries = new Map(node.recursive ? inner.variables : null);
  if (!node.recursive) {
    for (const binding of node.bindings.values()) entries.set(binding.name, slotOf(binding, outer, outer));
  }
  for (const dynamic of node.dynamic) {
    const name = evaluate(machine, dynamic.name, inner);
    machine.at = dynamic.name;
    if (name === null) continue;
    if (typeof name !== 'object' || name.kind !== 'string') {
      return fail(machine, 'failed', `an attribute name is a ${typeName(name)}`);
    }
    if (entries.has(name.text)) {
      fail(machine, 'failed', `attribute ${readable(name.text)} is already defined`);
    }
    const path = [...dynamic.path.slice(0, -1), name.text];
    const { source, start, value } = dynamic;
    const label: Label = { name: name.text, path, kind: 'attribute', source, start, value };
    entries.set(name.text, bound(dynamic.value, inner, label));
  }
  machine.at = node;
  return attributes(machine, entries);
}
