import { createHash } from 'node:crypto';
import { toBytes } from '../byte-string.ts';
import { asInt, asList, asString, toText } from '../coerce.ts';
import { force } from '../evaluate.ts';
import { limits } from '../limits.ts';
import { charge, fail, list, text } from '../machine.ts';
import { baseNameOf, canonical, directoryOf } from '../nix-path.ts';
import { mainOrigin } from '../origin.ts';
import type { Machine, NixString, Slot, Value } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

const plain = { more: false, paths: false } as const;
const withPaths = { more: false, paths: true } as const;

const hashes: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha512: 'sha512',
};

function joinWith(machine: Machine, separator: Slot, from: Slot): NixString {
  const between = asString(machine, separator).text;
  const parts = asList(machine, from).items.map((item) => toText(machine, item, plain));
  const length = parts.reduce((sum, part) => sum + part.text.length + between.length, 0);
  charge(machine, parts.length);
  if (length > limits.stringBytes + between.length) fail(machine, 'limit', 'a string grows too long');
  return text(machine, parts.map((part) => part.text).join(between), mainOrigin(parts));
}

function substring(machine: Machine, start: Slot, length: Slot, from: Slot): NixString {
  const first = Number(asInt(machine, start));
  const count = Number(asInt(machine, length));
  if (first < 0) fail(machine, 'failed', 'substring starts before the string');
  const whole = toText(machine, from, plain);
  const end = count < 0 ? whole.text.length : first + count;
  return text(machine, whole.text.slice(first, end), whole.origin);
}

/** At each place the first of the texts that fits is replaced; an empty one fits once between any two characters. */
function replace(machine: Machine, from: Slot, to: Slot, within: Slot): NixString {
  const wanted = asList(machine, from).items.map((item) => asString(machine, item).text);
  const instead = asList(machine, to).items;
  if (wanted.length !== instead.length)
    fail(machine, 'failed', 'replaceStrings needs two lists of one length');
  const whole = asString(machine, within);
  let result = '';
  let at = 0;
  while (at <= whole.text.length) {
    charge(machine, 1 + (wanted.length >> 2));
    const index = wanted.findIndex((part) => whole.text.startsWith(part, at));
    const part = wanted[index];
    if (part !== undefined) {
      result += asString(machine, instead[index] ?? null).text;
      at += part.length;
    }
    if (part === undefined || part.length === 0) result += whole.text[at++] ?? '';
    if (result.length > limits.stringBytes) fail(machine, 'limit', 'a string grows too long');
  }
  return text(machine, result, whole.origin);
}

function hash(machine: Machine, name: Slot, from: Slot): Value {
  const algorithm = hashes[asString(machine, name).text];
  if (algorithm === undefined) return fail(machine, 'failed', 'an unknown hash algorithm');
  const { text: bytes } = asString(machine, from);
  charge(machine, bytes.length >> 3);
  return text(machine, createHash(algorithm).update(toBytes(bytes)).digest('hex'));
}

/** Parts of a version number: runs of digits, runs of other characters, without dots and dashes. */
const versionParts = (version: string): readonly string[] => version.match(/[0-9]+|[^0-9.-]+/g) ?? [];

export const stringBuiltins: BuiltinTable = {
  baseNameOf: [
    1,
    (machine, [path = null]) => text(machine, baseNameOf(toText(machine, path, withPaths).text)),
  ],
  compareVersions: [
    2,
    (machine) => fail(machine, 'unsupported', 'builtins.compareVersions is not supported'),
  ],
  concatStringsSep: [2, (machine, [separator = null, from = null]) => joinWith(machine, separator, from)],
  dirOf: [
    1,
    (machine, [path = null]) => {
      const value = force(machine, path);
      if (typeof value === 'object' && value?.kind === 'path') {
        return { kind: 'path', text: directoryOf(value.text) };
      }
      const whole = toText(machine, value, plain).text;
      return text(machine, whole.includes('/') ? directoryOf(whole) : '.');
    },
  ],
  hashString: [2, (machine, [name = null, from = null]) => hash(machine, name, from)],
  replaceStrings: [
    3,
    (machine, [from = null, to = null, within = null]) => replace(machine, from, to, within),
  ],
  splitVersion: [
    1,
    (machine, [version = null]) =>
      list(
        machine,
        versionParts(asString(machine, version).text).map((part) => text(machine, part)),
      ),
  ],
  stringLength: [1, (machine, [value = null]) => BigInt(toText(machine, value, plain).text.length)],
  substring: [
    3,
    (machine, [start = null, length = null, from = null]) => substring(machine, start, length, from),
  ],
  toPath: [
    1,
    (machine, [path = null]) => {
      const whole = toText(machine, path, withPaths);
      if (!whole.text.startsWith('/')) fail(machine, 'failed', 'toPath needs an absolute path');
      return text(machine, canonical(whole.text));
    },
  ],
  unsafeDiscardOutputDependency: [1, (machine, [value = null]) => asString(machine, value)],
  unsafeDiscardStringContext: [1, (machine, [value = null]) => toText(machine, value, plain)],
  hasContext: [
    1,
    (machine, [value = null]) => {
      asString(machine, value);
      return false;
    },
  ],
};
