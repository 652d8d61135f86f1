import { Box } from 'ink';
import type { ReactElement } from 'react';
import { textWidth } from '../../core/text-width.ts';
import { continuationsOf, keyFor } from '../keys/resolve-key.ts';
import { stagedText } from '../matrix/staged-cells.ts';
import type { Pen } from '../pen.ts';
import { marksText } from '../state/marks.ts';
import type { Model } from '../state/model.ts';
import { contextOf } from '../state/update.ts';
import { type Span, span, spansWidth, spread, wrapText } from '../styled-text.ts';
import { secondsTo } from './countdown.ts';
import { Row } from './row.tsx';

/** Below so many columns a message and what stands share too little room for words. */
const narrow = 60;

const tokens = { info: 'plain', warning: 'warning', error: 'bad' } as const;
const signs = { info: '', warning: '! ', error: 'error: ' } as const;

/**
 * Left, what happened last, or which keys may follow; right, what stands. A message that is too long for its line is
 * laid over the lines above, where it stays as long as it would here.
 */
export function StatusLine({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { columns, rows } = model;
  const right: readonly Span[] = [...standing(model, pen), span(' ')];
  const lines = messageLines(model, pen, columns - 2, columns - 2 - spansWidth(right));
  const above = lines.slice(0, -1);
  const draw = (left: readonly Span[], end: readonly Span[]): string =>
    pen.line(spread([span(' '), ...left], end, columns, pen.glyphs.ellipsis), columns);
  return (
    <>
      {above.length > 0 && (
        <Box position="absolute" top={rows - 2 - above.length} left={0} flexDirection="column">
          {above.map((spans, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are places on the screen
            <Row key={index} text={draw(spans, [])} />
          ))}
        </Box>
      )}
      <Row text={draw(lines.at(-1) ?? [], right)} />
    </>
  );
}

/** The last event on as many lines as it needs, up to half of the window; the last of them is `lastRoom` wide. */
function messageLines(model: Model, pen: Pen, room: number, lastRoom: number): readonly (readonly Span[])[] {
  const { toast, prefix, rows } = model;
  if (prefix !== '') return continuations(model, lastRoom);
  if (!toast) return [];
  const text = signs[toast.level] + pen.legible(toast.text);
  const wrapped = wrapText(text, room);
  const isEndFitting = textWidth(wrapped.at(-1) ?? '') <= lastRoom;
  const lines = isEndFitting ? wrapped : [...wrapped, ''];
  const most = Math.max(1, Math.floor(rows / 2));
  const shown = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines;
  return shown.map((line) => [span(line, tokens[toast.level])]);
}

/** The keys that may come next, each with its words, on as many lines as they need. */
function continuations(model: Model, lastRoom: number): readonly (readonly Span[])[] {
  const lines: Span[][] = [[span(model.prefix, 'key')]];
  let left = lastRoom - model.prefix.length;
  let gap = ' ';
  for (const { key, title } of continuationsOf(contextOf(model), model.prefix)) {
    const words = [span(`${key} `, 'key'), span(title)];
    const width = spansWidth(words) + gap.length;
    // The last line is the shortest: all of them are made for it.
    if (width > left) {
      lines.push([]);
      left = lastRoom;
    } else words.unshift(span(gap));
    lines.at(-1)?.push(...words);
    left -= width;
    gap = '  ';
  }
  return lines;
}

function standing(model: Model, pen: Pen): readonly Span[] {
  const isList = model.view.kind === 'browser';
  const marks = isList ? marksText(model, model.columns < narrow) : '';
  const staged = isList && model.matrix ? stagedText(model.matrix.staged, pen.glyphs.minus) : '';
  const picked = [marks, staged && `staged ${staged}`].filter(Boolean).join('  ');
  const rest = passing(model);
  if (picked === '') return rest;
  return rest.length === 0 ? [span(picked, 'key')] : [span(picked, 'key'), span('  '), ...rest];
}

function passing(model: Model): readonly Span[] {
  const { clipboardClearsAt, now, surveyed, repository, waiting } = model;
  if (model.isUnlocking) {
    const isResting = model.view.kind === 'browser' || model.view.kind === 'matrix';
    const stop = isResting ? ` · ${keyFor('back')} stops` : '';
    return [span(`trying the passphrase${stop}`)];
  }
  if (clipboardClearsAt !== null) {
    return [span(`clears in ${secondsTo(clipboardClearsAt, now)}s`)];
  }
  const total = repository.secrets.length;
  // Only where it takes long enough to be seen.
  return waiting.survey !== undefined && surveyed > 0 && surveyed < total
    ? [span(`checked ${surveyed}/${total}`, 'quiet')]
    : [];
}
