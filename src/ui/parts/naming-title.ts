import { titleOfReader } from '../matrix/reader-line.ts';
import type { NamingState } from '../state/naming-state.ts';
import { namedShort } from '../state/transfer-words.ts';

/** What something is typed for. */
export function namingTitle(naming: NamingState): string {
  if (naming.kind === 'reader') return titleOfReader(naming);
  return `${naming.kind === 'mv' ? 'move' : 'copy'} ${namedShort(naming)}`;
}
