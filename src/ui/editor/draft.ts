import { windowTop } from '../layout.ts';
import type { Span } from '../styled-text.ts';
import type { DraftCommand } from './draft-command.ts';
import { DraftText, type Page } from './draft-text.ts';
import type { Selection } from './selection-edits.ts';
import { clustersOf } from './text-clusters.ts';
import { countLines } from './text-lines.ts';
import { cellAt, drawTextRow, type Legible, rowAt } from './text-rows.ts';

/** What may be known of the text being edited: where the cursor is and how much there is of it. */
export interface DraftStatus {
  readonly isChanged: boolean;
  readonly lines: number;
  /** The cursor's line, from 1. */
  readonly line: number;
  /** Where the cursor is on the screen, from the top left corner of the pane. */
  readonly x: number;
  readonly y: number;
  /** First row that is drawn, of how many. */
  readonly top: number;
  readonly rows: number;
  readonly invisible: number;
  /** How much is selected; `null` when nothing is being selected. Characters only within one line. */
  readonly selected: { readonly lines: number; readonly characters: number } | null;
  readonly hasFinalNewline: boolean;
  /** Makes two states of the same numbers differ, so that each is drawn. */
  readonly revision: number;
}

/** One row of the pane. Its text is made within the frame. */
export interface DraftRow {
  /** On the first row of a line. */
  readonly number: number | null;
  readonly isCurrent: boolean;
  readonly draw: () => readonly Span[];
}

/**
 * The one text that is being edited: bytes outside of the model, so that no state, message or frame holds it. What is
 * typed arrives from Ink as strings, which nobody can overwrite; they are fed here and dropped. `page` is the room of
 * the whole pane, line numbers included.
 */
export interface Draft {
  /** Begins with a copy of these bytes, which are UTF-8. */
  readonly open: (bytes: Uint8Array, page: Page) => DraftStatus;
  readonly run: (command: DraftCommand, page: Page) => DraftStatus;
  readonly type: (text: string, page: Page) => DraftStatus;
  readonly paste: (text: string, page: Page) => DraftStatus;
  readonly goTo: (line: number, column: number, page: Page) => DraftStatus;
  /** Another text, owned by the caller, in its place; undo brings this one back. */
  readonly replace: (bytes: Uint8Array, page: Page) => DraftStatus;
  readonly isOpen: () => boolean;
  readonly isChanged: () => boolean;
  /** A copy of what it amounts to, owned by the caller. */
  readonly take: () => Uint8Array;
  readonly draw: (status: DraftStatus, page: Page) => readonly DraftRow[];
  /** Overwrites all of it. */
  readonly close: () => void;
}

/** Cells before the text: a pointer, the number of the line, and a blank. */
export const gutterOf = (lines: number): number => `${lines}`.length + 2;

/** One cell stays free for the cursor behind a full row. */
const textWidth = ({ width }: Page, lines: number): number => Math.max(1, width - gutterOf(lines) - 1);

function measure(bytes: Uint8Array, { from, to }: Selection): DraftStatus['selected'] {
  const lines = countLines(bytes.subarray(from, to));
  return { lines, characters: lines > 1 ? 0 : clustersOf(bytes, from, to).length };
}

export function createDraft(legible: Legible): Draft {
  let text: DraftText | null = null;
  let lines = 1;
  let top = 0;
  let revision = 0;

  const look = (open: DraftText, page: Page): DraftStatus => {
    const { cursor, selection } = open.buffer;
    const bytes = open.buffer.view();
    lines = countLines(bytes);
    const rows = open.rows(textWidth(page, lines));
    const at = rowAt(rows, cursor);
    const row = rows[at];
    top = windowTop(top, at, page.height, rows.length);
    revision += 1;
    return {
      isChanged: open.isChanged,
      lines,
      line: row?.line ?? 1,
      x: gutterOf(lines) + (row ? cellAt(bytes, row, cursor, legible) : 0),
      y: at - top,
      top,
      rows: rows.length,
      invisible: open.invisible,
      selected: selection && measure(bytes, selection),
      hasFinalNewline: open.hasFinalBreak || bytes.at(-1) === 0x0a,
      revision,
    };
  };

  const change = (page: Page, work: (open: DraftText) => void): DraftStatus => {
    if (!text) throw new Error('no text is being edited');
    work(text);
    return look(text, page);
  };

  const close = (): void => {
    text?.wipe();
    text = null;
  };

  return {
    open(bytes, page) {
      close();
      text = new DraftText(bytes, legible);
      top = 0;
      return look(text, page);
    },
    run: (command, page) =>
      change(page, (open) => open.run(command, { width: textWidth(page, lines), height: page.height })),
    type: (typed, page) => change(page, (open) => open.type(typed)),
    paste: (pasted, page) => change(page, (open) => open.paste(pasted)),
    goTo: (line, column, page) => change(page, (open) => open.goTo(line, column)),
    replace: (bytes, page) => change(page, (open) => open.replace(bytes)),
    isOpen: () => text !== null,
    isChanged: () => text?.isChanged ?? false,
    take: () => text?.take() ?? new Uint8Array(),
    draw(status, page) {
      if (!text) return [];
      return text
        .rows(textWidth(page, status.lines))
        .slice(status.top, status.top + page.height)
        .map((row) => ({
          number: row.isFirst ? row.line : null,
          isCurrent: row.line === status.line,
          // The text may be closed between the making of a frame and its drawing.
          draw: () => (text ? drawTextRow(text.buffer.view(), row, legible, text.buffer.selection) : []),
        }));
    },
    close,
  };
}
