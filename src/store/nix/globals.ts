import { arithmeticBuiltins } from './builtins/arithmetic.ts';
import { attributeBuiltins } from './builtins/attribute-sets.ts';
import type { BuiltinTable } from './builtins/builtin-table.ts';
import { controlBuiltins } from './builtins/control.ts';
import { fileBuiltins } from './builtins/files.ts';
import { jsonBuiltins } from './builtins/json.ts';
import { listBuiltins } from './builtins/lists.ts';
import { regexBuiltins } from './builtins/regex.ts';
import { stringBuiltins } from './builtins/strings.ts';
import { typeBuiltins } from './builtins/types.ts';
import { refusedGlobals } from './refused-builtins.ts';
import type { NixAttributes, Scope, Slot } from './value.ts';

/** Builtins that are in scope under their own names; all are under `__name`. */
const plainNames: ReadonlySet<string> = new Set([
  'abort',
  'baseNameOf',
  'dirOf',
  'import',
  'isNull',
  'map',
  'removeAttrs',
  'throw',
  'toString',
]);

const tables: () => readonly BuiltinTable[] = () => [
  arithmeticBuiltins,
  attributeBuiltins,
  controlBuiltins,
  fileBuiltins,
  jsonBuiltins,
  listBuiltins,
  regexBuiltins,
  stringBuiltins,
  typeBuiltins,
];

const constants: readonly (readonly [string, Slot])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

let made: Scope | null = null;

/** The scope around every file. Made once per process: its values belong to no evaluation. */
export function globalScope(): Scope {
  if (made !== null) return made;
  const entries = new Map<string, Slot>(constants);
  entries.set('langVersion', 6n);
  const variables = new Map<string, Slot>(constants);
  for (const table of tables()) {
    for (const [name, [arity, run]] of Object.entries(table)) {
      const value = { kind: 'builtin', name, arity, run, given: [] } as const;
      entries.set(name, value);
      variables.set(plainNames.has(name) ? name : `__${name}`, value);
    }
  }
  const builtins: NixAttributes = { kind: 'attributes', entries, partOf: 'builtins' };
  entries.set('builtins', builtins);
  variables.set('builtins', builtins);
  made = { variables, withSet: null, parent: null };
  return made;
}

let names: ReadonlySet<string> | null = null;

/** What a file may name without defining it, including what is then refused. */
export function globalNames(): ReadonlySet<string> {
  names ??= new Set([...(globalScope().variables?.keys() ?? []), ...refusedGlobals]);
  return names;
}
