import { record } from './call.ts';
import { evaluate } from './evaluate.ts';
import { libraryText } from './library-text.ts';
import { parse } from './parse.ts';
import { createSource } from './source.ts';
import type { Machine, NixAttributes, Value } from './value.ts';

/** The functions of nixpkgs' `lib` that rules use; whatever else is asked of it is refused by name. */
function library(machine: Machine): NixAttributes {
  const before = machine.imports.get('<lib>');
  if (typeof before === 'object' && before?.kind === 'attributes') return before;
  const source = createSource('<lib>', libraryText);
  const value = evaluate(machine, parse(source), machine.globals) as NixAttributes;
  const made: NixAttributes = { ...value, partOf: 'lib' };
  machine.imports.set('<lib>', made);
  return made;
}

/** What `import <nixpkgs>` or `import <nixpkgs/lib>` gives: nothing but `lib`. */
export function nixLibrary(machine: Machine, name: 'nixpkgs' | 'nixpkgs/lib'): Value {
  const lib = library(machine);
  if (name === 'nixpkgs/lib') return lib;
  const set = record(machine, { lib }) as NixAttributes;
  const packages: NixAttributes = { ...set, partOf: 'nixpkgs' };
  return { kind: 'builtin', name: 'nixpkgs', arity: 1, run: () => packages, given: [] };
}
