import { encodeText, fromBytes } from '../byte-string.ts';
import { toText } from '../coerce.ts';
import { force } from '../evaluate.ts';
import { importPath } from '../import-file.ts';
import { nixLibrary } from '../library.ts';
import { attributes, fail, text } from '../machine.ts';
import { canonical } from '../nix-path.ts';
import { readForEvaluation } from '../read-for-evaluation.ts';
import { createSource } from '../source.ts';
import type { Machine, Slot, Value } from '../value.ts';
import type { BuiltinTable } from './builtin-table.ts';

/** The absolute path that a path or a string stands for. */
function pathOf(machine: Machine, slot: Slot): string {
  const value = force(machine, slot);
  if (typeof value === 'object' && value?.kind === 'search-path') {
    return fail(machine, 'unsupported', `<${value.name}> is read as a file`);
  }
  const { text: path } = toText(machine, value, { more: false, paths: true });
  if (!path.startsWith('/')) return fail(machine, 'failed', 'a file is named by a relative string');
  if (path.includes('\0')) return fail(machine, 'failed', 'a path holds a NUL byte');
  return canonical(path);
}

function readFile(machine: Machine, slot: Slot): Value {
  const path = pathOf(machine, slot);
  const bytes = fromBytes(readForEvaluation(machine, path));
  if (bytes.includes('\0')) return fail(machine, 'failed', 'a file that is read holds a NUL byte');
  const source = createSource(path, bytes);
  const written = { kind: 'file', source, start: 0, end: bytes.length } as const;
  return text(machine, bytes, { written, labels: null });
}

function readDirectory(machine: Machine, slot: Slot): Value {
  const path = pathOf(machine, slot);
  const listed = machine.files.readDirectory(path);
  machine.filesRead.add(path);
  if (!listed.ok)
    return fail(machine, listed.error.code === 'refused' ? 'refused' : 'failed', listed.error.says);
  const entries = [...listed.value].map(([name, kind]) => [encodeText(name), text(machine, kind)] as const);
  return attributes(machine, new Map(entries));
}

function importValue(machine: Machine, slot: Slot): Value {
  const value = force(machine, slot);
  if (typeof value === 'object' && value?.kind === 'search-path') {
    if (value.name !== 'nixpkgs' && value.name !== 'nixpkgs/lib') {
      return fail(machine, 'unsupported', `<${value.name}> is not part of the repository`);
    }
    return nixLibrary(machine, value.name);
  }
  return importPath(machine, pathOf(machine, value));
}

export const fileBuiltins: BuiltinTable = {
  import: [1, (machine, [path = null]) => importValue(machine, path)],
  pathExists: [1, (machine, [path = null]) => machine.files.exists(pathOf(machine, path))],
  readDir: [1, (machine, [path = null]) => readDirectory(machine, path)],
  readFile: [1, (machine, [path = null]) => readFile(machine, path)],
};
