import { textWidth, truncateStart } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import { mayAskName, type Question } from '../state/question.ts';
import { type Span, span, wrapText } from '../styled-text.ts';
import type { Token } from '../theme.ts';

/** What stands before the line that is typed; `null` when none is. */
export function promptOf(question: Question): string | null {
  if (mayAskName(question)) return question.name === null ? null : ' type its name ';
  return question.about === 'commit' && question.draft !== null ? ' message ' : null;
}

/** The line that is typed; `null` for a question that a key answers. */
export function lineOf(question: Question): string | null {
  if (mayAskName(question)) return question.name === null ? null : question.typed;
  return question.about === 'commit' ? question.draft : null;
}

const tokens: Readonly<Record<string, Token>> = { '! ': 'warning', '+ ': 'good', '- ': 'bad' };

/** All that a question says, in lines of `width` cells. */
export function questionRows(question: Question, pen: Pen, width: number): readonly (readonly Span[])[] {
  const prompt = promptOf(question);
  const room = width - textWidth(prompt ?? '') - 2;
  const tail =
    prompt === null ? '' : truncateStart(pen.show(lineOf(question) ?? ''), room, pen.glyphs.ellipsis);
  const typed: readonly (readonly Span[])[] =
    prompt === null ? [] : [[span(prompt, 'title'), span(tail), span(pen.glyphs.caret)], []];
  const wrapped = (text: string): Span[][] =>
    wrapText(pen.legible(text), width - 2).map((line) => [
      span(` ${line}`, tokens[text.slice(0, 2)] ?? 'plain'),
    ]);
  return [...typed, ...question.lines.flatMap(wrapped)];
}
