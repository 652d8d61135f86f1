import { force } from './evaluate.ts';
import { charge, deepen, fail } from './machine.ts';
import { typeName } from './type-name.ts';
import type { Machine, Slot, Value } from './value.ts';

const isNumber = (value: Value): value is bigint | number =>
  typeof value === 'bigint' || typeof value === 'number';

/** `==`. Functions are never equal; inside sets and lists the very same slot is. */
export function equal(machine: Machine, left: Value, right: Value): boolean {
  charge(machine, 1);
  if (isNumber(left) && isNumber(right)) return Number(left) === Number(right) && sameInt(left, right);
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) {
    return left === right;
  }
  if (left.kind === 'string' || left.kind === 'path') {
    return right.kind === left.kind && left.text === right.text;
  }
  if (left.kind === 'list' && right.kind === 'list') {
    const { items } = right;
    if (left.items.length !== items.length) return false;
    return left.items.every((item, index) => equalSlots(machine, item, items[index] ?? null));
  }
  if (left.kind === 'attributes' && right.kind === 'attributes') {
    const { entries } = right;
    if (left.entries.size !== entries.size) return false;
    for (const name of [...left.entries.keys()].sort()) {
      const mine = left.entries.get(name);
      const other = entries.get(name);
      if (mine === undefined || other === undefined || !equalSlots(machine, mine, other)) return false;
    }
    return true;
  }
  return false;
}

/** Two large integers may round to the same float. */
const sameInt = (left: bigint | number, right: bigint | number): boolean =>
  typeof left !== 'bigint' || typeof right !== 'bigint' || left === right;

function equalSlots(machine: Machine, left: Slot, right: Slot): boolean {
  if (typeof left === 'object' && left !== null && left === right) return true;
  return deepen(machine, () => equal(machine, force(machine, left), force(machine, right)));
}

/** `<`, on two numbers, strings, paths, or lists of such. */
export function lessThan(machine: Machine, left: Value, right: Value): boolean {
  charge(machine, 1);
  if (isNumber(left) && isNumber(right)) return left < right;
  if (typeof left === 'object' && left !== null && typeof right === 'object' && right !== null) {
    if (left.kind === 'string' && right.kind === 'string') return left.text < right.text;
    if (left.kind === 'path' && right.kind === 'path') return left.text < right.text;
    if (left.kind === 'list' && right.kind === 'list') {
      for (const [index, item] of left.items.entries()) {
        const other = right.items[index];
        if (other === undefined) return false;
        if (!equalSlots(machine, item, other)) {
          return deepen(machine, () => lessThan(machine, force(machine, item), force(machine, other)));
        }
      }
      return left.items.length < right.items.length;
    }
  }
  return fail(machine, 'failed', `a ${typeName(left)} cannot be compared with a ${typeName(right)}`);
}
