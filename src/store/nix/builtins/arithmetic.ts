import { asInt } from '../coerce.ts';
import { lessThan } from '../equality.ts';
import { force } from '../evaluate.ts';
import { calculate } from '../evaluate-operators.ts';
import { fail } from '../machine.ts';
import { typeName } from '../type-name.ts';
import type { BuiltinBody, Machine, Slot } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

const operation =
  (operator: '+' | '-' | '*' | '/'): BuiltinBody =>
  (machine, [left = null, right = null]) =>
    calculate(machine, operator, force(machine, left), force(machine, right));

const bits =
  (combine: (left: bigint, right: bigint) => bigint): BuiltinBody =>
  (machine, [left = null, right = null]) =>
    BigInt.asIntN(64, combine(asInt(machine, left), asInt(machine, right)));

function rounded(machine: Machine, slot: Slot, round: (value: number) => number): bigint {
  const value = force(machine, slot);
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number') return fail(machine, 'failed', `a ${typeName(value)} is not a number`);
  return Number.isFinite(value) ? BigInt(round(value)) : fail(machine, 'failed', 'not a finite number');
}

export const arithmeticBuiltins: BuiltinTable = {
  add: [2, operation('+')],
  sub: [2, operation('-')],
  mul: [2, operation('*')],
  div: [2, operation('/')],
  bitAnd: [2, bits((left, right) => left & right)],
  bitOr: [2, bits((left, right) => left | right)],
  bitXor: [2, bits((left, right) => left ^ right)],
  lessThan: [
    2,
    (machine, [left = null, right = null]) => lessThan(machine, force(machine, left), force(machine, right)),
  ],
  ceil: [1, (machine, [value = null]) => rounded(machine, value, Math.ceil)],
  floor: [1, (machine, [value = null]) => rounded(machine, value, Math.floor)],
};
