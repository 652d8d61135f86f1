#!/usr/bin/env -S node --max-semi-space-size=16
// (The option keeps memory below 200 MB with 10,000 secrets; V8 takes it only when it starts.)
// The entry: rooms main → cli, ui → app → store → crypto → core. It loads nothing that the chosen face does not need.
import { statSync } from 'node:fs';
import path from 'node:path';
import { descriptorSink } from './app/terminal/descriptor-sink.ts';
import { isTerminal } from './app/terminal/is-terminal.ts';
import type { World } from './cli/cli-io.ts';
import { createChunks } from './main/chunks.ts';
import { createCompiledCode } from './main/compiled-code.ts';

const { argv, execArgv } = process;
const env = { ...process.env };

// A listener keeps Node from opening its debugger, which any local user could connect to.
process.on('SIGUSR1', () => {});
process.on('uncaughtException', (error) => void crash(error));
requireNode(22, 12);
prepareForChildren();

const compiledCode = createCompiledCode({
  env,
  build: process.env['KEYHOLE_BUILD'] ?? 'source',
  command: commandOf(argv.slice(2)),
});
/** In the bundle every `import()` goes through this (scripts/build/chunk-imports.mjs). */
export const keyholeChunks = createChunks(import.meta.dirname, compiledCode);

run().catch(crash);

async function run(): Promise<never> {
  const { runCli } = await import('./cli/run.ts');
  return process.exit(await runCli(argv.slice(2), makeIo()));
}

function makeIo(): World {
  return {
    env,
    cwd: process.cwd(),
    version: process.env['KEYHOLE_VERSION'] ?? 'from source',
    stdout: descriptorSink(1),
    stderr: descriptorSink(2),
    stdinIsTerminal: () => isTerminal(0),
    isPath: (word) => word.includes('/') || word === '.' || word === '..' || isThere(word),
    openedBy: lookingIn(),
    async showUi(session, look) {
      const { runUi } = await import('./ui/main.tsx');
      const { stdin, stdout } = process;
      return runUi(session, { ...look, env, stdin, stdout });
    },
    keyBindings: async () => (await import('./ui/keys/bindings.ts')).bindings,
  };
}

/**
 * What programs that we start inherit unless told otherwise. They are looked for in absolute directories only, since
 * `.` in PATH is the repository we stand in; and clipboard programs, which stay behind, get no private key.
 */
function prepareForChildren(): void {
  const directories = env['PATH']?.split(path.delimiter).filter((directory) => path.isAbsolute(directory));
  if (directories) {
    env['PATH'] = directories.join(path.delimiter) || '/usr/bin:/bin';
    process.env['PATH'] = env['PATH'];
  }
  delete process.env['SOPS_AGE_KEY'];
}

/** The command that the words seem to name. A wrong guess only costs time. */
function commandOf(words: readonly string[]): string {
  if (words.some((word) => word === '--version' || word === '--help' || word === '-h')) return 'help';
  const commands = (process.env['KEYHOLE_COMMANDS'] ?? '').split(' ');
  return words.find((word) => commands.includes(word)) ?? 'ui';
}

function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** The Node option through which others could look into this process. */
function lookingIn(): string | null {
  const options = [...execArgv, ...(env['NODE_OPTIONS'] ?? '').split(/\s+/)];
  const watching =
    /^(--inspect|--heapsnapshot|--heap-prof|--report|--require$|--require=|-r$|--import$|--import=|--loader|--experimental-loader)/;
  return options.find((option) => watching.test(option)) ?? null;
}

function requireNode(major: number, minor: number): void {
  const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number);
  if (ours > major || (ours === major && oursMinor >= minor)) return;
  process.stderr.write(`keyhole: needs Node ${major}.${minor} or newer, this is ${process.version}\n`);
  process.exit(1);
}

/** One line without the error's message, which may quote a value. */
async function crash(error: unknown): Promise<never> {
  const { errorPlace } = await import('./core/error-place.ts');
  process.stderr.write(`keyhole: unexpected error (${errorPlace(error)})\n`);
  process.exit(1);
}
