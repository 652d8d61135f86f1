import type { Pen } from '../pen.ts';
import { mayAskName, type Question } from '../state/question.ts';
import { type Span, span, wrapText } from '../styled-text.ts';
import type { Token } from '../theme.ts';

export const namePrompt = ' type its name ';

const tokens: Readonly<Record<string, Token>> = { '! ': 'warning', '+ ': 'good', '- ': 'bad' };

/** All that a question says, in lines of `width` cells. */
export function questionRows(question: Question, pen: Pen, width: number): readonly (readonly Span[])[] {
  const typed: readonly (readonly Span[])[] =
    mayAskName(question) && question.name !== null
      ? [[span(namePrompt, 'title'), span(pen.show(question.typed)), span(pen.glyphs.caret)], []]
      : [];
  const wrapped = (text: string): Span[][] =>
    wrapText(pen.legible(text), width - 2).map((line) => [
      span(` ${line}`, tokens[text.slice(0, 2)] ?? 'plain'),
    ]);
  return [...typed, ...question.lines.flatMap(wrapped)];
}
