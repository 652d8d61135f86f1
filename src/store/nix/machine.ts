import { limits } from './limits.ts';
import { NixFailure, type NixFailureKind } from './nix-failure.ts';
import type { Origin } from './origin.ts';
import type { Chain, Machine, NixAttributes, NixList, NixString, Slot, Thunk, Value } from './value.ts';

/** Ends the evaluation, blaming the expression at hand. */
export function fail(machine: Machine, kind: NixFailureKind, says: string): never {
  throw new NixFailure(kind, says, machine.at);
}

/** Pays for work done outside `evaluate`: list items, eighths of string bytes. */
export function charge(machine: Machine, steps: number): void {
  machine.steps += steps;
  if (machine.steps > limits.steps) fail(machine, 'limit', 'the evaluation takes too many steps');
}

export function text(machine: Machine, bytes: string, origin: Origin | null = null): NixString {
  if (bytes.length > limits.stringBytes) fail(machine, 'limit', 'a string grows too long');
  charge(machine, bytes.length >> 3);
  return { kind: 'string', text: bytes, origin };
}

export function list(
  machine: Machine,
  items: readonly Slot[],
  passed: readonly (Chain | null)[] | null = null,
): NixList {
  if (items.length > limits.items) fail(machine, 'limit', 'a list grows too long');
  charge(machine, items.length);
  return { kind: 'list', items, passed, labels: null };
}

export function attributes(machine: Machine, entries: ReadonlyMap<string, Slot>): NixAttributes {
  if (entries.size > limits.items) fail(machine, 'limit', 'an attribute set grows too large');
  charge(machine, entries.size);
  return { kind: 'attributes', entries, partOf: null };
}

/** A value that a builtin computes when it is asked for. */
export const delay = (compute: () => Value): Thunk => ({
  kind: 'thunk',
  state: 'waiting',
  expression: null,
  scope: null,
  compute,
  value: null,
  label: null,
});

/** Names in the order Nix gives them: by bytes. */
export const sortedNames = (set: NixAttributes): readonly string[] => [...set.entries.keys()].sort();

export const isThunk = (slot: Slot): slot is Thunk =>
  typeof slot === 'object' && slot !== null && slot.kind === 'thunk';

/** Runs `inner` one level deeper, for recursion over values. */
export function deepen<T>(machine: Machine, inner: () => T): T {
  if (machine.depth >= limits.depth) fail(machine, 'limit', 'the evaluation nests too deeply');
  machine.depth++;
  const result = inner();
  machine.depth--;
  return result;
}
