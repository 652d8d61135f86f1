import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateWithNix } from '../../../src/store/nix/nix-instantiate.ts';

/** What real Nix makes of a text, or undefined when it fails. */
export async function nixValue(text: string): Promise<unknown> {
  const root = mkdtempSync(join(tmpdir(), 'keyhole-nix-'));
  try {
    const rulesPath = join(root, 'main.nix');
    writeFileSync(rulesPath, text);
    const result = await evaluateWithNix({ root, rulesPath, env: process.env, timeout: 60_000 });
    return result.ok ? result.value : undefined;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What real Nix makes of each of the texts, in one run: all of them must evaluate. */
export async function nixValues(texts: readonly string[]): Promise<readonly unknown[]> {
  const all = await nixValue(`[\n${texts.map((text) => `(${text}\n)`).join('\n')}\n]`);
  if (!Array.isArray(all)) {
    const bad: string[] = [];
    for (const text of texts) if ((await nixValue(text)) === undefined) bad.push(text);
    throw new Error(`real Nix cannot evaluate: ${bad.slice(0, 5).join('\n')}`);
  }
  return all;
}
