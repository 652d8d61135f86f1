import { fromBytes } from './byte-string.ts';
import { checkVariables } from './check-variables.ts';
import { evaluate, force } from './evaluate.ts';
import { globalNames } from './globals.ts';
import { delay, fail } from './machine.ts';
import { canonical, directoryOf } from './nix-path.ts';
import { parse } from './parse.ts';
import { readForEvaluation } from './read-for-evaluation.ts';
import { createSource } from './source.ts';
import type { Machine, Value } from './value.ts';

const maxLinks = 40;

/** Follows links of the last component: relative paths in a linked file start where the link points to. */
function followLinks(machine: Machine, path: string): string {
  let at = path;
  for (let count = 0; count < maxLinks; count++) {
    const target = machine.files.readLink(at);
    if (target === null) return at;
    at = canonical(target.startsWith('/') ? target : `${directoryOf(at)}/${target}`);
  }
  return fail(machine, 'failed', 'too many symbolic links');
}

/** The value of a file, evaluated once however often it is imported; of a directory, that of its `default.nix`. */
export function importPath(machine: Machine, path: string): Value {
  let file = followLinks(machine, path);
  const isDirectory =
    !machine.imports.has(file) && !file.endsWith('.nix') && machine.files.readDirectory(file).ok;
  if (isDirectory) file = `${file === '/' ? '' : file}/default.nix`;
  let slot = machine.imports.get(file);
  if (slot === undefined) {
    slot = delay(() => {
      const source = createSource(file, fromBytes(readForEvaluation(machine, file)));
      const expression = parse(source);
      checkVariables(expression, globalNames());
      return evaluate(machine, expression, machine.globals);
    });
    machine.imports.set(file, slot);
  }
  return force(machine, slot);
}
