import type { Draft } from '../editor/draft.ts';
import type { Pen } from '../pen.ts';
import { editedName } from '../state/editing.ts';
import type { Model } from '../state/model.ts';
import { selectedWords } from './selected-words.ts';

/** The editor and its questions for a screen reader: the cursor's line, or what is asked. */
export function editingLines({ view, editor, columns }: Model, pen: Pen, draft: Draft): readonly string[] {
  if (view.kind === 'question') return [view.question.title, ...view.question.lines].map(pen.legible);
  if (!editor) return [];
  const { status, isHidden } = editor;
  const place = `editing ${pen.legible(editedName(editor))}, line ${status.line} of ${status.lines}`;
  const selected = selectedWords(status);
  const state = (status.isChanged ? ', not saved' : '') + (selected === null ? '' : `, ${selected}`);
  if (isHidden) return [`${place}${state}`, 'hidden, a key shows it again'];
  const page = { width: Math.max(20, columns), height: status.rows };
  const line = draft
    .draw({ ...status, top: 0 }, page)
    .filter(({ isCurrent }) => isCurrent)
    .map(({ draw }) =>
      draw()
        .map(({ text }) => text)
        .join(''),
    )
    .join('');
  return [`${place}${state}`, line];
}
