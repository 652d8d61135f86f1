import { apply } from '../call.ts';
import { asBoolean, asFunction, asInt, asList } from '../coerce.ts';
import { equal } from '../equality.ts';
import { force } from '../evaluate.ts';
import { joinLists } from '../evaluate-operators.ts';
import { limits } from '../limits.ts';
import { attributes, charge, delay, fail, list } from '../machine.ts';
import { passedBy, passedByAll } from '../origin.ts';
import type { BuiltinBody, Chain, Machine, NixList, Slot, Value } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

const call2 = (machine: Machine, fn: Value, first: Slot, second: Slot): Value =>
  apply(machine, apply(machine, fn, first), second);

const test = (machine: Machine, predicate: Value, item: Slot): boolean =>
  asBoolean(machine, apply(machine, predicate, item));

/** The items at these places, with what they passed through. */
export function pick(machine: Machine, from: NixList, indexes: readonly number[]): NixList {
  const items = indexes.map((index) => from.items[index] ?? null);
  const passed: readonly (Chain | null)[] = indexes.map((index) => passedBy(from, index));
  return list(machine, items, passed);
}

function itemAt(machine: Machine, from: NixList, index: number): Value {
  const item = from.items[index];
  if (item === undefined) return fail(machine, 'failed', `the list has no item ${index}`);
  return force(machine, item);
}

const some =
  (wanted: boolean): BuiltinBody =>
  (machine, [fn = null, from = null]) => {
    const predicate = asFunction(machine, fn);
    const found = asList(machine, from).items.some((item) => {
      charge(machine, 1);
      return test(machine, predicate, item) === wanted;
    });
    return found === wanted;
  };

function genericSort(machine: Machine, fn: Slot, from: Slot): Value {
  const before = asFunction(machine, fn);
  const unsorted = asList(machine, from);
  // Nix computes every item first, also when there is only one.
  for (const item of unsorted.items) force(machine, item);
  const order = unsorted.items.map((_, index) => index);
  const isBefore = (left: number, right: number): boolean => {
    charge(machine, 1);
    return asBoolean(
      machine,
      call2(machine, before, unsorted.items[left] ?? null, unsorted.items[right] ?? null),
    );
  };
  order.sort((left, right) => (isBefore(left, right) ? -1 : isBefore(right, left) ? 1 : 0));
  return pick(machine, unsorted, order);
}

function split(machine: Machine, fn: Slot, from: Slot): readonly [yes: number[], no: number[]] {
  const predicate = asFunction(machine, fn);
  const parts: [number[], number[]] = [[], []];
  asList(machine, from).items.forEach((item, index) => {
    charge(machine, 1);
    parts[test(machine, predicate, item) ? 0 : 1].push(index);
  });
  return parts;
}

export const listBuiltins: BuiltinTable = {
  all: [2, some(false)],
  any: [2, some(true)],
  concatLists: [
    1,
    (machine, [lists = null]) => {
      const outer = asList(machine, lists);
      return joinLists(
        machine,
        outer.items.map((item) => asList(machine, item)),
      );
    },
  ],
  concatMap: [
    2,
    (machine, [fn = null, from = null]) => {
      const transform = asFunction(machine, fn);
      const parts = asList(machine, from).items.map((item) => {
        charge(machine, 1);
        return asList(machine, apply(machine, transform, item));
      });
      return joinLists(machine, parts);
    },
  ],
  elem: [
    2,
    (machine, [item = null, from = null]) => {
      const { items } = asList(machine, from);
      return items.some((other) => equal(machine, force(machine, item), force(machine, other)));
    },
  ],
  elemAt: [
    2,
    (machine, [from = null, index = null]) =>
      itemAt(machine, asList(machine, from), Number(asInt(machine, index))),
  ],
  filter: [
    2,
    (machine, [fn = null, from = null]) => {
      const [kept] = split(machine, fn, from);
      return pick(machine, asList(machine, from), kept);
    },
  ],
  "foldl'": [
    3,
    (machine, [fn = null, start = null, from = null]) => {
      const combine = asFunction(machine, fn);
      let result: Slot = start;
      for (const item of asList(machine, from).items) {
        charge(machine, 1);
        result = call2(machine, combine, result, item);
      }
      return force(machine, result);
    },
  ],
  genericClosure: [1, (machine) => fail(machine, 'unsupported', 'builtins.genericClosure is not supported')],
  genList: [
    2,
    (machine, [fn = null, count = null]) => {
      const length = asInt(machine, count);
      if (length < 0n) fail(machine, 'failed', 'a list cannot have a negative length');
      if (length > limits.items) fail(machine, 'limit', 'a list grows too long');
      const make = (index: number) => delay(() => apply(machine, force(machine, fn), BigInt(index)));
      return list(
        machine,
        Array.from({ length: Number(length) }, (_, index) => make(index)),
      );
    },
  ],
  groupBy: [
    2,
    (machine, [fn = null, from = null]) => {
      const nameOf = asFunction(machine, fn);
      const all = asList(machine, from);
      const groups = new Map<string, number[]>();
      all.items.forEach((item, index) => {
        charge(machine, 1);
        const name = apply(machine, nameOf, item);
        if (typeof name !== 'object' || name?.kind !== 'string')
          fail(machine, 'failed', 'groupBy needs names');
        else if (!groups.get(name.text)?.push(index)) groups.set(name.text, [index]);
      });
      const entries = [...groups].map(([name, indexes]) => [name, pick(machine, all, indexes)] as const);
      return attributes(machine, new Map(entries));
    },
  ],
  head: [1, (machine, [from = null]) => itemAt(machine, asList(machine, from), 0)],
  length: [1, (machine, [from = null]) => BigInt(asList(machine, from).items.length)],
  map: [
    2,
    (machine, [fn = null, from = null]) => {
      const all = asList(machine, from);
      const items = all.items.map((item) => delay(() => apply(machine, force(machine, fn), item)));
      return list(machine, items, passedByAll(all));
    },
  ],
  partition: [
    2,
    (machine, [fn = null, from = null]) => {
      const [right, wrong] = split(machine, fn, from);
      const all = asList(machine, from);
      return attributes(
        machine,
        new Map([
          ['right', pick(machine, all, right)],
          ['wrong', pick(machine, all, wrong)],
        ]),
      );
    },
  ],
  sort: [2, (machine, [fn = null, from = null]) => genericSort(machine, fn, from)],
  tail: [
    1,
    (machine, [from = null]) => {
      const all = asList(machine, from);
      if (all.items.length === 0) fail(machine, 'failed', 'tail of an empty list');
      return list(machine, all.items.slice(1), passedByAll(all)?.slice(1) ?? null);
    },
  ],
};
