import { readable } from '../byte-string.ts';
import { apply, record } from '../call.ts';
import { asAttributes, asFunction, asList, asString } from '../coerce.ts';
import { force } from '../evaluate.ts';
import { attributeIn } from '../evaluate-select.ts';
import { attributes, charge, delay, fail, list, sortedNames, text } from '../machine.ts';
import { labelled, runtimeLabel } from '../origin.ts';
import type { Machine, NixAttributes, Slot } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

/** A set that is all here: to enumerate `builtins` or `lib` would tell an untruth. */
function whole(machine: Machine, slot: Slot): NixAttributes {
  const set = asAttributes(machine, slot);
  if (set.partOf !== null) fail(machine, 'unsupported', `${set.partOf} is enumerated`);
  return set;
}

/** A slot whose value will remember this name. */
const named = (machine: Machine, name: string, slot: Slot): Slot =>
  delay(() => labelled(force(machine, slot), runtimeLabel(name)));

function listToAttributes(machine: Machine, from: Slot): NixAttributes {
  const entries = new Map<string, Slot>();
  for (const item of asList(machine, from).items) {
    const pair = asAttributes(machine, item);
    const name = pair.entries.get('name');
    if (name === undefined) return fail(machine, 'failed', 'listToAttrs needs the attribute name');
    const { text: key } = asString(machine, name);
    const value = pair.entries.get('value');
    if (value === undefined) return fail(machine, 'failed', 'listToAttrs needs the attribute value');
    // The first of several equal names wins.
    if (!entries.has(key)) entries.set(key, named(machine, key, value));
  }
  return attributes(machine, entries);
}

/** Applies a function of name and value to every attribute, lazily. */
const mapped = (machine: Machine, fn: Slot, name: string, value: Slot): Slot =>
  delay(() => apply(machine, apply(machine, force(machine, fn), text(machine, name)), value));

function zip(machine: Machine, fn: Slot, from: Slot): NixAttributes {
  const groups = new Map<string, Slot[]>();
  for (const item of asList(machine, from).items) {
    const set = whole(machine, item);
    charge(machine, set.entries.size);
    for (const [name, slot] of set.entries) {
      if (!groups.get(name)?.push(slot)) groups.set(name, [slot]);
    }
  }
  const entries = [...groups].map(
    ([name, slots]) => [name, mapped(machine, fn, name, list(machine, slots))] as const,
  );
  return attributes(machine, new Map(entries));
}

export const attributeBuiltins: BuiltinTable = {
  attrNames: [
    1,
    (machine, [set = null]) =>
      list(
        machine,
        sortedNames(whole(machine, set)).map((name) => text(machine, name)),
      ),
  ],
  attrValues: [
    1,
    (machine, [set = null]) => {
      const all = whole(machine, set);
      return list(
        machine,
        sortedNames(all).map((name) => all.entries.get(name) ?? null),
      );
    },
  ],
  catAttrs: [
    2,
    (machine, [name = null, from = null]) => {
      const key = asString(machine, name).text;
      const found = asList(machine, from).items.flatMap((item) => {
        const slot = asAttributes(machine, item).entries.get(key);
        return slot === undefined ? [] : [slot];
      });
      return list(machine, found);
    },
  ],
  functionArgs: [
    1,
    (machine, [fn = null]) => {
      const value = asFunction(machine, fn);
      const entries = new Map<string, Slot>();
      if (typeof value === 'object' && value?.kind === 'lambda') {
        for (const formal of value.node.pattern?.formals ?? []) {
          entries.set(formal.name, formal.fallback !== null);
        }
      }
      return attributes(machine, entries);
    },
  ],
  getAttr: [
    2,
    (machine, [name = null, set = null]) => {
      const key = asString(machine, name).text;
      const slot = attributeIn(machine, asAttributes(machine, set), key, 'value');
      if (slot === undefined) return fail(machine, 'failed', `attribute ${readable(key)} is missing`);
      return force(machine, slot);
    },
  ],
  hasAttr: [
    2,
    (machine, [name = null, set = null]) =>
      attributeIn(machine, asAttributes(machine, set), asString(machine, name).text, 'presence') !==
      undefined,
  ],
  intersectAttrs: [
    2,
    (machine, [left = null, right = null]) => {
      const wanted = whole(machine, left).entries;
      const entries = [...whole(machine, right).entries].filter(([name]) => wanted.has(name));
      return attributes(machine, new Map(entries));
    },
  ],
  listToAttrs: [1, (machine, [from = null]) => listToAttributes(machine, from)],
  mapAttrs: [
    2,
    (machine, [fn = null, set = null]) => {
      const entries = [...whole(machine, set).entries].map(
        ([name, value]) => [name, named(machine, name, mapped(machine, fn, name, value))] as const,
      );
      return attributes(machine, new Map(entries));
    },
  ],
  removeAttrs: [
    2,
    (machine, [set = null, names = null]) => {
      const entries = new Map(whole(machine, set).entries);
      for (const name of asList(machine, names).items) entries.delete(asString(machine, name).text);
      return attributes(machine, entries);
    },
  ],
  zipAttrsWith: [2, (machine, [fn = null, from = null]) => zip(machine, fn, from)],
  parseDrvName: [
    1,
    (machine, [name = null]) => {
      const full = asString(machine, name).text;
      const at = full.search(/-[^a-zA-Z]/);
      const cut = at === -1 ? full.length : at;
      return record(machine, {
        name: text(machine, full.slice(0, cut)),
        version: text(machine, full.slice(cut + 1)),
      });
    },
  ],
};
