import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Editor } from './choose-editor.ts';

export interface EditorRun {
  /** Their directory is where the editor runs, so that it reads no settings that a repository brings. */
  readonly directory: string;
  readonly files: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where stdout is not a terminal, what the editor says goes to stderr: stdout is for the result. */
  readonly stdoutIsTerminal: boolean;
}

/** Private keys, which are nobody else's business. */
const keysInEnv = ['SOPS_AGE_KEY', 'SOPS_AGE_KEY_FILE'];
const patience = 1_000;

/**
 * Runs the editor until it ends. Ctrl-C is the editor's; a request to end keyhole ends the editor, too. Errors:
 * `stopped` (it failed, or was ended), `io` (it cannot be started).
 */
export async function runEditor(
  { name, program, options, hardened }: Editor,
  run: EditorRun,
): Promise<Outcome<null>> {
  const env = Object.fromEntries(Object.entries(run.env).filter(([key]) => !keysInEnv.includes(key)));
  // A whole path fills the line in which they say what they opened, and vim then waits for a key. Of others it is not
  // known whether they look where they are started.
  const files = hardened ? run.files.map((file) => basename(file)) : run.files;
  const child = spawn(program, [...options, ...files], {
    cwd: run.directory,
    env,
    stdio: ['inherit', run.stdoutIsTerminal ? 'inherit' : 2, 'inherit'],
  });
  const ended = new Promise<Outcome<null>>((resolve) => {
    child.once('error', (error) => {
      const why = 'code' in error ? String(error.code) : 'for an unknown reason';
      resolve(fail('io', `${name} cannot be started (${why})`));
    });
    child.once('exit', (status, signal) => resolve(verdict(basename(name), status, signal)));
  });
  let stop: (signal: NodeJS.Signals) => void = () => {};
  const stopped = new Promise<Outcome<null>>((resolve) => {
    stop = (signal) => {
      child.kill(signal);
      void Promise.race([ended, sleep(patience)]).then(() => {
        child.kill('SIGKILL');
        resolve(fail('stopped', 'stopped; nothing was written'));
      });
    };
  });
  const ignored = (): void => {};
  for (const signal of endings) process.on(signal, stop);
  for (const signal of theEditors) process.on(signal, ignored);
  try {
    return await Promise.race([ended, stopped]);
  } finally {
    for (const signal of endings) process.off(signal, stop);
    for (const signal of theEditors) process.off(signal, ignored);
  }
}

const endings = ['SIGTERM', 'SIGHUP'] as const;
const theEditors = ['SIGINT', 'SIGQUIT'] as const;

function verdict(name: string, status: number | null, signal: NodeJS.Signals | null): Outcome<null> {
  if (status === 0) return ok(null);
  const how = signal === null ? `with status ${status}` : `by ${signal} (${constants.signals[signal]})`;
  return fail('stopped', `${name} ended ${how}, so nothing was written`);
}
