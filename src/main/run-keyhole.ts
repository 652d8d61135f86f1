import { statSync } from 'node:fs';
import path from 'node:path';
import { descriptorSink } from '../app/terminal/descriptor-sink.ts';
import { isTerminal } from '../app/terminal/is-terminal.ts';
import type { World } from '../cli/cli-io.ts';
import { runCli } from '../cli/run.ts';

const { argv, execArgv } = process;
const env = { ...process.env };

/** Runs the command line as the process was given it, or the UI; resolves with the exit status. */
export async function runKeyhole(): Promise<number> {
  prepareForChildren();
  return runCli(argv.slice(2), makeWorld());
}

function makeWorld(): World {
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
      const { runUi } = await import('../ui/main.tsx');
      const { stdin, stdout } = process;
      return runUi(session, { ...look, env, stdin, stdout });
    },
    keyBindings: async () => (await import('../ui/keys/bindings.ts')).bindings,
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
