import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Jail } from '../jail.ts';
import { type Journal, type JournalFile, newName, oldName } from './journal.ts';
import { nextTurn } from './next-turn.ts';
import { keepOld, writeStaged } from './stage.ts';
import { changedMeanwhile, missingDirectories, sha256, stateOfTarget, withTarget } from './targets.ts';

/** New bytes, and the proof that what the disk has of them is what was meant. */
export interface NewContent {
  readonly bytes: Uint8Array;
  /** Permissions for a file that is not there yet; what the umask leaves where it does not matter. */
  readonly mode?: number;
  readonly verify: (onDisk: Uint8Array) => Outcome<null>;
}

/** One file that changes. */
export interface Replacement {
  readonly path: string;
  readonly target: string;
  /** SHA-256 of what the plan saw; `null` for no file. */
  readonly before: string | null;
  /** Made when it is this file's turn; `null` takes the file away. */
  readonly content: (() => Promise<Outcome<NewContent>>) | null;
}

/** Files staged between two chances for a signal to be noticed. */
const batch = 8;

/**
 * Writes the new bytes of every file into the record, proves each of them, and keeps what is to be replaced. Nothing
 * outside the record changes. Throws what the system throws.
 */
export async function stageFiles(
  replacements: readonly Replacement[],
  jail: Jail,
  record: string,
  signal: AbortSignal,
): Promise<Outcome<Pick<Journal, 'files' | 'directories'>>> {
  const files: JournalFile[] = [];
  const directories = new Set<string>();
  for (const [index, replacement] of replacements.entries()) {
    if (index % batch === batch - 1) await nextTurn();
    if (signal.aborted) return fail('stopped', 'stopped; nothing was written');
    const staged = await stageOne(replacement, jail, record, index);
    if (!staged.ok) return staged;
    files.push(staged.value);
    if (staged.value.after === null) continue;
    const missing = missingDirectories(jail, replacement.target);
    if (!missing.ok) return missing;
    for (const directory of missing.value) directories.add(directory);
  }
  return ok({ files, directories: [...directories] });
}

async function stageOne(
  { path, target, before, content }: Replacement,
  jail: Jail,
  record: string,
  index: number,
): Promise<Outcome<JournalFile>> {
  const state = stateOfTarget(jail, target);
  if (!state.ok) return state;
  if ((state.value?.sha256 ?? null) !== before) return changedMeanwhile(path);
  if (state.value !== null) {
    const kept = withTarget(jail, target, (existing) => keepOld(existing, join(record, oldName(index))));
    if (!kept.ok) return kept;
  }
  const old = state.value && { sha256: state.value.sha256, size: state.value.size, mode: state.value.mode };
  if (content === null) return ok({ path, target, before: old, after: null });
  const made = await content();
  if (!made.ok) return made;
  const { bytes, verify, mode } = made.value;
  const onDisk = writeStaged(
    join(record, newName(index)),
    bytes,
    state.value ?? (mode === undefined ? null : { mode }),
  );
  if (!onDisk.ok) return onDisk;
  const proved = verify(onDisk.value);
  if (!proved.ok) return { ok: false, error: { ...proved.error, where: path } };
  return ok({
    path,
    target,
    before: old,
    after: { sha256: sha256(onDisk.value), size: onDisk.value.length },
  });
}
