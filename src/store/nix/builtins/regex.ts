import { asString } from '../coerce.ts';
import { charge, fail, list, text } from '../machine.ts';
import { type Captures, findMatch } from '../regex-match.ts';
import { compileRegex, type RegexProgram } from '../regex-program.ts';
import { RegexProblem } from '../regex-syntax.ts';
import type { Machine, NixString, Slot, Value } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

function compile(machine: Machine, pattern: string): RegexProgram {
  charge(machine, pattern.length);
  try {
    const program = compileRegex(pattern);
    charge(machine, program.states.length);
    return program;
  } catch (error) {
    if (!(error instanceof RegexProblem)) throw error;
    return fail(machine, error.kind, error.message);
  }
}

/** The groups of a match; null for one that took no part. */
function groupsOf(machine: Machine, whole: NixString, captures: Captures, groups: number): Value {
  const items: Slot[] = [];
  for (let group = 1; group <= groups; group++) {
    const start = captures[group * 2] ?? -1;
    const end = captures[group * 2 + 1] ?? -1;
    items.push(start < 0 || end < start ? null : text(machine, whole.text.slice(start, end), whole.origin));
  }
  return list(machine, items);
}

function match(machine: Machine, pattern: Slot, within: Slot): Value {
  const program = compile(machine, asString(machine, pattern).text);
  const whole = asString(machine, within);
  const pay = (work: number) => charge(machine, work);
  const found = findMatch(program, whole.text, 0, { anchored: true, whole: true, notEmpty: false, pay });
  return found === null ? null : groupsOf(machine, whole, found, program.groups);
}

/** Texts between the matches, and for each match the list of its groups (Nix: std::regex_iterator). */
function split(machine: Machine, pattern: Slot, within: Slot): Value {
  const program = compile(machine, asString(machine, pattern).text);
  const whole = asString(machine, within);
  const pay = (work: number) => charge(machine, work);
  const search = (from: number, anchored: boolean): Captures | null =>
    findMatch(program, whole.text, from, { anchored, whole: false, notEmpty: anchored, pay });

  const items: Slot[] = [];
  const between = (start: number, end: number) =>
    items.push(text(machine, whole.text.slice(start, end), whole.origin));
  let last = 0;
  let found = search(0, false);
  while (found !== null) {
    const start = found[0] ?? 0;
    const end = found[1] ?? 0;
    between(last, start);
    items.push(groupsOf(machine, whole, found, program.groups));
    last = end;
    if (end > start) found = search(end, false);
    else if (end >= whole.text.length) found = null;
    // After an empty match: one that is not empty at the same place, else from the next character on.
    else found = search(end, true) ?? search(end + 1, false);
  }
  if (items.length === 0) return list(machine, [whole]);
  between(last, whole.text.length);
  return list(machine, items);
}

export const regexBuiltins: BuiltinTable = {
  match: [2, (machine, [pattern = null, within = null]) => match(machine, pattern, within)],
  split: [2, (machine, [pattern = null, within = null]) => split(machine, pattern, within)],
};
