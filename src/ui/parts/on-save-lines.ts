import { counted } from '../../core/counted.ts';
import { calledBy } from '../../core/recipient-label.ts';
import { textWidth } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import type { EditorState } from '../state/editor-state.ts';
import { keysChosen } from '../state/form-problem.ts';
import { isHash, sourceOf } from '../state/form-rows.ts';
import type { Model } from '../state/model.ts';
import { secretOf } from '../state/select.ts';
import { type Span, span } from '../styled-text.ts';

/** For whom it will be encrypted, by the rules as they were read, and what becomes of the rest of it. */
export function onSaveLines(
  model: Model,
  pen: Pen,
  { id, key }: EditorState,
  width: number,
): readonly (readonly Span[])[] {
  const { form } = model;
  const chosen = form?.target.kind === 'secret' ? keysChosen(form) : secretOf(model, id)?.declared;
  const readers = (chosen ?? []).map((reader) => {
    const known = model.repository.recipients.get(reader);
    return pen.show(known ? calledBy(known) : reader);
  });
  const only = key === null ? '' : 'only this value changes; ';
  const kind = form ? sourceOf(form) : 'typed';
  const what = isHash(kind)
    ? `${kind} of this, which itself is not kept`
    : `${only}plaintext never touches the disk`;
  return [
    [span('encrypts to  ', 'quiet'), span(namesIn(readers, width - 13))],
    [span('writes       ', 'quiet'), span(what)],
  ];
}

/** As many names as fit, and how many there are beside them. */
function namesIn(names: readonly string[], width: number): string {
  const all = names.join('  ');
  if (names.length === 0) return 'nobody';
  if (textWidth(all) <= width) return all;
  const more = (count: number): string => `  and ${count} more`;
  for (let shown = names.length - 1; shown > 0; shown -= 1) {
    const text = names.slice(0, shown).join('  ') + more(names.length - shown);
    if (textWidth(text) <= width) return text;
  }
  return counted(names.length, 'reader');
}
