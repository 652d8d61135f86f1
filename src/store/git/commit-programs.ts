import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { type Jail, openJail } from '../jail.ts';
import { closeGitDirectory, findGitDirectory, type GitDirectory } from './find-git-directory.ts';
import { readHead } from './read-head.ts';
import { type RunGit, withSafeGit } from './safe-git.ts';

/** What git would run with a commit, as it can be told without running any of it. */
export interface CommitPrograms {
  /** Names; or where they would be, when that is a place that the repository has no right to have looked into. */
  readonly hooks: readonly string[];
  /** Keys of the repository's own settings that name other programs, or another file of settings. */
  readonly settings: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const commitHooks = [
  'pre-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'post-index-change',
  'reference-transaction',
  'pre-auto-gc',
] as const;

/** Settings with which git starts a program while it commits; names of sections are in lower case. */
const programSettings = [
  /^core\.fsmonitor$/,
  /^filter\..*\.(clean|process)$/,
  /^gpg\.(.*\.)?(program|defaultkeycommand)$/,
  /^hook\..*\.command$/,
  /^include(if\..*)?\.path$/,
] as const;

/**
 * Hooks and other programs that a commit runs. Errors: `not-found` without git, `refused` (the settings name another
 * work tree), `unsupported` (no git program), `io` (settings that cannot be read).
 */
export async function commitPrograms(root: string, env: Environment): Promise<Outcome<CommitPrograms>> {
  const tree = openJail(root);
  try {
    const git = findGitDirectory(tree.root, tree);
    if (!git.ok) return git;
    if (git.value === null) return noGit();
    const found = git.value;
    try {
      return await withSafeGit(found, readHead(found).head, { env, signal: undefined }, (run) =>
        programsOf(tree, found, run, env),
      );
    } finally {
      closeGitDirectory(found);
    }
  } finally {
    tree.close();
  }
}

export const noGit = (): Outcome<never> =>
  fail('not-found', 'this is no git repository', { hint: 'git init makes it one' });

async function programsOf(
  tree: Jail,
  git: GitDirectory,
  run: RunGit,
  env: Environment,
): Promise<Outcome<CommitPrograms>> {
  const own = ownSettings(git);
  const listed = await run(['config', '--file', '-', '--no-includes', '-z', '--list'], { input: own });
  if (!listed.ok) return fail('io', 'git cannot read its settings here', { where: '.git/config' });
  const settings = listed.value
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => /^([^\n]*)\n?([\s\S]*)$/.exec(line) ?? [])
    .map(([, key = '', value = '']) => ({ key, value }));
  const elsewhere = settings.findLast(({ key }) => key === 'core.worktree')?.value;
  if (elsewhere !== undefined && resolve(git.own.root, elsewhere) !== tree.root) {
    return fail('refused', 'git is told to work on another directory (core.worktree)', {
      where: '.git/config',
    });
  }
  const isProgram = ({ key, value }: { readonly key: string; readonly value: string }): boolean =>
    programSettings.some((pattern) => pattern.test(key)) &&
    !(key === 'core.fsmonitor' && /^(false|no|off|0)?$/i.test(value));
  return ok({
    hooks: await hooksOf(tree, git, run, own, env),
    settings: [...new Set(settings.filter(isProgram).map(({ key }) => key))],
  });
}

function ownSettings(git: GitDirectory): Uint8Array {
  const parts = [git.common.readFile('config'), git.own.readFile('config.worktree')];
  return Buffer.concat(parts.flatMap((part) => (part.ok ? [part.value, Buffer.from('\n')] : [])));
}

async function hooksOf(
  tree: Jail,
  git: GitDirectory,
  run: RunGit,
  own: Uint8Array,
  env: Environment,
): Promise<readonly string[]> {
  const get = ['--includes', '--type=path', '--get', 'core.hooksPath'];
  const people = { HOME: env['HOME'], XDG_CONFIG_HOME: env['XDG_CONFIG_HOME'] };
  const users = {
    ...people,
    GIT_CONFIG_GLOBAL: env['GIT_CONFIG_GLOBAL'],
    GIT_CONFIG_NOSYSTEM: env['GIT_CONFIG_NOSYSTEM'],
    GIT_CONFIG_SYSTEM: env['GIT_CONFIG_SYSTEM'],
  };
  const here = await run(['config', '--file', '-', '--no-includes', ...get.slice(1)], {
    input: own,
    env: people,
  });
  if (here.ok) return hooksIn(tree, git, lineOf(here.value), 'the repository');
  for (const scope of ['--global', '--system']) {
    const theirs = await run(['config', scope, ...get], { env: users });
    if (theirs.ok) return hooksIn(tree, git, lineOf(theirs.value), 'the person');
  }
  return runnable(git.common, 'hooks');
}

const lineOf = (printed: Buffer): string => printed.toString('utf8').replace(/\n$/, '');

function hooksIn(
  tree: Jail,
  git: GitDirectory,
  configured: string,
  by: 'the repository' | 'the person',
): readonly string[] {
  const place = resolve(tree.root, configured);
  for (const jail of [git.common, tree]) {
    if (place.startsWith(`${jail.root}/`)) return runnable(jail, place.slice(jail.root.length + 1));
  }
  if (by === 'the person') return commitHooks.filter((name) => isRunnable(join(place, name)));
  return [`whatever lies in ${configured}`];
}

function runnable(jail: Jail, directory: string): readonly string[] {
  const found = jail.withDirectory(directory, (opened) =>
    commitHooks.filter((name) => isRunnable(`${opened}/${name}`)),
  );
  return found.ok ? found.value : [];
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
