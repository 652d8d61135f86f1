import { writeJson } from '../builtins/json.ts';
import { force } from '../evaluate.ts';
import { createMachine, evaluateFile } from '../evaluate-file.ts';
import { NixFailure } from '../nix-failure.ts';
import type { RulesInput } from '../read-rules.ts';
import type { Machine, Slot } from '../value.ts';

/** Attribute → attribute of it → its value as JSON, or how it fails. What is no set is under the name `''`. */
export type WholeValue = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * All that a rules file evaluates to, as byte strings, also what is no rule or no part of one that keyhole reads.
 * `null` where it is no set or the evaluation as a whole fails.
 */
export function wholeValue({ files, rulesPath }: RulesInput): WholeValue | null {
  const machine = createMachine(files);
  try {
    const value = evaluateFile(machine, rulesPath);
    if (typeof value !== 'object' || value?.kind !== 'attributes') return null;
    return new Map([...value.entries].map(([name, slot]) => [name, attributesOf(machine, slot)]));
  } catch (error) {
    if (error instanceof NixFailure || error instanceof RangeError) return null;
    throw error;
  }
}

function attributesOf(machine: Machine, slot: Slot): ReadonlyMap<string, string> {
  const outer = attempt(machine, () => {
    const value = force(machine, slot);
    return typeof value === 'object' && value?.kind === 'attributes' ? value.entries : null;
  });
  if (typeof outer === 'string') return new Map([['', outer]]);
  const inner: Iterable<readonly [string, Slot]> = outer ?? [['', slot]];
  return new Map([...inner].map(([name, one]) => [name, attempt(machine, () => writeJson(machine, one))]));
}

/** What fails, fails alone, as a failure that is compared like a value. */
function attempt<T>(machine: Machine, compute: () => T): T | string {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof NixFailure)) throw error;
    machine.depth = 0;
    return `${error.kind}: ${error.message}`;
  }
}
