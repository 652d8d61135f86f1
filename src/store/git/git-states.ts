import type { GitState } from '../../core/git-state.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { type Jail, openJail } from '../jail.ts';
import { nextTurn } from '../transaction/next-turn.ts';
import { mayConvert, readAttributes } from './conversion.ts';
import { closeGitDirectory, findGitDirectory, type GitDirectory } from './find-git-directory.ts';
import { type HeadEntry, headEntries } from './head-entries.ts';
import { type IndexRecord, readIndexRecords } from './index-records.ts';
import { readHead } from './read-head.ts';
import { type RunGit, withSafeGit } from './safe-git.ts';
import { blobId, isAsGitSawIt, readWorkTreeFile } from './work-tree-file.ts';

export interface GitStates {
  /** By path; without paths that git does not know and where nothing is. */
  readonly files: ReadonlyMap<string, GitState>;
  /** Those of them that git knows as links: what is told of them is told of the link. */
  readonly links: readonly string[];
  /** By path: the blob in the last commit. */
  readonly committed: ReadonlyMap<string, HeadEntry>;
}

interface Ports {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
}

/** Files looked at between two looks at the keyboard. */
const batch = 500;

/**
 * What git would say of these files, found out without it as far as the repository has a say: the index is read, files
 * are compared by what git notes of them and else by their hash, and a git that knows no settings lists the last commit.
 * `null` without git. Errors: `refused`, `unsupported` (no git program), `stopped`, `io`.
 */
export async function gitStates(
  root: string,
  paths: readonly string[],
  ports: Ports,
): Promise<Outcome<GitStates | null>> {
  const tree = openJail(root);
  try {
    const git = findGitDirectory(tree.root, tree);
    if (!git.ok) return git;
    if (git.value === null) return ok(null);
    try {
      return await statesOf(tree, git.value, new Set(paths), ports);
    } finally {
      closeGitDirectory(git.value);
    }
  } finally {
    tree.close();
  }
}

async function statesOf(
  tree: Jail,
  git: GitDirectory,
  paths: ReadonlySet<string>,
  ports: Ports,
): Promise<Outcome<GitStates>> {
  const index = readIndex(git, (path) => paths.has(path));
  const { branch, head } = readHead(git);
  // Neither a commit nor a branch that will have one: HEAD is something that only git understands.
  if (index === null || (head === null && branch === null)) {
    return onlyGit();
  }
  return withSafeGit(git, head, ports, async (run) => {
    const committed = head === null ? ok(new Map<string, HeadEntry>()) : await headEntries(run, head, paths);
    if (!committed.ok) return committed;
    const trees = await compareTrees(tree, git.common, paths, index, { run, signal: ports.signal });
    if (!trees.ok) return trees;
    const files = new Map<string, GitState>();
    for (const [path, found] of trees.value) {
      const isStaged =
        found !== 'conflicted' && isDifferent(index.records.get(path), committed.value.get(path));
      if (found !== 'absent') files.set(path, { tree: found, isStaged });
      else if (isStaged) files.set(path, { tree: 'deleted', isStaged });
    }
    const links = [...paths].filter((path) => index.records.get(path)?.kind === 'link');
    return ok({ files, links, committed: committed.value });
  });
}

const onlyGit = (): Outcome<never> => fail('unsupported', 'only git itself can read this index or branch');

interface Index {
  readonly records: ReadonlyMap<string, IndexRecord>;
  readonly conflicted: ReadonlySet<string>;
  readonly submodules: readonly string[];
  readonly writtenMs: number;
}

function readIndex(git: GitDirectory, wanted: (path: string) => boolean): Index | null {
  const stamp = git.own.readStart('index', 0);
  if (!stamp.ok && stamp.error.code !== 'not-found') return null;
  const bytes = git.own.readFile('index');
  const all = bytes.ok ? readIndexRecords(bytes.value, wanted) : [];
  if (all === null) return null;
  return {
    records: new Map(all.filter(({ stage }) => stage === 0).map((record) => [record.path, record])),
    conflicted: new Set(all.filter(({ stage }) => stage !== 0).map(({ path }) => path)),
    submodules: all.filter(({ kind }) => kind === 'submodule').map(({ path }) => `${path}/`),
    writtenMs: stamp.ok ? stamp.value.stamp.mtimeMs : 0,
  };
}

