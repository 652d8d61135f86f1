import { execFile } from 'node:child_process';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { SecretId } from '../core/secret.ts';
import { findProgram } from './find-program.ts';
import { closeGitDirectory, findGitDirectory } from './git/find-git-directory.ts';
import { readHead } from './git/read-head.ts';
import { makeShadowRepository } from './git/shadow-repository.ts';
import { openJail } from './jail.ts';

/** The last commit that touched a secret's file. `when` is milliseconds since 1970. Texts are untrusted. */
export interface LastChange {
  readonly commit: string;
  readonly author: string;
  readonly when: number;
}

const timeLimit = 20_000; // milliseconds; a repository of 100,000 commits took 3 s
const outputLimit = 64 * 1024;

/**
 * The last commit that changed `id`, as seen from HEAD; `null` when there is none, when the directory is no git
 * repository, or before its first commit. Runs git once over the objects alone (`makeShadowRepository`).
 * Errors: `refused`, `unsupported` (no git program), `stopped`, `io`.
 */
export async function lastChange(
  root: string,
  id: SecretId,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Outcome<LastChange | null>> {
  const tree = openJail(root);
  const found = findGitDirectory(tree.root, tree);
  tree.close();
  if (!found.ok) return found;
  const git = found.value;
  if (git === null) return ok(null);
  try {
    const { head } = readHead(git);
    if (head === null) return ok(null);
    const program = findProgram('git', env['PATH']);
    if (program === null) {
      return fail('unsupported', 'git is not on PATH', { hint: 'install git to see who changed a secret' });
    }
    const shadow = makeShadowRepository(git, head);
    if (!shadow.ok) return shadow;
    try {
      const shadowEnv = { ...shadow.value.env, PATH: env['PATH'] ?? '' };
      return await runLog(program, shadowEnv, head, id, signal);
    } finally {
      shadow.value.remove();
    }
  } finally {
    closeGitDirectory(git);
  }
}

function runLog(
  program: string,
  env: Readonly<Record<string, string>>,
  head: string,
  id: SecretId,
  signal: AbortSignal | undefined,
): Promise<Outcome<LastChange | null>> {
  const options = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
  const log = [
    'log',
    '-1',
    '--format=%H%x00%an%x00%ct',
    '--no-show-signature',
    '--no-ext-diff',
    '--no-textconv',
  ];
  const args = [...options, '-c', 'safe.bareRepository=explicit', ...log, '--no-renames', head, '--', id];
  return new Promise((resolve) => {
    const limits = { timeout: timeLimit, maxBuffer: outputLimit, killSignal: 'SIGKILL' as const };
    execFile(
      program,
      args,
      { ...limits, env, cwd: env['GIT_DIR'] ?? '/', ...(signal && { signal }), encoding: 'utf8' },
      (error, stdout) => {
        if (signal?.aborted) resolve(fail('stopped', 'stopped'));
        else if (error)
          resolve(fail('io', 'git cannot read the history', { where: id, hint: 'try git fsck' }));
        else resolve(ok(parseLog(stdout)));
      },
    );
  });
}

function parseLog(stdout: string): LastChange | null {
  const [commit, author, seconds] = stdout.replace(/\n$/, '').split('\0');
  if (!commit || author === undefined || seconds === undefined) return null;
  return { commit, author, when: Number(seconds) * 1000 };
}
