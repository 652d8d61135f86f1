import type { Expression } from './ast.ts';
import { toText } from './coerce.ts';
import { equal, lessThan } from './equality.ts';
import { evaluate, isTrue } from './evaluate.ts';
import { attributes, charge, fail, list, text } from './machine.ts';
import { canonical } from './nix-path.ts';
import { mainOrigin, passedByAll } from './origin.ts';
import { typeName } from './type-name.ts';
import type { Chain, Machine, NixAttributes, NixList, Scope, Slot, Value } from './value.ts';

type Binary = Extract<Expression, { type: 'binary' }>;

const mostPositive = (1n << 63n) - 1n;

export function evaluateUnary(
  machine: Machine,
  node: Extract<Expression, { type: 'unary' }>,
  scope: Scope,
): Value {
  if (node.operator === '!') return !isTrue(machine, node.operand, scope);
  const value = evaluate(machine, node.operand, scope);
  machine.at = node;
  return calculate(machine, '-', 0n, value);
}

export function evaluateBinary(machine: Machine, node: Binary, scope: Scope): Value {
  switch (node.operator) {
    case '&&':
      return isTrue(machine, node.left, scope) && isTrue(machine, node.right, scope);
    case '||':
      return isTrue(machine, node.left, scope) || isTrue(machine, node.right, scope);
    case '->':
      return !isTrue(machine, node.left, scope) || isTrue(machine, node.right, scope);
    case '++':
      return concatenate(machine, node, scope);
  }
  const left = evaluate(machine, node.left, scope);
  const right = evaluate(machine, node.right, scope);
  machine.at = node;
  switch (node.operator) {
    case '==':
      return equal(machine, left, right);
    case '!=':
      return !equal(machine, left, right);
    case '<':
      return lessThan(machine, left, right);
    case '>':
      return lessThan(machine, right, left);
    case '<=':
      return !lessThan(machine, right, left);
    case '>=':
      return !lessThan(machine, left, right);
    case '//':
      return update(machine, left, right);
    case '+':
      return add(machine, left, right);
    default:
      return calculate(machine, node.operator, left, right);
  }
}

function expectList(machine: Machine, node: Expression, scope: Scope): NixList {
  const value = evaluate(machine, node, scope);
  machine.at = node;
  if (typeof value === 'object' && value?.kind === 'list') return value;
  return fail(machine, 'failed', `++ needs lists, not a ${typeName(value)}`);
}

/** `a ++ b ++ c` is nested to the right; walked in a loop so that a long chain stays shallow. */
function concatenate(machine: Machine, node: Binary, scope: Scope): NixList {
  const lists: NixList[] = [];
  let rest: Expression = node;
  while (rest.type === 'binary' && rest.operator === '++') {
    lists.push(expectList(machine, rest.left, scope));
    rest = rest.right;
  }
  lists.push(expectList(machine, rest, scope));
  machine.at = node;
  return joinLists(machine, lists);
}

/** One list of the items of all, which remember what lists they were in. */
export function joinLists(machine: Machine, lists: readonly NixList[]): NixList {
  const items: Slot[] = [];
  const passed: (Chain | null)[] = [];
  for (const part of lists) {
    const chains = passedByAll(part);
    part.items.forEach((item, index) => {
      items.push(item);
      passed.push(chains?.[index] ?? null);
    });
    charge(machine, part.items.length);
  }
  return list(machine, items, passed);
}

export function update(machine: Machine, left: Value, right: Value): NixAttributes {
  const isSet = (value: Value): value is NixAttributes =>
    typeof value === 'object' && value?.kind === 'attributes';
  if (!isSet(left) || !isSet(right)) {
    const wrong = isSet(left) ? right : left;
    return fail(machine, 'failed', `// needs sets, not a ${typeName(wrong)}`);
  }
  if (left.partOf ?? right.partOf) {
    return fail(machine, 'unsupported', `${left.partOf ?? right.partOf} is changed with //`);
  }
  const entries = new Map(left.entries);
  for (const [name, slot] of right.entries) entries.set(name, slot);
  return attributes(machine, entries);
}

function add(machine: Machine, left: Value, right: Value): Value {
  if (typeof left === 'bigint' || typeof left === 'number') return calculate(machine, '+', left, right);
  if (typeof left === 'object' && left?.kind === 'path') {
    const more = toText(machine, right, { more: false, paths: true });
    return { kind: 'path', text: canonical(text(machine, left.text + more.text).text) };
  }
  const first = toText(machine, left, { more: false, paths: false });
  const second = toText(machine, right, { more: false, paths: false });
  return text(machine, first.text + second.text, mainOrigin([first, second]));
}

/** Arithmetic; integers are 64 bits wide and overflow is a failure, as in current Nix. */
export function calculate(
  machine: Machine,
  operator: '+' | '-' | '*' | '/',
  left: Value,
  right: Value,
): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (operator === '/' && right === 0n) return fail(machine, 'failed', 'division by zero');
    const result =
      operator === '+'
        ? left + right
        : operator === '-'
          ? left - right
          : operator === '*'
            ? left * right
            : left / right;
    if (result > mostPositive || result < -mostPositive - 1n) fail(machine, 'failed', 'integer overflow');
    return result;
  }
  const isNumber = (value: Value) => typeof value === 'bigint' || typeof value === 'number';
  if (!isNumber(left) || !isNumber(right)) {
    const wrong = isNumber(left) ? right : left;
    return fail(machine, 'failed', `${operator} needs numbers, not a ${typeName(wrong)}`);
  }
  const [a, b] = [Number(left), Number(right)];
  if (operator === '/' && b === 0) return fail(machine, 'failed', 'division by zero');
  return operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b;
}
