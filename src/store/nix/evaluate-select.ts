import type { AttributeName, Expression } from './ast.ts';
import { readable } from './byte-string.ts';
import { evaluate, force } from './evaluate.ts';
import { fail } from './machine.ts';
import { refusalOf, refusedBuiltins } from './refused-builtins.ts';
import { typeName } from './type-name.ts';
import type { Machine, NixAttributes, Scope, Slot, Value } from './value.ts';

function nameOf(machine: Machine, name: AttributeName, scope: Scope): string {
  if (typeof name === 'string') return name;
  const value = evaluate(machine, name, scope);
  machine.at = name;
  if (typeof value !== 'object' || value?.kind !== 'string') {
    return fail(machine, 'failed', `an attribute name is a ${typeName(value)}`);
  }
  return value.text;
}

/**
 * The slot of an attribute, or undefined. A set of which only part is here refuses what it cannot know.
 *
 * @param purpose whether its value is wanted, or only whether there is one
 */
export function attributeIn(
  machine: Machine,
  set: NixAttributes,
  name: string,
  purpose: 'value' | 'presence',
): Slot | undefined {
  const found = set.entries.get(name);
  const unknown = set.partOf !== null && (set.partOf !== 'builtins' || refusedBuiltins.has(name));
  if (found === undefined && unknown) {
    const kind = set.partOf === 'builtins' && purpose === 'value' ? refusalOf(name) : 'unsupported';
    return fail(machine, kind, `${set.partOf}.${readable(name)} is not supported`);
  }
  return found;
}

export function selectPath(
  machine: Machine,
  node: Extract<Expression, { type: 'select' }>,
  scope: Scope,
): Value {
  let value = evaluate(machine, node.subject, scope);
  for (const part of node.path) {
    const name = nameOf(machine, part, scope);
    machine.at = node;
    const isSet = typeof value === 'object' && value?.kind === 'attributes';
    const slot = isSet ? attributeIn(machine, value as NixAttributes, name, 'value') : undefined;
    if (slot === undefined) {
      if (node.fallback !== null) return evaluate(machine, node.fallback, scope);
      if (!isSet) fail(machine, 'failed', `no attribute ${readable(name)} in a ${typeName(value)}`);
      return fail(machine, 'failed', `attribute ${readable(name)} is missing`);
    }
    value = force(machine, slot);
  }
  return value;
}

export function hasPath(
  machine: Machine,
  subject: Expression,
  path: readonly AttributeName[],
  scope: Scope,
): boolean {
  let value = evaluate(machine, subject, scope);
  for (const [index, part] of path.entries()) {
    const name = nameOf(machine, part, scope);
    machine.at = subject;
    if (typeof value !== 'object' || value?.kind !== 'attributes') return false;
    const slot = attributeIn(machine, value, name, 'presence');
    if (slot === undefined) return false;
    if (index < path.length - 1) value = force(machine, slot);
  }
  return true;
}
