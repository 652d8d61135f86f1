import { readable } from './byte-string.ts';
import { evaluate, force } from './evaluate.ts';
import { attributes, fail } from './machine.ts';
import { typeName } from './type-name.ts';
import type { Machine, NixLambda, Scope, Slot, Value } from './value.ts';

/** Calls a function value with one argument. */
export function apply(machine: Machine, fn: Value, argument: Slot): Value {
  if (typeof fn !== 'object' || fn?.kind !== 'lambda') return callBuiltin(machine, fn, argument);
  const { at } = machine;
  const value = evaluate(machine, fn.node.body, bindArgument(machine, fn, argument));
  machine.at = at;
  return value;
}

/** Calls what is not a lambda: a builtin, or a set with `__functor`. */
export function callBuiltin(machine: Machine, fn: Value, argument: Slot): Value {
  if (typeof fn === 'object' && fn?.kind === 'builtin') {
    const given = [...fn.given, argument];
    return given.length < fn.arity ? { ...fn, given } : fn.run(machine, given);
  }
  if (typeof fn === 'object' && fn?.kind === 'attributes') {
    const functor = fn.entries.get('__functor');
    if (functor !== undefined) {
      return apply(machine, apply(machine, force(machine, functor), fn), argument);
    }
  }
  return fail(machine, 'failed', `a ${typeName(fn)} is called like a function`);
}

/** The scope of a lambda's body. */
export function bindArgument(machine: Machine, fn: NixLambda, argument: Slot): Scope {
  const { parameter, pattern } = fn.node;
  const variables = new Map<string, Slot>();
  const scope: Scope = { variables, withSet: null, parent: fn.scope };
  if (parameter !== null) variables.set(parameter, argument);
  if (pattern === null) return scope;
  const given = force(machine, argument);
  if (typeof given !== 'object' || given?.kind !== 'attributes') {
    return fail(machine, 'failed', `a function that takes a set is called with a ${typeName(given)}`);
  }
  let used = 0;
  for (const { name, fallback } of pattern.formals) {
    const slot = given.entries.get(name);
    if (slot !== undefined) {
      variables.set(name, slot);
      used++;
    } else if (fallback === null) {
      fail(machine, 'failed', `argument ${readable(name)} is missing`);
    } else {
      const common = { kind: 'thunk', state: 'waiting', compute: null, value: null, label: null } as const;
      variables.set(name, { ...common, expression: fallback, scope });
    }
  }
  if (!pattern.open && used < given.entries.size) {
    const known = new Set(pattern.formals.map((formal) => formal.name));
    const extra = [...given.entries.keys()].find((name) => !known.has(name)) ?? '';
    fail(machine, 'failed', `unexpected argument ${readable(extra)}`);
  }
  return scope;
}

/** A set of the given names, for builtins that call functions with one. */
export const record = (machine: Machine, entries: Readonly<Record<string, Slot>>): Value =>
  attributes(machine, new Map(Object.entries(entries)));
