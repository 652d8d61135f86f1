import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countInvisible } from '../../../src/core/safe-text.ts';
import { textWidth } from '../../../src/core/text-width.ts';
import { createDraft, type Draft, type DraftStatus } from '../../../src/ui/editor/draft.ts';
import type { DraftCommand } from '../../../src/ui/editor/draft-command.ts';
import { DraftText } from '../../../src/ui/editor/draft-text.ts';
import { TextLayout } from '../../../src/ui/editor/text-layout.ts';
import { drawTextRow, type TextRow } from '../../../src/ui/editor/text-rows.ts';

const page = { width: 12, height: 4 };

/** Opens a text, runs commands one after the other, and gives the last status. */
function opened(text: string, ...commands: readonly DraftCommand[]): { draft: Draft; status: DraftStatus } {
  const draft = createDraft(String);
  let status = draft.open(Buffer.from(text), page);
  for (const command of commands) status = draft.run(command, page);
  return { draft, status };
}
/** The rows of a text that nobody edited. */
function rowsOf(bytes: Uint8Array, width: number): { rows: readonly TextRow[]; invisible: number } {
  const layout = new TextLayout(String);
  layout.update(bytes, width, []);
  return { rows: layout.rows(), invisible: layout.invisible };
}
const textOf = (draft: Draft): string => Buffer.from(draft.take()).toString();
const seen = ({ draft, status }: { draft: Draft; status: DraftStatus }): string[] =>
  draft.draw(status, page).map(({ number, draw }) => {
    const text = draw().map(({ text }) => text);
    return `${number ?? ''}|${text.join('')}`;
  });

