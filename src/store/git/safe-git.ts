import { execFile } from 'node:child_process';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { findProgram } from '../find-program.ts';
import type { GitDirectory } from './find-git-directory.ts';
import { makeShadowRepository } from './shadow-repository.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs one git command that reads. Errors: `stopped`, `io` (git failed, or took too long). */
export type RunGit = (
  command: readonly string[],
  more?: {
    readonly input?: Uint8Array;
    readonly cwd?: string;
    /** Beside what keeps it safe; `undefined` takes something of that away. */
    readonly env?: Environment;
  },
) => Promise<Outcome<Buffer>>;

const timeLimit = 20_000; // milliseconds; a repository of 100,000 commits took 3 s
const outputLimit = 64 * 1024 * 1024;
const options = [
  '--no-pager',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'safe.bareRepository=explicit'],
];

/**
 * Lends a git that sees the objects of a repository and nothing that could make it run a program
 * (`makeShadowRepository`). Errors: `refused`, `unsupported` (no git program), `io`, and those of `use`.
 */
export async function withSafeGit<T>(
  git: GitDirectory,
  head: string | null,
  { env, signal }: { readonly env: Environment; readonly signal: AbortSignal | undefined },
  use: (run: RunGit) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const program = findProgram('git', env['PATH']);
  if (program === null) {
    return fail('unsupported', 'git is not on PATH', { hint: 'install git to see who changed a secret' });
  }
  const shadow = makeShadowRepository(git, head);
  if (!shadow.ok) return shadow;
  const shadowEnv: Readonly<Record<string, string>> = { ...shadow.value.env, PATH: env['PATH'] ?? '' };
  const run: RunGit = (command, { input, cwd = shadowEnv['GIT_DIR'] ?? '/', env: more } = {}) =>
    new Promise((resolve) => {
      const limits = { timeout: timeLimit, maxBuffer: outputLimit, killSignal: 'SIGKILL' as const };
      const child = execFile(
        program,
        [...options, ...command],
        {
          ...limits,
          env: { ...shadowEnv, ...more },
          cwd,
          ...(signal && { signal }),
          encoding: 'buffer',
        },
        (error, stdout) => {
          if (signal?.aborted) resolve(fail('stopped', 'stopped'));
          else if (error) resolve(fail('io', 'git cannot read the repository', { hint: 'try git fsck' }));
          else resolve(ok(stdout));
        },
      );
      // It may end before it has read all of it; its status says so.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  try {
    return await use(run);
  } finally {
    shadow.value.remove();
  }
}
