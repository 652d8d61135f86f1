import type { EditCommand, TextEdit } from './text-edits.ts';
import { lineBreakOf } from './text-lines.ts';

/** Bytes of a text, from the first to the one behind the last. */
export interface Selection {
  readonly from: number;
  readonly to: number;
}

type SelectionEdit = (bytes: Uint8Array, selection: Selection) => TextEdit;

const by =
  (inserted: Uint8Array): SelectionEdit =>
  (_, { from, to }) => ({ from, to, inserted, cursor: from + inserted.length });

const erase = by(new Uint8Array());
const cut: SelectionEdit = (bytes, selection) => ({ ...erase(bytes, selection), cuts: 'text' });

/** What commands do while something is selected; the others act where the cursor is. */
export const selectionEdits = {
  'new-line': (bytes, selection) => by(lineBreakOf(bytes))(bytes, selection),
  tab: by(Uint8Array.of(0x09)),
  'erase-left': erase,
  'erase-right': erase,
  'erase-word-left': erase,
  'erase-word-right': erase,
  'cut-to-end': cut,
  'cut-line': cut,
} as const satisfies Partial<Record<EditCommand, SelectionEdit>>;

export const isOnSelection = (command: EditCommand): command is keyof typeof selectionEdits =>
  command in selectionEdits;
