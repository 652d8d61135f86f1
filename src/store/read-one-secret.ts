import { basename } from 'node:path';
import type { Secret, SecretId } from '../core/secret.ts';
import { openJail } from './jail.ts';
import { KeptFiles } from './kept-files.ts';
import type { RepositoryReading } from './open-repository.ts';

/**
 * A reading of nothing but the first of these age files that is there: no rules, no git, no other file. It does not
 * know who may read the secret. `null` when none is there or a look at the rest is needed to say why.
 *
 * @param root canonical, as `findRoot` gives it
 * @param paths relative to the root, with `/`
 */
export function readOneSecret(root: string, paths: readonly string[]): RepositoryReading | null {
  const jail = openJail(root);
  try {
    for (const path of paths) {
      const start = jail.readStart(path, 0);
      if (!start.ok && start.error.code === 'not-found') continue;
      return start.ok && path.endsWith('.age') ? readingOf(root, path, start.value.size) : null;
    }
    return null;
  } finally {
    jail.close();
  }
}

function readingOf(root: string, path: string, size: number): RepositoryReading {
  const id = path as SecretId;
  const file = { id, backend: 'agenix', format: 'age', armored: false, size } as const;
  const secret: Secret = { ...file, declared: [], state: 'unknown' };
  return {
    stanzas: new Map(),
    kept: new KeptFiles(),
    sources: null,
    ruled: { keys: new Set(), isWhole: false },
    repository: {
      root,
      name: basename(root),
      git: null,
      backends: ['agenix'],
      rules: [],
      secrets: [secret],
      recipients: new Map(),
      readers: [],
      problems: [],
    },
  };
}
