import { counted } from '../../core/counted.ts';
import type { DraftStatus } from '../editor/draft.ts';

/** How much of the text being edited is selected; `null` when nothing is being selected. */
export function selectedWords({ selected }: Pick<DraftStatus, 'selected'>): string | null {
  if (!selected) return null;
  if (selected.lines > 1) return `${selected.lines} lines selected`;
  return selected.characters === 0 ? 'selecting' : `${counted(selected.characters, 'character')} selected`;
}
