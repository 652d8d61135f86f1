import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { findProgram } from '../find-program.ts';

export interface CommitOrder {
  readonly root: string;
  /** Literal paths from the root: these and no others are committed, whatever is staged. */
  readonly paths: readonly string[];
  /** Those of them that git does not know yet. */
  readonly unknown: readonly string[];
  readonly message: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a hook or a signing program may ask somebody. Otherwise it has no terminal at all, and cannot wait for one. */
  readonly hasTerminal: boolean;
}

/** What ties a git to another repository than the one it is started in, as `git rev-parse --local-env-vars` lists it. */
const tyingVariables = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
] as const;
/** Private keys, which are no business of a hook. */
const keysInEnv = ['SOPS_AGE_KEY', 'SOPS_AGE_KEY_FILE'] as const;

/**
 * Commits these files with the person's own git: its hooks, filters and signing run. What else is staged stays so.
 * Errors: `unsupported` (no git program), `refused` with git's own words, `stopped`, `io`.
 */
export async function runCommit(order: CommitOrder, signal: AbortSignal): Promise<Outcome<null>> {
  const program = findProgram('git', order.env['PATH']);
  if (program === null) return fail('unsupported', 'git is not on PATH');
  const git = (command: readonly string[], paths: readonly string[]): Promise<Outcome<null>> =>
    run(program, command, paths, order, signal);
  const fromInput = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  if (order.unknown.length > 0) {
    const announced = await git(['add', '--intent-to-add', ...fromInput], order.unknown);
    if (!announced.ok) return announced;
  }
  const commit = ['commit', '--quiet', '--only', `--message=${order.message}`, ...fromInput];
  const committed = await git(commit, order.paths);
  // git does not know them again, as before.
  if (!committed.ok && order.unknown.length > 0) {
    await git(['update-index', '--force-remove', '-z', '--stdin'], order.unknown);
  }
  return committed;
}

function run(
  program: string,
  command: readonly string[],
  paths: readonly string[],
  { root, env, hasTerminal }: CommitOrder,
  signal: AbortSignal,
): Promise<Outcome<null>> {
  return new Promise((resolve) => {
    const child = spawn(program, ['--no-pager', ...command], {
      cwd: root,
      env: environment(env, hasTerminal),
      stdio: ['pipe', 'pipe', 'pipe'],
      // In a session of its own nothing it starts finds a terminal to wait at.
      detached: !hasTerminal,
    });
    const said: Buffer[] = [];
    const hear = (chunk: Buffer): void => {
      if (said.length < mostChunks) said.push(chunk);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const stop = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    child.once('error', () => resolve(fail('io', 'git cannot be started')));
    child.stdin.on('error', () => {}); // it ended early; its status says so
    child.stdin.end(paths.map((path) => `${path}\0`).join(''));
    const closed = new Promise((done) => child.once('close', done));
    child.once('exit', async (status) => {
      // What a hook left running in the background keeps the pipes open.
      await Promise.race([closed, sleep(patience)]);
      signal.removeEventListener('abort', stop);
      child.stdout.destroy();
      child.stderr.destroy();
      if (status === 0) resolve(ok(null));
      else if (signal.aborted) resolve(fail('stopped', 'stopped; nothing was committed'));
      else resolve(fail('refused', `git did not commit: ${wordsOf(Buffer.concat(said))}`));
    });
  });
}

const mostChunks = 64;
const patience = 300;

function environment(
  env: CommitOrder['env'],
  hasTerminal: boolean,
): Readonly<Record<string, string | undefined>> {
  const left: readonly string[] = [...tyingVariables, ...keysInEnv];
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !left.includes(name)));
  const terminal = hasTerminal ? terminalOf() : null;
  return {
    // gpg asks there; it cannot find out by itself where its input is not the terminal.
    ...(terminal !== null && { GPG_TTY: terminal }),
    ...kept,
    GIT_LITERAL_PATHSPECS: '1',
    // The message is given; nothing is to wait for an editor.
    GIT_EDITOR: ':',
    ...(!hasTerminal && { GIT_TERMINAL_PROMPT: '0', GPG_TTY: undefined, SSH_ASKPASS_REQUIRE: 'never' }),
  };
}

function terminalOf(): string | null {
  try {
    const path = readlinkSync('/proc/self/fd/0');
    return path.startsWith('/dev/') ? path : null;
  } catch {
    return null;
  }
}

const mostWords = 500;

/** The end of what git and hooks said, in one line. */
function wordsOf(said: Buffer): string {
  const text = decodeUtf8(said) ?? said.toString('latin1');
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const words = lines.join(' / ');
  if (words === '') return 'it did not say why';
  return words.length > mostWords ? `… ${words.slice(-mostWords)}` : words;
}
