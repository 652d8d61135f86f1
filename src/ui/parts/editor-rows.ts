import { counted } from '../../core/counted.ts';
import { type Draft, gutterOf } from '../editor/draft.ts';
import type { Pen } from '../pen.ts';
import type { EditorState } from '../state/editor-state.ts';
import type { Model } from '../state/model.ts';
import { editorPage } from '../state/select.ts';
import { padStart, type Span, span } from '../styled-text.ts';
import type { PanelRow } from './panel.tsx';
import { selectedWords } from './selected-words.ts';

/** The rows of the text with the numbers of its lines, and one about all of it. */
export function editorRows(model: Model, pen: Pen, draft: Draft, editor: EditorState): readonly PanelRow[] {
  const page = editorPage(model);
  const { status, isHidden } = editor;
  const digits = gutterOf(status.lines) - 2;
  const lead = (number: number | null, isCurrent: boolean): readonly Span[] => [
    span(isCurrent && number !== null ? pen.glyphs.pointer : ' '),
    span(`${padStart(number === null ? '' : `${number}`, digits)} `, 'quiet'),
  ];
  const rows: readonly PanelRow[] = isHidden
    ? [
        pen.line(
          [...lead(null, false), span(pen.glyphs.mask, 'quiet'), span('  a key shows it again')],
          page.width,
        ),
      ]
    : draft.draw(status, page).map(({ number, isCurrent, draw }) => ({
        width: page.width,
        draw: () => {
          return pen.line([...lead(number, isCurrent), ...draw()], page.width);
        },
      }));
  const filled = Array.from({ length: page.height }, (_, index) => rows[index] ?? '');
  return [...filled, pen.line(aboutAll(pen, editor), page.width)];
}

/** What cannot be seen first: it may be cut at the end. */
function aboutAll({ glyphs }: Pen, { status }: EditorState): readonly Span[] {
  const selected = selectedWords(status);
  const { invisible, lines, line, hasFinalNewline } = status;
  return [
    span(' '),
    ...(selected === null ? [] : [span(`${selected}  `)]),
    ...(invisible > 0 ? [span(`${counted(invisible, 'invisible character')} marked  `, 'warning')] : []),
    span(`line ${line}/${lines}  `, 'quiet'),
    span(
      hasFinalNewline ? `${glyphs.newline} ends with a newline` : `${glyphs.noNewline} no newline at the end`,
      'quiet',
    ),
  ];
}
