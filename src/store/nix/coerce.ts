import { apply } from './call.ts';
import { force } from './evaluate.ts';
import { limits } from './limits.ts';
import { charge, deepen, fail, isThunk, text } from './machine.ts';
import { typeName } from './type-name.ts';
import type { Machine, NixAttributes, NixList, NixString, Slot, Value } from './value.ts';

interface Options {
  readonly more: boolean;
  readonly paths: boolean;
}

const floatText = (value: number): string => value.toFixed(6);

/**
 * As Nix turns values into strings: for interpolation only strings and sets that know how; with `more` (`toString`)
 * also numbers, booleans, null and lists; with `paths` a path becomes its text (interpolation would copy it).
 */
export function toText(machine: Machine, slot: Slot, options: Options): NixString {
  const value = force(machine, slot);
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'string') return value;
    if (value.kind === 'path') {
      if (options.paths) return text(machine, value.text);
      return fail(machine, 'unsupported', 'a path in a string would be copied to the Nix store');
    }
    if (value.kind === 'attributes') return setToText(machine, value, options);
    if (value.kind === 'list' && options.more) return listToText(machine, value, options);
  }
  if (options.more) {
    if (typeof value === 'bigint') return text(machine, value.toString());
    if (typeof value === 'number') return text(machine, floatText(value));
    if (typeof value === 'boolean') return text(machine, value ? '1' : '');
    if (value === null) return text(machine, '');
  }
  return fail(machine, 'failed', `a ${typeName(value)} cannot be used as a string`);
}

function setToText(machine: Machine, set: NixAttributes, options: Options): NixString {
  const convert = set.entries.get('__toString');
  if (convert !== undefined) {
    const result = apply(machine, force(machine, convert), set);
    return nested(machine, result, options);
  }
  const outPath = set.entries.get('outPath');
  if (outPath !== undefined) return nested(machine, outPath, options);
  return fail(machine, 'failed', 'a set cannot be used as a string');
}

function listToText(machine: Machine, items: NixList, options: Options): NixString {
  const parts: string[] = [];
  let length = 0;
  items.items.forEach((item, index) => {
    const value = force(machine, item);
    const part = nested(machine, value, options).text;
    // An empty list leaves no space behind it.
    const isEmptyList = typeof value === 'object' && value?.kind === 'list' && value.items.length === 0;
    parts.push(part);
    if (index < items.items.length - 1 && !isEmptyList) parts.push(' ');
    length += part.length + 1;
    charge(machine, 1);
    if (length > limits.stringBytes) fail(machine, 'limit', 'a string grows too long');
  });
  return text(machine, parts.join(''));
}

const nested = (machine: Machine, slot: Slot, options: Options): NixString =>
  deepen(machine, () => toText(machine, slot, options));

/** The string, or a failure: no coercion. */
export function asString(machine: Machine, slot: Slot): NixString {
  const value = force(machine, slot);
  if (typeof value === 'object' && value?.kind === 'string') return value;
  return fail(machine, 'failed', `expected a string, found a ${typeName(value)}`);
}

export function asInt(machine: Machine, slot: Slot): bigint {
  const value = force(machine, slot);
  if (typeof value === 'bigint') return value;
  return fail(machine, 'failed', `expected an integer, found a ${typeName(value)}`);
}

export function asBoolean(machine: Machine, slot: Slot): boolean {
  const value = force(machine, slot);
  if (typeof value === 'boolean') return value;
  return fail(machine, 'failed', `expected a boolean, found a ${typeName(value)}`);
}

export function asList(machine: Machine, slot: Slot): NixList {
  const value = force(machine, slot);
  if (typeof value === 'object' && value?.kind === 'list') return value;
  return fail(machine, 'failed', `expected a list, found a ${typeName(value)}`);
}

/** A set that is all here. `builtins` and `lib` are not: enumerating them would tell an untruth. */
export function asAttributes(machine: Machine, slot: Slot): NixAttributes {
  const value = force(machine, slot);
  if (typeof value === 'object' && value?.kind === 'attributes') return value;
  return fail(machine, 'failed', `expected a set, found a ${typeName(value)}`);
}

export function asFunction(machine: Machine, slot: Slot): Value {
  const value = isThunk(slot) ? force(machine, slot) : slot;
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'lambda' || value.kind === 'builtin') return value;
    if (value.kind === 'attributes' && value.entries.has('__functor')) return value;
  }
  return fail(machine, 'failed', `expected a function, found a ${typeName(value)}`);
}
