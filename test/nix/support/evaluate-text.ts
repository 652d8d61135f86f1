import { force } from '../../../src/store/nix/evaluate.ts';
import { createMachine, evaluateFile } from '../../../src/store/nix/evaluate-file.ts';
import { deepen } from '../../../src/store/nix/machine.ts';
import { NixFailure, type NixFailureKind } from '../../../src/store/nix/nix-failure.ts';
import type { NixFiles } from '../../../src/store/nix/nix-files.ts';
import { lineAndColumn } from '../../../src/store/nix/source.ts';
import { typeName } from '../../../src/store/nix/type-name.ts';
import type { Machine, Slot } from '../../../src/store/nix/value.ts';
import { memoryFiles } from './memory-files.ts';

/** Strict JSON-like view of a value, strings as text. Independent of the builtin toJSON. */
const decoded = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

const view = (machine: Machine, slot: Slot): unknown => deepen(machine, () => viewOf(machine, slot));

function viewOf(machine: Machine, slot: Slot): unknown {
  const value = force(machine, slot);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'string':
      return decoded(value.text);
    case 'list':
      return value.items.map((item) => view(machine, item));
    case 'attributes':
      if (value.partOf !== null) return `<${value.partOf}>`;
      return Object.fromEntries(
        [...value.entries.keys()]
          .sort()
          .map((name) => [decoded(name), view(machine, value.entries.get(name) ?? null)]),
      );
    case 'path':
      return `path ${value.text}`;
    default:
      return `<${typeName(value)}>`;
  }
}

export type Evaluated =
  | { readonly value: unknown }
  | { readonly kind: NixFailureKind; readonly says: string; readonly line: number | null };

/** Evaluates `main.nix` of these files; anything but a value or a typed failure is thrown on. */
export function evaluateFiles(files: NixFiles, path = '/r/main.nix'): Evaluated {
  const machine = createMachine(files);
  try {
    return { value: view(machine, evaluateFile(machine, path)) };
  } catch (error) {
    if (!(error instanceof NixFailure)) throw error;
    const { place } = error;
    const line = place === null ? null : lineAndColumn(place.source, place.start).line;
    return { kind: error.kind, says: error.message, line };
  }
}

export const evaluateText = (
  text: string,
  others: Readonly<Record<string, string | Uint8Array>> = {},
): Evaluated => evaluateFiles(memoryFiles({ 'main.nix': text, ...others }));
