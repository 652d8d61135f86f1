import type { Expression } from '../nix/ast.ts';
import { NixFailure } from '../nix/nix-failure.ts';
import { parse } from '../nix/parse.ts';
import { createSource } from '../nix/source.ts';

/** A file of the repository as Nix; `null` when it is not, or too much of it. */
export function tryParse(file: string, bytes: Uint8Array): Expression | null {
  try {
    return parse(createSource(file, Buffer.from(bytes).toString('latin1')));
  } catch (error) {
    // How much of the stack the caller has used is not known here.
    if (error instanceof NixFailure || error instanceof RangeError) return null;
    throw error;
  }
}
