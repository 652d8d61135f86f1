// Generates what docs/ says about commands, keys, exit codes and outputs from the tables the program itself uses.
// `node scripts/docs.mjs` writes, `--check` only compares; test/cli/docs.test.ts fails when something is stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bashScript } from '../src/cli/completion/bash.ts';
import { fishScript } from '../src/cli/completion/fish.ts';
import { zshScript } from '../src/cli/completion/zsh.ts';
import { checksPage } from '../src/cli/documents/checks-page.ts';
import { commandsPage } from '../src/cli/documents/commands-page.ts';
import { exitCodesPage } from '../src/cli/documents/exit-codes-page.ts';
import { keysPage } from '../src/cli/documents/keys-page.ts';
import { manPage } from '../src/cli/documents/man-page.ts';
import { documentSchema, outputs } from '../src/cli/schema/outputs.ts';
import { bindings } from '../src/ui/keys/bindings.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Every generated file below `docs/` with its text. */
export async function generateDocs() {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const schemas = ['error', ...Object.keys(outputs)].map((name) => [
    `schema/${name}.json`,
    `${JSON.stringify(documentSchema(name), null, 2)}\n`,
  ]);
  return new Map([
    ['checks.md', checksPage()],
    ['commands.md', commandsPage()],
    ['exit-codes.md', exitCodesPage()],
    ['keys.md', keysPage(bindings)],
    ['keyhole.1', manPage(version)],
    ['completion/keyhole.bash', bashScript],
    ['completion/_keyhole', zshScript],
    ['completion/keyhole.fish', fishScript],
    ...schemas,
  ]);
}

/** The files that differ from what would be generated. */
export async function staleDocs() {
  const stale = [];
  for (const [file, text] of await generateDocs()) {
    const current = await readFile(path.join(root, 'docs', file), 'utf8').catch(() => '');
    if (current !== text) stale.push(file);
  }
  return stale;
}

if (process.argv[1] === import.meta.filename) {
  const stale = await staleDocs();
  if (process.argv.includes('--check')) {
    for (const file of stale) console.error(`stale: docs/${file}; run node scripts/docs.mjs`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const [file, text] of await generateDocs()) {
      const target = path.join(root, 'docs', file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'nothing changed');
  }
}
