import type { GitInfo } from '../../core/repository.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import type { Jail } from '../jail.ts';
import type { GitDirectory } from './find-git-directory.ts';

const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const maxHops = 5; // as git follows symbolic refs

/** Branch and commit, read from git's own files: no git process, and nothing in `.git/config` is looked at. */
export function readHead(git: GitDirectory): GitInfo {
  const head = readLine(git.own, 'HEAD');
  if (head === null) return { branch: null, head: null };
  const ref = refOf(head);
  if (ref === null) return { branch: null, head: commitId.test(head) ? head : null };
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  // The reftable format keeps its branches elsewhere and leaves this placeholder.
  return branch === '.invalid' ? { branch: null, head: null } : { branch, head: commitOf(git.common, ref) };
}

function commitOf(jail: Jail, ref: string): string | null {
  let name = ref;
  for (let hop = 0; hop < maxHops; hop++) {
    const line = readLine(jail, name);
    if (line === null) return packedCommit(jail, name);
    const next = refOf(line);
    if (next === null) return commitId.test(line) ? line : null;
    name = next;
  }
  return null;
}

function packedCommit(jail: Jail, ref: string): string | null {
  const packed = jail.readFile('packed-refs');
  if (!packed.ok) return null;
  const text = Buffer.from(packed.value).toString('utf8');
  const end = text.indexOf(` ${ref}\n`);
  if (end === -1) return null;
  const id = text.slice(text.lastIndexOf('\n', end) + 1, end);
  return commitId.test(id) ? id : null;
}

function refOf(line: string): string | null {
  const ref = line.startsWith('ref: ') ? line.slice(5) : '';
  return ref.startsWith('refs/') && !ref.split('/').includes('..') ? ref : null;
}

function readLine(jail: Jail, path: string): string | null {
  const start = jail.readStart(path, 4096);
  return start.ok ? (decodeUtf8(start.value.bytes)?.split('\n')[0]?.trimEnd() ?? null) : null;
}
