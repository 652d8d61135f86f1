import type { ReactElement } from 'react';
import type { Secret } from '../../core/secret.ts';
import { textWidth } from '../../core/text-width.ts';
import { inside, type Rect } from '../layout.ts';
import type { Pen } from '../pen.ts';
import { commonDirectory } from '../state/common-directory.ts';
import { isMarkable } from '../state/marks.ts';
import type { ListLine, Model } from '../state/model.ts';
import { hasUsableKey, readableOf, secretOf, shownKey } from '../state/select.ts';
import { padEnd, padStart, type Span, span, spansWidth } from '../styled-text.ts';
import type { Token } from '../theme.ts';
import { emptyListText } from './empty-list.ts';
import { listName } from './list-name.ts';
import { Panel } from './panel.tsx';

interface ListProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly rect: Rect;
  readonly isFramed: boolean;
}

const stateCells = 8;
const readersCells = 3;
/** Below this many cells, the count of readers gives way to the name. */
const readersFrom = 36;
const noKeyMark = ' no key';
/** Below this many cells, the same to the mark of a file that no key opens. */
const markAndReadersFrom = 44;

/** The secrets, or what a search found, and the keys of the unfolded one. Only the visible lines are made. */
export function List({ model, pen, rect, isFramed }: ListProps): ReactElement {
  const { width, height } = inside(rect, isFramed);
  const visible = model.lines.slice(model.top, model.top + height);
  const isFocused = model.pane === 'list' && model.view.kind === 'browser';
  const note = model.lines.length > height ? `${model.cursor + 1}/${model.lines.length}` : undefined;
  const rows = visible.map((line, offset) => {
    const isSelected = model.top + offset === model.cursor;
    const spans = lineSpans(model, pen, line, isSelected, width);
    return isSelected ? pen.selectedLine(spans, width, isFocused) : pen.line(spans, width);
  });
  const empty = emptyListText(model).map((text) => pen.end(` ${pen.legible(text)}`, width));
  return (
    <Panel
      pen={pen}
      rect={rect}
      isFramed={isFramed}
      isFocused={isFocused}
      title={title(model, pen)}
      {...(note !== undefined && { note })}
      rows={model.lines.length > 0 ? rows : empty}
    />
  );
}

/** The directory that all of them are in says what they are, and is left out of their lines. */
const title = (model: Model, pen: Pen): string => pen.show(commonDirectory(model.repository)) || 'secrets';

function lineSpans(model: Model, pen: Pen, line: ListLine, isSelected: boolean, width: number): Span[] {
  const pointer = isSelected ? pen.glyphs.pointer : ' ';
  if (line.entry !== undefined) {
    const path = model.opened?.entries[line.entry]?.path ?? [];
    return [span(`${pointer}    `), span(pen.legible(shownKey(path)), 'key')];
  }
  // Where no key was found at all, the header says it once for all of them.
  const mark = readableOf(model, line.id) === 'no' && hasUsableKey(model) ? noKeyMark : '';
  const hasReaders = width >= (mark === '' ? readersFrom : markAndReadersFrom);
  const afterName = textWidth(mark) + (hasReaders ? readersCells + 2 : 1) + stateCells;
  const nameCells = Math.max(4, width - 2 - afterName);
  const name = listName(pen, line, commonDirectory(model.repository), nameCells);
  const gap = ' '.repeat(Math.max(0, nameCells - spansWidth(name)));
  const secret = secretOf(model, line.id);
  const readers = hasReaders ? `${padStart(readerCount(secret), readersCells)}  ` : ' ';
  const state = secret?.state ?? 'unknown';
  const word = span(padEnd(state, isSelected ? stateCells : 0), stateTokens[state]);
  const sign = isMarked(model, line) ? span(pen.glyphs.picked, 'key') : span(foldSign(model, pen, line));
  return [span(pointer), sign, ...name, span(gap), span(mark, 'quiet'), span(readers), word];
}

const isMarked = ({ marks }: Model, line: ListLine): boolean => isMarkable(line) && marks.ids.has(line.id);

const readerCount = (secret: Secret | undefined): string =>
  !secret || secret.ruleProblem ? '?' : `${secret.declared.length}`;

function foldSign(model: Model, pen: Pen, line: ListLine): string {
  const { opened, isUnfolded } = model;
  if (opened?.id !== line.id || opened.entries.length === 0 || line.key !== undefined) return ' ';
  return isUnfolded ? pen.glyphs.unfolded : pen.glyphs.folded;
}

const stateTokens = {
  ok: 'good',
  drift: 'warning',
  missing: 'warning',
  orphan: 'warning',
  damaged: 'bad',
  unknown: 'quiet',
} as const satisfies Record<string, Token>;
