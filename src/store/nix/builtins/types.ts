import { toText } from '../coerce.ts';
import { force } from '../evaluate.ts';
import { fail, text } from '../machine.ts';
import { typeName } from '../type-name.ts';
import type { BuiltinBody } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

const is =
  (name: string): BuiltinBody =>
  (machine, [value = null]) =>
    typeName(force(machine, value)) === name;

const asText: BuiltinBody = (machine, [slot = null]) => {
  const value = force(machine, slot);
  if (typeof value === 'object' && value?.kind === 'search-path') {
    return fail(machine, 'unsupported', `<${value.name}> as a string`);
  }
  return toText(machine, value, { more: true, paths: true });
};

// Typed here: in the table TypeScript would take it for Object's method.
const toStringEntry: BuiltinTable[string] = [1, asText];

export const typeBuiltins: BuiltinTable = {
  isAttrs: [1, is('set')],
  isBool: [1, is('bool')],
  isFloat: [1, is('float')],
  isFunction: [1, is('lambda')],
  isInt: [1, is('int')],
  isList: [1, is('list')],
  isNull: [1, is('null')],
  isPath: [1, is('path')],
  isString: [1, is('string')],
  typeOf: [1, (machine, [value = null]) => text(machine, typeName(force(machine, value)))],
  toString: toStringEntry,
};
