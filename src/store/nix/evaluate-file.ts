import { globalScope } from './globals.ts';
import { importPath } from './import-file.ts';
import type { NixFiles } from './nix-files.ts';
import type { Machine, Value } from './value.ts';

/** A fresh evaluation with all its limits unspent. */
export const createMachine = (files: NixFiles): Machine => ({
  files,
  steps: 0,
  depth: 0,
  bytesRead: 0,
  at: null,
  filesRead: new Set(),
  imports: new Map(),
  globals: globalScope(),
});

/** The value of a file, to its outermost constructor. Throws `NixFailure`. */
export const evaluateFile = (machine: Machine, path: string): Value => importPath(machine, path);
