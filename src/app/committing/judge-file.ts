import type { CommitFile, CommitPlan } from '../../core/commit-plan.ts';
import type { GitState } from '../../core/git-state.ts';
import { blobId } from '../../store/git/work-tree-file.ts';
import { inspectHeader } from '../../store/inspect-header.ts';
import type { Jail } from '../../store/jail.ts';
import { KeptFiles } from '../../store/kept-files.ts';
import { keptContent } from '../../store/transaction/history.ts';
import { sha256 } from '../../store/transaction/targets.ts';
import { unbroken, type WrittenOnce } from './written-files.ts';

export type LeftOut = CommitPlan['leftOut'][number];

/** A file that keyhole wrote once, and that differs from the last commit. */
export interface Written {
  readonly path: string;
  readonly writes: readonly WrittenOnce[];
  readonly state: GitState;
  /** The blob in the last commit. */
  readonly committed: string | null;
  readonly rulesFrom: ReadonlySet<string>;
}

/** What of it a commit would hold, or why none. */
export function judgeFile(
  jail: Jail,
  { path, writes, state, committed, rulesFrom }: Written,
): CommitFile | LeftOut {
  if (state.tree === 'conflicted') return { path, says: 'a merge of it is not finished' };
  const file = jail.readFile(path);
  if (!file.ok && file.error.code !== 'not-found') return { path, says: file.error.says };
  const content = file.ok ? file.value : null;
  const ours = unbroken(writes, content && sha256(content));
  if (ours.length === 0) return { path, says: 'something else changed it since keyhole wrote it' };
  const what = content === null ? 'nothing' : kindOf(jail, path, content, rulesFrom);
  if (what === null) return { path, says: 'it is neither ciphertext nor rules nor a public key' };
  const did = content === null ? 'deleted' : committed === null ? 'added' : 'changed';
  // Behind a filter nobody can tell.
  const isMixed = state.tree !== 'unknown' && !startsAtCommit(jail.root, ours, committed);
  return { path, did, what, isMixed };
}

/** Whether the last commit holds what was there before one of these writes: then all the difference is keyhole's. */
const startsAtCommit = (root: string, ours: readonly WrittenOnce[], committed: string | null): boolean =>
  ours.some(({ record, index, before }) => {
    if (before === null || committed === null) return before === null && committed === null;
    const old = keptContent(root, { record, index, ...before });
    return old.ok && blobId(old.value, committed.length) === committed;
  });

/** What may be committed of what a file holds; `null` when nothing may. */
function kindOf(
  jail: Jail,
  path: string,
  content: Uint8Array,
  rulesFrom: ReadonlySet<string>,
): CommitFile['what'] | null {
  if (rulesFrom.has(path)) return 'rules';
  if (path.endsWith('.pub')) {
    return publicLine.test(Buffer.from(content).toString('latin1')) ? 'public key' : null;
  }
  const inspected = inspectHeader(jail, new KeptFiles(), path);
  return inspected.ok && inspected.value.header.ok ? 'ciphertext' : null;
}

/** One line that is an OpenSSH, age or WireGuard public key. */
const publicLine = /^(ssh-(ed25519|rsa) AAAA[\w+/=]+( [^\n]*)?|age1[a-z0-9]+|[\w+/]{43}=)\n?$/;
