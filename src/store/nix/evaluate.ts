import type { Expression } from './ast.ts';
import { readable } from './byte-string.ts';
import { bindArgument, callBuiltin } from './call.ts';
import { attributesOf, bindVariables } from './evaluate-bindings.ts';
import { evaluateBinary, evaluateUnary } from './evaluate-operators.ts';
import { hasPath, selectPath } from './evaluate-select.ts';
import { evaluatePath, evaluateString } from './evaluate-string.ts';
import { limits } from './limits.ts';
import { charge, deepen, fail, isThunk, list } from './machine.ts';
import { labelled } from './origin.ts';
import { refusalOf, refusedGlobals } from './refused-builtins.ts';
import { typeName } from './type-name.ts';
import type { Machine, Scope, Slot, Thunk, Value } from './value.ts';

/** The value of an expression, to its outermost constructor. Tail positions do not deepen the stack. */
export function evaluate(machine: Machine, start: Expression, startScope: Scope): Value {
  if (machine.depth >= limits.depth) fail(machine, 'limit', 'the evaluation nests too deeply');
  machine.depth++;
  let node = start;
  let scope = startScope;
  for (;;) {
    machine.at = node;
    charge(machine, 1);
    switch (node.type) {
      case 'let':
        scope = bindVariables(node.bindings, scope);
        node = node.body;
        continue;
      case 'if':
        node = isTrue(machine, node.condition, scope) ? node.then : node.otherwise;
        continue;
      case 'assert': {
        const holds = isTrue(machine, node.condition, scope);
        machine.at = node;
        if (!holds) fail(machine, 'thrown', 'an assertion is false');
        node = node.body;
        continue;
      }
      case 'with':
        scope = { variables: null, withSet: suspend(node.scope, scope), parent: scope };
        node = node.body;
        continue;
      case 'apply': {
        const fn = evaluate(machine, node.fn, scope);
        machine.at = node;
        if (typeof fn === 'object' && fn?.kind === 'lambda') {
          scope = bindArgument(machine, fn, suspend(node.argument, scope));
          node = fn.node.body;
          continue;
        }
        const value = callBuiltin(machine, fn, suspend(node.argument, scope));
        machine.depth--;
        return value;
      }
    }
    const value = evaluateSimple(machine, node, scope);
    machine.depth--;
    return value;
  }
}

type Simple = Exclude<Expression, { type: 'let' | 'if' | 'assert' | 'with' | 'apply' }>;

function evaluateSimple(machine: Machine, node: Simple, scope: Scope): Value {
  switch (node.type) {
    case 'int':
    case 'float':
      return node.value;
    case 'string':
      return evaluateString(machine, node, scope);
    case 'path':
      return evaluatePath(machine, node, scope);
    case 'search-path':
      return { kind: 'search-path', name: node.name };
    case 'variable':
      return force(machine, lookUp(machine, node.name, scope));
    case 'select':
      return selectPath(machine, node, scope);
    case 'has':
      return hasPath(machine, node.subject, node.path, scope);
    case 'lambda':
      return { kind: 'lambda', node, scope };
    case 'attributes':
      return attributesOf(machine, node, scope);
    case 'list':
      return list(
        machine,
        node.items.map((item) => suspend(item, scope)),
      );
    case 'unary':
      return evaluateUnary(machine, node, scope);
    case 'binary':
      return evaluateBinary(machine, node, scope);
  }
}

/** The value behind a slot, computed at most once. */
export function force(machine: Machine, slot: Slot): Value {
  if (!isThunk(slot)) return slot;
  if (slot.state === 'done') return slot.value;
  if (slot.state === 'running') fail(machine, 'failed', 'infinite recursion');
  const { at } = machine;
  slot.state = 'running';
  try {
    const value = compute(machine, slot);
    slot.value = slot.label === null ? value : labelled(value, slot.label);
    slot.state = 'done';
  } finally {
    // After a failure that tryEval caught it is computed again, and fails again.
    if (slot.state === 'running') slot.state = 'waiting';
  }
  machine.at = at;
  return slot.value;
}

function compute(machine: Machine, thunk: Thunk): Value {
  if (thunk.compute !== null) return deepen(machine, thunk.compute);
  if (thunk.expression === null || thunk.scope === null) return thunk.value;
  return evaluate(machine, thunk.expression, thunk.scope);
}

/** A slot for an expression; what costs nothing is not delayed. */
export function suspend(expression: Expression, scope: Scope): Slot {
  if (expression.type === 'int' || expression.type === 'float') return expression.value;
  if (expression.type === 'lambda') return { kind: 'lambda', node: expression, scope };
  if (expression.type === 'variable') {
    // The same slot, not a thunk around it: identity matters to `==`.
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const found = at.variables?.get(expression.name);
      if (found !== undefined) return found;
    }
  }
  return {
    kind: 'thunk',
    state: 'waiting',
    expression,
    scope,
    compute: null,
    value: null,
    label: null,
  };
}

/** Lexical scopes go before every `with`; among these the innermost wins. */
export function lookUp(machine: Machine, name: string, scope: Scope): Slot {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = at.variables?.get(name);
    if (found !== undefined) return found;
  }
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.variables !== null) continue;
    const set = force(machine, at.withSet);
    if (typeof set !== 'object' || set?.kind !== 'attributes') {
      return fail(machine, 'failed', `with needs a set, not a ${typeName(set)}`);
    }
    const found = set.entries.get(name);
    if (found !== undefined) return found;
    if (set.partOf !== null) {
      const kind = set.partOf === 'builtins' ? refusalOf(name) : 'unsupported';
      return fail(machine, kind, `${set.partOf}.${readable(name)}`);
    }
  }
  if (refusedGlobals.has(name)) return fail(machine, refusalOf(name), `${name} is not supported`);
  return fail(machine, 'failed', `undefined variable ${readable(name)}`);
}

export function isTrue(machine: Machine, condition: Expression, scope: Scope): boolean {
  const value = evaluate(machine, condition, scope);
  machine.at = condition;
  if (typeof value !== 'boolean') fail(machine, 'failed', `expected a boolean, found a ${typeName(value)}`);
  return value;
}
