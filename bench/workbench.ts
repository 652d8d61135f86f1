import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from './measure.ts';
import { runInTerminal, type TerminalRun, type TimedKey } from './terminal.ts';

const source = path.resolve(import.meta.dirname, '..');

export const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const home = path.join(scratch, 'home');
mkdirSync(home);

/** Nobody's own keys and settings take part. */
export const env = {
  PATH: process.env['PATH'],
  HOME: home,
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
};

const bundles = path.join(scratch, 'bundles');
const bundle = (directory: string, ...entries: string[]) => {
  execFileSync(process.execPath, [path.join(source, 'scripts/build.mjs'), directory, ...entries]);
};
bundle(path.join(bundles, 'keyhole'));
for (const name of ['bare-operations', 'decrypt-all', 'decrypt-bytes', 'write-all']) {
  bundle(path.join(bundles, name), path.join(import.meta.dirname, 'workloads', `${name}.ts`));
}

/** The bundle of keyhole, or of a workload of `workloads/`, as it is now. */
export const bundled = (
  name: 'keyhole' | 'bare-operations' | 'decrypt-all' | 'decrypt-bytes' | 'write-all',
) => path.join(bundles, name, `${name}.js`);

/** What the program's first line asks of Node. */
export const options = readFileSync(bundled('keyhole'), 'utf8').split('\n', 1)[0]?.match(/--\S+/g) ?? [];

/** Node with these arguments and nothing of the caller's environment. */
export const node = (commandArguments: readonly string[], program = process.execPath): Command => ({
  program,
  arguments: commandArguments,
  env,
});

/** Opens the UI in a terminal, waits for the first frame with rows and bottom bar, presses keys, and quits. */
export function openUi(
  repository: string,
  identityFile: string,
  run: { readonly keys?: readonly TimedKey[]; readonly program?: string } = {},
): TerminalRun {
  const ran = runInTerminal({
    argv: [
      run.program ?? process.execPath,
      ...options,
      bundled('keyhole'),
      '--no-default-identities',
      '-i',
      identityFile,
      repository,
    ],
    cwd: scratch,
    env,
    rows: 50,
    columns: 200,
    settledWhen: ['.age', '? help'],
    keys: run.keys ?? [],
    quit: '\u0003',
  });
  if (ran.firstFrameMs === null) throw new Error(`no full frame was drawn (exit status ${ran.status})`);
  return ran;
}
