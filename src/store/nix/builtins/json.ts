import { decodeText, encodeText } from '../byte-string.ts';
import { apply } from '../call.ts';
import { asString } from '../coerce.ts';
import { force } from '../evaluate.ts';
import { limits } from '../limits.ts';
import { attributes, charge, deepen, fail, list, sortedNames, text } from '../machine.ts';
import { labelled, type Origin, runtimeLabel } from '../origin.ts';
import { typeName } from '../type-name.ts';
import type { Machine, Slot, Value } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const quoted = (bytes: string): string =>
  `"${bytes.replace(
    /["\\\x00-\x1f]/g,
    (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`;

/** A value as Nix writes it in JSON, a byte string. */
export function writeJson(machine: Machine, slot: Slot): string {
  const value = force(machine, slot);
  charge(machine, 1);
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    return fail(machine, 'unsupported', 'a fraction in JSON, which Nix versions write differently');
  }
  switch (value.kind) {
    case 'string':
      return quoted(value.text);
    case 'list':
      return writeAll(machine, value.items, (item) => writeJson(machine, item), '[', ']');
    case 'attributes': {
      const convert = value.entries.get('__toString');
      if (convert !== undefined) {
        return deepen(machine, () => writeJson(machine, apply(machine, force(machine, convert), value)));
      }
      const outPath = value.entries.get('outPath');
      if (outPath !== undefined) return deepen(machine, () => writeJson(machine, outPath));
      const one = (name: string) => `${quoted(name)}:${writeJson(machine, value.entries.get(name) ?? null)}`;
      return writeAll(machine, sortedNames(value), one, '{', '}');
    }
    case 'path':
      return fail(machine, 'unsupported', 'a path in JSON would be copied to the Nix store');
    default:
      return fail(machine, 'failed', `a ${typeName(value)} cannot be written as JSON`);
  }
}

function writeAll<T>(
  machine: Machine,
  items: readonly T[],
  one: (item: T) => string,
  open: string,
  close: string,
): string {
  return deepen(machine, () => {
    let length = 0;
    const parts = items.map((item) => {
      const part = one(item);
      length += part.length;
      if (length > limits.stringBytes) fail(machine, 'limit', 'a string grows too long');
      return part;
    });
    return open + parts.join(',') + close;
  });
}

/** A number written with a fraction or exponent; strings are taken out before. */
const fraction = /[0-9][.eE]/;
const jsonString = /"(?:[^"\\]|\\.)*"/g;

function read(machine: Machine, from: Slot): Value {
  const source = asString(machine, from);
  const decoded = decodeText(source.text);
  charge(machine, source.text.length >> 3);
  if (decoded === null) return fail(machine, 'failed', 'the JSON is not UTF-8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoded);
  } catch {
    return fail(machine, 'failed', 'the JSON cannot be parsed');
  }
  if (fraction.test(decoded.replace(jsonString, ''))) {
    return fail(machine, 'unsupported', 'a number with a fraction or exponent in JSON');
  }
  return convert(machine, parsed, source.origin);
}

function convert(machine: Machine, json: unknown, origin: Origin | null): Value {
  charge(machine, 1);
  if (json === null || typeof json === 'boolean') return json;
  if (typeof json === 'string') return text(machine, encodeText(json), origin);
  if (typeof json === 'number') {
    if (!Number.isSafeInteger(json)) return fail(machine, 'unsupported', 'a large number in JSON');
    return BigInt(json);
  }
  return deepen(machine, () => {
    if (Array.isArray(json)) {
      return list(
        machine,
        json.map((item) => convert(machine, item, origin)),
      );
    }
    const entries = Object.entries(json as object).map(([key, value]) => {
      const name = encodeText(key);
      return [name, labelled(convert(machine, value, origin), runtimeLabel(name))] as const;
    });
    return attributes(machine, new Map(entries));
  });
}

export const jsonBuiltins: BuiltinTable = {
  fromJSON: [1, (machine, [from = null]) => read(machine, from)],
  toJSON: [1, (machine, [value = null]) => text(machine, writeJson(machine, value))],
};
