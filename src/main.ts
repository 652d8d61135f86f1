#!/usr/bin/env -S node --min-semi-space-size=8 --max-semi-space-size=8
// (The option keeps memory below 200 MB with 10,000 secrets; V8 takes it only when it starts.)
// The entry: rooms main → cli, ui → app → store → crypto → core. It loads nothing that the chosen face does not need.
import { errorPlace } from './core/error-place.ts';
import { createChunks } from './main/chunks.ts';
import { createCompiledCode } from './main/compiled-code.ts';
import { emptyCoreDumps } from './main/empty-core-dumps.ts';

// A listener keeps Node from opening its debugger, which any local user could connect to.
process.on('SIGUSR1', () => {});
process.on('uncaughtException', crash);
requireNode(22, 12);
emptyCoreDumps();

const compiledCode = createCompiledCode({
  directory: import.meta.dirname,
  build: process.env['KEYHOLE_BUILD'] ?? 'source',
  command: commandOf(process.argv.slice(2)),
});
/** In the bundle every `import()` goes through this (scripts/build/chunk-imports.mjs). */
export const keyholeChunks = createChunks(import.meta.dirname, compiledCode);

run().catch(crash);

async function run(): Promise<never> {
  const { runKeyhole } = await import('./main/run-keyhole.ts');
  return process.exit(await runKeyhole());
}

/** The command that the words seem to name. A wrong guess only costs time. */
function commandOf(words: readonly string[]): string {
  if (words.some((word) => word === '--version' || word === '--help' || word === '-h')) return 'help';
  const commands = (process.env['KEYHOLE_COMMANDS'] ?? '').split(' ');
  return words.find((word) => commands.includes(word)) ?? 'ui';
}

function requireNode(major: number, minor: number): void {
  const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number);
  if (ours > major || (ours === major && oursMinor >= minor)) return;
  process.stderr.write(`keyhole: needs Node ${major}.${minor} or newer, this is ${process.version}\n`);
  process.exit(1);
}

/** One line without the error's message, which may quote a value. */
function crash(error: unknown): never {
  // Nothing is loaded for it: what is broken may be the loading.
  process.stderr.write(`keyhole: unexpected error (${errorPlace(error)})\n`);
  process.exit(1);
}
