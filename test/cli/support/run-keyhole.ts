import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { builtProgram } from '../../support/built-program.ts';

export interface Ran {
  /** Exit status, or the name of the signal that ended it. */
  readonly status: number | string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** stdout as text. */
  readonly text: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** A file that gets stdout instead. */
  readonly stdout?: string;
}

/** Runs the built program as a script would: no terminal, nobody's settings, a home of its own. */
export function runKeyhole(words: readonly string[], options: RunOptions): Ran {
  const file = options.stdout === undefined ? undefined : openSync(options.stdout, 'w');
  const ran = spawnSync(process.execPath, [builtProgram(), ...words], {
    cwd: options.cwd ?? options.home,
    env: { PATH: process.env['PATH'], HOME: options.home, LANG: 'C.UTF-8', ...options.env },
    input: options.input ?? '',
    stdio: ['pipe', file ?? 'pipe', 'pipe'],
    timeout: 30_000,
  });
  if (file !== undefined) closeSync(file);
  if (ran.error) throw ran.error;
  return {
    status: ran.status ?? ran.signal,
    stdout: ran.stdout ?? Buffer.alloc(0),
    stderr: ran.stderr.toString(),
    text: (ran.stdout ?? '').toString(),
  };
}
