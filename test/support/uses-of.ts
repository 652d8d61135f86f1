import type { SecretId } from '../../src/core/secret.ts';
import { findUses, type WhereUsed } from '../../src/core/usage/where-used.ts';
import { encodeText } from '../../src/store/nix/byte-string.ts';
import { parse } from '../../src/store/nix/parse.ts';
import { createSource } from '../../src/store/nix/source.ts';
import { factsIn } from '../../src/store/usage/facts-in.ts';

/** What is found of these secrets in these Nix files, of which there are no others. */
export function usesOf(ids: readonly string[], texts: Readonly<Record<string, string>>): WhereUsed {
  const known = new Set(ids);
  const facts = Object.entries(texts).map(([file, text]) =>
    factsIn(file, parse(createSource(file, encodeText(text))), (path) => known.has(path)),
  );
  return findUses(ids as readonly SecretId[], {
    facts,
    files: new Set(Object.keys(texts)),
    isComplete: true,
  });
}
