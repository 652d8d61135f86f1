import { readable } from '../byte-string.ts';
import { record } from '../call.ts';
import { asString, toText } from '../coerce.ts';
import { force } from '../evaluate.ts';
import { charge, deepen, fail, text } from '../machine.ts';
import { NixFailure } from '../nix-failure.ts';
import type { Machine, Slot, Value } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

/** Computes everything inside, once: what is shared or cyclic is visited a single time. */
export function forceDeeply(machine: Machine, slot: Slot, seen = new Set<Slot>()): Value {
  const value = force(machine, slot);
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  if (value.kind !== 'list' && value.kind !== 'attributes') return value;
  seen.add(value);
  charge(machine, 1);
  const inner = value.kind === 'list' ? value.items : value.entries.values();
  deepen(machine, () => {
    for (const item of inner) forceDeeply(machine, item, seen);
  });
  return value;
}

function attempt(machine: Machine, slot: Slot): Value {
  const { depth, at } = machine;
  charge(machine, 20);
  try {
    return record(machine, { success: true, value: force(machine, slot) });
  } catch (error) {
    if (!(error instanceof NixFailure) || error.kind !== 'thrown') throw error;
    machine.depth = depth;
    machine.at = at;
    return record(machine, { success: false, value: false });
  }
}

const says = (machine: Machine, message: Slot): string =>
  readable(toText(machine, message, { more: false, paths: true }).text.slice(0, 200));

export const controlBuiltins: BuiltinTable = {
  abort: [1, (machine, [message = null]) => fail(machine, 'failed', `abort: ${says(machine, message)}`)],
  throw: [1, (machine, [message = null]) => fail(machine, 'thrown', `throw: ${says(machine, message)}`)],
  seq: [
    2,
    (machine, [first = null, second = null]) => {
      force(machine, first);
      return force(machine, second);
    },
  ],
  deepSeq: [
    2,
    (machine, [first = null, second = null]) => {
      forceDeeply(machine, first);
      return force(machine, second);
    },
  ],
  // What it would print is the repository's text on the user's terminal: it is dropped.
  trace: [
    2,
    (machine, [first = null, second = null]) => {
      force(machine, first);
      return force(machine, second);
    },
  ],
  tryEval: [1, (machine, [value = null]) => attempt(machine, value)],
  // The environment is not the repository's business: Nix gives "" too when it is restricted.
  getEnv: [
    1,
    (machine, [name = null]) => {
      asString(machine, name);
      return text(machine, '');
    },
  ],
};