const isDifferent = (record: IndexRecord | undefined, committed: HeadEntry | undefined): boolean =>
  record === undefined || record.isIntended
    ? committed !== undefined
    : committed?.id !== record.id || committed.mode !== record.mode;

type Found = GitState['tree'] | 'absent';

async function compareTrees(
  tree: Jail,
  common: Jail,
  paths: ReadonlySet<string>,
  index: Index,
  { run, signal }: { readonly run: RunGit; readonly signal: AbortSignal | undefined },
): Promise<Outcome<ReadonlyMap<string, Found>>> {
  const found = new Map<string, Found>();
  const toRead: IndexRecord[] = [];
  let looked = 0;
  for (const path of paths) {
    if (signal?.aborted) return fail('stopped', 'stopped');
    looked += 1;
    if (looked % batch === 0) await nextTurn();
    const record = index.records.get(path);
    if (index.conflicted.has(path)) found.set(path, 'conflicted');
    else if (index.submodules.some((inside) => path.startsWith(inside))) found.set(path, 'unknown');
    else if (record === undefined || record.isIntended) {
      const file = readWorkTreeFile(tree, path);
      found.set(path, file === null ? 'unknown' : file === 'absent' ? 'absent' : 'untracked');
    } else if (isAsGitSawIt(tree, record, index.writtenMs)) found.set(path, 'clean');
    else toRead.push(record);
  }
  if (toRead.length === 0) return ok(found);
  const attributes = await readAttributes(
    tree,
    common,
    toRead.map(({ path }) => path),
    run,
  );
  for (const record of toRead) {
    const file = readWorkTreeFile(tree, record.path);
    const converted = attributes.get(record.path) ?? null;
    found.set(
      record.path,
      compare(record, file, (bytes) => converted === null || mayConvert(converted, bytes)),
    );
  }
  return ok(found);
}

function compare(
  record: IndexRecord,
  file: ReturnType<typeof readWorkTreeFile>,
  isConverted: (bytes: Uint8Array) => boolean,
): Found {
  if (file === null || record.kind === 'submodule') return 'unknown';
  if (file === 'absent') return record.isUnwatched ? 'unknown' : 'deleted';
  const isLink = file.mode === '120000';
  if (isLink !== (record.mode === '120000')) return record.isUnwatched ? 'unknown' : 'modified';
  if (!isLink && isConverted(file.bytes)) return 'unknown';
  if (blobId(file.bytes, record.id.length) !== record.id) return record.isUnwatched ? 'unknown' : 'modified';
  // Whether git looks at that bit is a setting.
  return file.mode === record.mode ? 'clean' : 'unknown';
}

/** The paths whose index entry differs from the last commit. Errors: those of `gitStates`. */
export async function stagedPaths(root: string, ports: Ports): Promise<Outcome<readonly string[]>> {
  const tree = openJail(root);
  const git = findGitDirectory(tree.root, tree);
  tree.close();
  if (!git.ok) return git;
  if (git.value === null) return ok([]);
  const found = git.value;
  try {
    const index = readIndex(found, () => true);
    const { branch, head } = readHead(found);
    if (index === null || (head === null && branch === null)) return onlyGit();
    return await withSafeGit(found, head, ports, async (run) => {
      const committed = head === null ? ok(new Map<string, HeadEntry>()) : await headEntries(run, head, null);
      if (!committed.ok) return committed;
      const all = new Set([...index.records.keys(), ...committed.value.keys()]);
      const isStaged = (path: string): boolean =>
        !index.conflicted.has(path) && isDifferent(index.records.get(path), committed.value.get(path));
      return ok([...all].filter(isStaged).sort());
    });
  } finally {
    closeGitDirectory(found);
  }
}