describe('a draft', () => {
  test('breaks long lines where they do not fit, and numbers what are lines', () => {
    expect(seen(opened('abcdefghijklmnop\nx'))).toEqual(['1|abcdefgh', '|ijklmnop', '2|x']);
    expect(seen(opened('漢字漢字漢\n\ty\u200bz'))).toEqual(['1|漢字漢字', '|漢', '2|→y', '|<U+200B>']);
  });

  test('moves up and down by rows of the screen and keeps the cell', () => {
    const at = (text: string, ...commands: readonly DraftCommand[]): readonly number[] => {
      const { x, y } = opened(text, ...commands).status;
      return [x - 3, y];
    };
    expect(at('abcdefghijklmnop\nx', 'down')).toEqual([0, 1]);
    expect(at('abcdefghijklmnop\nx', 'line-end', 'down')).toEqual([1, 2]);
    expect(at('abcdefghijklmnop\nx', 'line-end', 'down', 'up')).toEqual([8, 1]);
    expect(at('漢字\nabc', 'right', 'down', 'up')).toEqual([2, 0]);
    expect(at('漢字\nabc', 'down', 'right', 'up')).toEqual([0, 0]);
    expect(at('abc', 'right', 'up')).toEqual([0, 0]);
    expect(at('abc', 'right', 'down')).toEqual([3, 0]);
  });

  test('shows the row of the cursor, whatever the height', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `${index}`).join('\n');
    expect(opened(lines, 'text-end').status).toMatchObject({ line: 30, y: 3, top: 26 });
    expect(opened(lines, 'page-down').status).toMatchObject({ line: 4 });
    expect(opened(lines, 'text-end', 'page-up').status).toMatchObject({ line: 27 });
    expect(seen(opened(lines, 'text-end')).at(-1)).toBe('30|29');
  });

  test('has a cell for the cursor behind a row that is full', () => {
    const { status } = opened('abcdefgh', 'line-end');
    expect(status).toMatchObject({ x: 11, y: 0 });
  });

  test('is unchanged once it is what it was, however it came to be so', () => {
    const { draft } = opened('one\n');
    expect(draft.type('x', page).isChanged).toBe(true);
    expect(draft.run('erase-left', page).isChanged).toBe(false);
    expect(draft.run('toggle-final-newline', page).isChanged).toBe(true);
    expect(draft.run('toggle-final-newline', page).isChanged).toBe(false);
    expect(textOf(draft)).toBe('one\n');
  });

  test('keeps what it was lent, when the lender overwrites it', () => {
    const lent = Buffer.from('one\r\ntwo\r\n');
    const draft = createDraft(String);
    draft.open(lent, page);
    lent.fill(0);
    expect(textOf(draft)).toBe('one\r\ntwo\r\n');
    expect(draft.isChanged()).toBe(false);
  });

  test('takes another text in its place, from which undo comes back', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '漢', '👩‍👩‍👧', '\n', '\r\n'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { draft } = opened(before.join(''), 'text-end');
        const lent = Buffer.from(after.join(''));
        const status = draft.replace(lent, page);
        expect(textOf(draft)).toBe(after.join(''));
        expect(status.isChanged).toBe(before.join('') !== after.join(''));
        lent.fill(0);
        draft.run('undo', page);
        // The newline at the very end is no part of the text, and is as it was given.
        const finalBreak = /\r?\n$/;
        const given = after.join('').match(finalBreak)?.[0] ?? '';
        expect(textOf(draft)).toBe(before.join('').replace(finalBreak, '') + given);
        draft.close();
      }),
    );
  });

  test('finds the place that a parser names', () => {
    const { draft } = opened('aé漢x\nabc');
    expect(draft.goTo(1, 4, page)).toMatchObject({ line: 1, x: 3 + 4 });
    expect(draft.goTo(2, 3, page)).toMatchObject({ line: 2, x: 3 + 2 });
    expect(draft.goTo(9, 9, page)).toMatchObject({ line: 2 });
  });

  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
        fc.constantFrom(
          '\n',
          '\r\n',
          '\t',
          ' ',
          '漢',
          'e\u0301',
          '👩‍👩‍👧',
          '\u001b[31m',
          '\u202e',
          'abcdefghij',
        ),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.from(parts.join('')));

  test('draws every byte once, nothing that drives a terminal, and nothing wider than the room', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), (bytes, width) => {
        const { rows, invisible } = rowsOf(bytes, width);
        expect(invisible).toBe(countInvisible(bytes));
        let at = 0;
        for (const row of rows) {
          expect(row.from).toBeGreaterThanOrEqual(at);
          expect(bytes.subarray(at, row.from).toString()).toMatch(/^(\r?\n)?$/);
          at = row.to;
          const drawn = drawTextRow(bytes, row, String)
            .map((piece) => piece.text)
            .join('');
          expect(countInvisible(drawn)).toBe(0);
          const isAlone = row.to - row.from > 0 && textWidth(drawn.replace(/\^M$/, '')) > width;
          if (isAlone)
            expect([
              ...new Intl.Segmenter().segment(bytes.subarray(row.from, row.to).toString()),
            ]).toHaveLength(1);
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  test('draws what is selected with the same letters, and a cell more for a line end', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), fc.nat(), fc.nat(), (bytes, width, one, other) => {
        const { rows } = rowsOf(bytes, width);
        const stops = [...new Intl.Segmenter().segment(bytes.toString())].map(({ index }) =>
          Buffer.byteLength(bytes.toString().slice(0, index)),
        );
        const [from = 0, to = 0] = [one, other]
          .map((at) => stops[at % Math.max(1, stops.length)] ?? 0)
          .sort((a, b) => a - b);
        for (const row of rows) {
          const plain = drawTextRow(bytes, row, String);
          const drawn = drawTextRow(bytes, row, String, { from, to });
          const joined = (spans: typeof drawn): string => spans.map((piece) => piece.text).join('');
          const chosen = drawn.filter(({ token }) => token === 'selected' || token === 'selectedMark');
          const isEndChosen = row.isEnd && from <= row.to && row.to < to;
          const isCarriageReturn = row.isEnd && bytes[row.to] === 0x0d;
          expect(joined(drawn)).toBe(joined(plain) + (isEndChosen && !isCarriageReturn ? ' ' : ''));
          if (from <= row.from && row.to <= to && (isEndChosen || row.from < row.to))
            expect(joined(chosen)).toContain(joined(plain).replace(/\^M$/, ''));
          if (to <= row.from || from > row.to) expect(chosen).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('lays out after an edit what it would lay out anew', () => {
    const edit = fc.oneof(
      fc.constantFrom<DraftCommand>(
        'new-line',
        'erase-left',
        'erase-right',
        'cut-line',
        'cut-to-end',
        'paste-cut',
        'duplicate-line',
        'line-up',
        'line-down',
        'undo',
        'redo',
        'left',
        'line-end',
        'text-end',
        'text-start',
        'down',
      ),
      text.map((bytes) => ({ paste: bytes.toString() })),
    );
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 15 }), (bytes, steps) => {
        const draft = new DraftText(bytes, String);
        draft.rows(10);
        for (const step of steps) {
          if (typeof step === 'string') draft.run(step, { width: 10, height: 4 });
          else draft.paste(step.paste);
          const anew = rowsOf(draft.buffer.view(), 10);
          expect(draft.rows(10)).toEqual(anew.rows);
          expect(draft.invisible).toBe(anew.invisible);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('puts the cursor within the pane wherever it goes', () => {
    const command = fc.constantFrom<DraftCommand>(
      'up',
      'down',
      'page-up',
      'page-down',
      'left',
      'right',
      'line-end',
      'word-right',
      'text-end',
      'text-start',
      'cut-line',
      'paste-cut',
      'undo',
    );
    fc.assert(
      fc.property(
        text,
        fc.array(command, { maxLength: 15 }),
        fc.integer({ min: 20, max: 60 }),
        (bytes, commands, width) => {
          const room = { width, height: 5 };
          const draft = createDraft(String);
          let status = draft.open(bytes, room);
          for (const one of commands) {
            status = draft.run(one, room);
            expect(status.y).toBeGreaterThanOrEqual(0);
            expect(status.y).toBeLessThan(room.height);
            expect(status.line).toBeLessThanOrEqual(status.lines);
            expect(draft.draw(status, room)[status.y]?.isCurrent).toBe(true);
          }
          draft.close();
        },
      ),
      { numRuns: 500 },
    );
  });
});
