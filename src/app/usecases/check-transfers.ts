import { foldedPath } from '../../core/folded-path.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import { notesOnName } from './notes-on-name.ts';
import type { Transfer } from './prepare-transfer.ts';

/**
 * Whether secrets can get these names as far as the reading of the repository tells, and what may surprise somebody
 * about them. Errors: `not-found`, `refused` (two would be one file, or one is there already).
 */
export function checkTransfers(
  { secrets }: Repository,
  kind: 'mv' | 'cp',
  transfers: readonly Transfer[],
): Outcome<readonly string[]> {
  const known = new Map(secrets.map((secret) => [secret.id as string, secret]));
  const leaving = new Set<SecretId>(kind === 'mv' ? transfers.map(({ from }) => from) : []);
  const staying = new Map(
    secrets.flatMap(({ id }): [string, string][] => (leaving.has(id) ? [] : [[foldedPath(id), id]])),
  );
  const notes: string[] = [];
  const taken = new Map<string, string>();
  for (const { from, to } of transfers) {
    if (!known.has(from)) return fail('not-found', `no secret called ${from}`);
    const same = taken.get(to);
    if (same !== undefined)
      return fail('refused', `${same} and ${from} would be the same file`, { where: to });
    taken.set(to, from);
    const there = known.get(to);
    if (there !== undefined && (there.state !== 'missing' || from === to))
      return fail('refused', 'there is a file already', { where: to });
    const alike = staying.get(foldedPath(to));
    notes.push(...notesOnName(to, alike === to ? undefined : alike).map((note) => `${to}: ${note}`));
    staying.set(foldedPath(to), to);
  }
  return ok(notes);
}
