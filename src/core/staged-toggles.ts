import type { CellState } from './cell-state.ts';
import type { SecretId } from './secret.ts';

/** Whether a reader is to be given a secret or to lose it. */
export type Toggle = 'grant' | 'revoke';

/** Cells of the matrix that are to change, by secret and then by reader. Nothing of it is written. */
export type StagedToggles = ReadonlyMap<SecretId, ReadonlyMap<string, Toggle>>;

export interface StagedToggle {
  readonly secret: SecretId;
  readonly reader: string;
  readonly to: Toggle;
}

export const nothingStaged: StagedToggles = new Map();

/**
 * What a cell in this state can become, the likeliest first. Of a reader on whom rules and file disagree both are a
 * change: what the file says goes, or the rules follow it.
 */
export const togglesOf: Readonly<Record<CellState, readonly Toggle[]>> = {
  proven: ['revoke'],
  counted: ['revoke'],
  absent: ['revoke'],
  none: ['grant'],
  extra: ['revoke', 'grant'],
  missing: ['grant', 'revoke'],
  undecidable: ['grant', 'revoke'],
  unruled: [],
};

/** The next of what it can become; `null` is what it was. */
export function nextToggle(state: CellState, staged: Toggle | null): Toggle | null {
  const all = togglesOf[state];
  return all[staged === null ? 0 : all.indexOf(staged) + 1] ?? null;
}

/** The same with these cells; `null` leaves one as it is. */
export function withToggles(
  staged: StagedToggles,
  cells: readonly { readonly secret: SecretId; readonly reader: string; readonly to: Toggle | null }[],
): StagedToggles {
  const next = new Map(staged);
  const copies = new Map<SecretId, Map<string, Toggle>>();
  for (const { secret, reader, to } of cells) {
    const row = copies.get(secret) ?? new Map(next.get(secret));
    copies.set(secret, row);
    if (to === null) row.delete(reader);
    else row.set(reader, to);
    if (row.size === 0) next.delete(secret);
    else next.set(secret, row);
  }
  return next;
}

/** In the order in which the secrets were first staged. */
export const stagedList = (staged: StagedToggles): readonly StagedToggle[] =>
  [...staged].flatMap(([secret, row]) => [...row].map(([reader, to]) => ({ secret, reader, to })));

/** How many of each there are. */
export function countStaged(staged: StagedToggles): Readonly<Record<Toggle, number>> {
  const all = stagedList(staged);
  const grant = all.filter(({ to }) => to === 'grant').length;
  return { grant, revoke: all.length - grant };
}
