import type { CellState } from '../../core/cell-state.ts';
import type { Toggle } from '../../core/staged-toggles.ts';
import { textWidth, truncateStart } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import { padEnd, type Span, span } from '../styled-text.ts';
import { signOf, signTokens, stagedSign } from './cell-signs.ts';
import { columnName, withoutLead } from './column-name.ts';
import type { MatrixState } from './matrix-state.ts';
import type { MatrixView } from './matrix-view.ts';
import { rangeBounds, stagedAt } from './staged-cells.ts';

const groupWords = { hosts: 'host', people: 'person', other: '', unnamed: '' } as const;

/** What a line says of a cell besides its box. */
const stateWords: Readonly<Record<CellState, string>> = {
  proven: '',
  none: '',
  extra: 'extra',
  missing: 'missing',
  counted: 'by count',
  undecidable: 'unknown',
  absent: 'no file',
  unruled: 'no rule',
};

/** Pointer, box and a blank. */
const boxCells = 6;
const wordCells = 9;
const groupCells = 7;
/** Below so many cells the groups give way to the names. */
const groupsFrom = 36;

interface Entry {
  readonly name: string;
  readonly group: string;
  readonly state: CellState;
  readonly to: Toggle | null;
}

/** The lines of a list that are seen: of the readers of one secret, or of the secrets of one reader. */
export function checklistRows(
  pen: Pen,
  view: MatrixView,
  top: number,
  height: number,
  width: number,
  lead: string,
  { staged, range }: Pick<MatrixState, 'staged' | 'range'>,
): readonly string[] {
  const { rows, columns, row, column, table, lens } = view;
  const [secret, reader] = [rows[row], columns[column]];
  const entries: readonly Entry[] =
    lens === 'secret'
      ? columns.slice(top, top + height).flatMap((one) => {
          const name = columnName(pen, one);
          const group = groupWords[one.group];
          return secret
            ? [{ name, group, state: table.cell(secret, one), to: stagedAt(staged, secret, one) }]
            : [];
        })
      : rows.slice(top, top + height).flatMap((one) => {
          const name = withoutLead(pen.show(one.id), lead);
          return reader
            ? [{ name, group: '', state: table.cell(one, reader), to: stagedAt(staged, one, reader) }]
            : [];
        });
  const groups = lens === 'secret' && width >= groupsFrom ? groupCells : 0;
  const room = Math.max(4, width - boxCells - groups - wordCells);
  const nameCells = Math.min(room, 2 + Math.max(0, ...entries.map(({ name }) => textWidth(name))));
  const selected = (lens === 'secret' ? column : row) - top;
  const [from, to] = range ? rangeBounds(range, view)[lens === 'secret' ? 'columns' : 'rows'] : [1, 0];
  const isInRange = (index: number): boolean => top + index >= from && top + index <= to;
  return entries.map((entry, index) => {
    const isSelected = index === selected;
    const spans: readonly Span[] = [
      span(`${isSelected ? pen.glyphs.pointer : ' '} [`),
      span(
        entry.to ? stagedSign(pen.glyphs, entry.to) : boxOf(pen, entry.state),
        entry.to ? 'key' : signTokens[entry.state],
      ),
      span(
        `]${isInRange(index) ? pen.glyphs.picked : ' '}${padEnd(cut(pen, lens, entry.name, nameCells - 1), nameCells)}`,
      ),
      span(groups === 0 ? '' : padEnd(entry.group, groupCells), 'quiet'),
      span(entry.to ? 'staged' : stateWords[entry.state], entry.to ? 'key' : signTokens[entry.state]),
    ];
    return isSelected ? pen.selectedLine(spans, width, true) : pen.line(spans, width);
  });
}

/** The end of a path identifies it, and the beginning of a name. */
const cut = (pen: Pen, lens: MatrixView['lens'], name: string, cells: number): string =>
  lens === 'reader' ? truncateStart(name, cells, pen.glyphs.ellipsis) : pen.end(name, cells);

const boxOf = (pen: Pen, state: CellState): string =>
  state === 'none' ? ' ' : state === 'proven' ? 'x' : signOf(pen.glyphs, state);

/** Beside the name in a title: words, a note, and the corners of the frame. */
const titleCells = 28;

/** What the lines are about. */
export function checklistTitle(
  pen: Pen,
  { rows, columns, row, column, lens }: MatrixView,
  width: number,
  lead: string,
): string {
  const [secret, reader] = [rows[row], columns[column]];
  if (lens === 'secret') {
    const name = secret ? withoutLead(pen.show(secret.id), lead) : 'it';
    return `who reads ${truncateStart(name, Math.max(12, width - titleCells), pen.glyphs.ellipsis)}`;
  }
  return reader ? `what ${columnName(pen, reader)} reads` : 'what it reads';
}
