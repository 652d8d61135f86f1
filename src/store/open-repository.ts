import { basename, join } from 'node:path';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Problem, Repository } from '../core/repository.ts';
import type { BackendName, SecretId } from '../core/secret.ts';
import { shellWord } from '../core/shell-word.ts';
import type { Stanza } from '../core/stanza.ts';
import type { Backend, Loaded, RuledKeys, TreeView } from './backends/backend.ts';
import { backends } from './backends/index.ts';
import { stampOf } from './file-stamp.ts';
import { findRoot } from './find-root.ts';
import { closeGitDirectory, findGitDirectory, type GitDirectory } from './git/find-git-directory.ts';
import { readHead } from './git/read-head.ts';
import { type Jail, openJail } from './jail.ts';
import { KeptFiles } from './kept-files.ts';
import { nestedRepositories } from './nested-repositories.ts';
import { listTree } from './tree/list-tree.ts';
import type { TreeListing } from './tree/tree-listing.ts';

export interface OpenOptions {
  /** Absolute; where to look, upward, for the repository. */
  readonly path: string;
  /** Absolute paths from `--rules` or `RULES`; empty means search. */
  readonly rulesFiles: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paths from the root of the only secrets that are wanted: the others are left out. Rules are read all the same. */
  readonly only?: ReadonlySet<string>;
}

/** By path; a stamp that is `null` is that of a file that was changing. `null` where nobody knows what was read. */
export type RulesSources = ReadonlyMap<string, string | null> | null;

/** A reading of the repository with what only a session needs. */
export interface RepositoryReading {
  readonly repository: Repository;
  /** To tell which keys fit. */
  readonly stanzas: ReadonlyMap<SecretId, readonly Stanza[]>;
  /** Spares reading the files again to decrypt them. */
  readonly kept: KeptFiles;
  /** The files and directories that the rules were made from, absolute, and how to tell that one of them changed. */
  readonly sources: RulesSources;
  readonly ruled: RuledKeys;
}

/**
 * Reads a repository: rules, headers, readers, problems. Runs no program but nix-instantiate, and that only for rules
 * that need it. Errors: `not-found` (no such path, or nothing there that keyhole knows), `io`, `stopped`.
 */
export async function openRepository(
  options: OpenOptions,
  signal?: AbortSignal,
): Promise<Outcome<Repository>> {
  const read = await readRepository(options, signal);
  return read.ok ? ok(read.value.repository) : read;
}

/** As `openRepository`, with the stanzas. */
export async function readRepository(
  options: OpenOptions,
  signal?: AbortSignal,
): Promise<Outcome<RepositoryReading>> {
  const root = findRoot(options.path);
  if (!root.ok) return root;
  const jail = openJail(root.value);
  try {
    return await readBelow(jail, options, signal);
  } catch (error) {
    if (signal?.aborted) return fail('stopped', 'stopped');
    throw error;
  } finally {
    jail.close();
  }
}

async function readBelow(
  jail: Jail,
  options: OpenOptions,
  signal: AbortSignal | undefined,
): Promise<Outcome<RepositoryReading>> {
  const began = Date.now();
  const git = findGitDirectory(jail.root, jail);
  const gitDirectory = git.ok ? git.value : null;
  const listing = listTree(jail, gitDirectory);
  const gitInfo = gitDirectory && readHeadAndClose(gitDirectory);
  const kept = new KeptFiles();
  const tree: TreeView = {
    jail,
    kept,
    listing,
    rulesFiles: options.rulesFiles,
    env: options.env,
    isWanted: (path) => options.only?.has(path) ?? true,
  };
  const loaded: { name: BackendName; parts: Loaded }[] = [];
  for (const backend of Object.values<Backend>(backends)) {
    for (const layout of backend.detect(tree)) {
      loaded.push({ name: backend.name, parts: await layout.load(signal) });
    }
  }
  const rulesProblem = loaded.flatMap(({ parts }) => parts.problems)[0];
  const rules = loaded.flatMap(({ parts }) => parts.rules);
  if (options.rulesFiles.length > 0 && rules.length === 0 && rulesProblem) {
    return { ok: false, error: rulesProblem };
  }
  if (loaded.every(({ parts }) => parts.secrets.length + parts.rules.length + parts.problems.length === 0)) {
    return nothingHere(jail, listing);
  }
  const gitProblem: readonly Problem[] = git.ok ? [] : [{ ...git.error, where: git.error.where ?? '.git' }];
  return ok({
    kept,
    stanzas: new Map(loaded.flatMap(({ parts }) => [...parts.stanzas])),
    sources: sourcesOf(loaded, began),
    ruled: {
      keys: new Set(loaded.flatMap(({ parts }) => [...parts.ruled.keys])),
      // Rules that somebody picked are perhaps not all there are.
      isWhole: options.rulesFiles.length === 0 && loaded.every(({ parts }) => parts.ruled.isWhole),
    },
    repository: {
      root: jail.root,
      name: basename(jail.root),
      git: gitInfo,
      backends: [...new Set(loaded.map(({ name }) => name))],
      rules,
      secrets: loaded.flatMap(({ parts }) => parts.secrets),
      recipients: new Map(loaded.flatMap(({ parts }) => [...parts.recipients])),
      readers: loaded.flatMap(({ parts }) => parts.readers),
      problems: [...gitProblem, ...listing.problems, ...loaded.flatMap(({ parts }) => parts.problems)],
    },
  });
}

function sourcesOf(loaded: readonly { readonly parts: Loaded }[], began: number): RulesSources {
  const paths = loaded.map(({ parts }) => parts.readFrom);
  if (paths.includes(null)) return null;
  return new Map(paths.flatMap((some) => (some ?? []).map((path) => [path, stampOf(path, began)])));
}

/** What was not searched is told: nobody may take it for empty. */
function nothingHere(jail: Jail, { problems }: TreeListing): Outcome<never> {
  const says = [
    'no rules file and no age files',
    ...problems.slice(0, 1).map(({ where, says }) => `${where}: ${says}`),
  ];
  const [nested] = nestedRepositories(jail);
  const hint =
    nested === undefined
      ? 'name a directory with secrets.nix in it, or try keyhole demo'
      : `${nested} is a repository of its own: keyhole -C ${shellWord(join(jail.root, nested))} list`;
  return fail('not-found', says.join('; '), { where: jail.root, hint });
}

function readHeadAndClose(git: GitDirectory) {
  const head = readHead(git);
  closeGitDirectory(git);
  return head;
}
