import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { PlanView } from '../../app/usecases/views.ts';
import { counted } from '../../core/counted.ts';
import { show } from '../../core/safe-text.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { readersQuestion } from '../matrix/readers-question.ts';
import { editedName } from './editing.ts';
import { hiddenMarks } from './marks.ts';
import type { Stamped } from './message.ts';
import type { Model } from './model.ts';
import { planLines } from './plan-lines.ts';
import type { Question } from './question.ts';
import { namedShort, transferLines } from './transfer-words.ts';

type Wrote = Extract<Stamped, { type: 'wrote' }>;
type Asked = Extract<SavedEdit, { readonly did: 'conflict' | 'empty' | 'ask' }>;

/** What has to be agreed to before something is written, or written over. */
export function questionFor(model: Model, reply: Wrote, asked: Asked): Question {
  const { what, label, ids, notes = [], texts = [] } = reply;
  const { editor, naming } = model;
  const name = editor ? editedName(editor) : show(label);
  if (asked.did === 'conflict') {
    const only = editor?.key
      ? ['o replaces only this value in what is there now.']
      : ['o writes the edit over it.'];
    const title = 'changed on disk';
    const lines = [
      asked.now === null
        ? `${name} was deleted since the edit began. Nothing was written.`
        : `${name} was changed by somebody else since the edit began. Nothing was written.`,
      ...(asked.now === null ? ['o creates it again with the edit.'] : only),
      't drops the edit and takes what is there.',
      'esc goes back to the edit.',
    ];
    return { about: 'conflict', now: asked.now, title, lines };
  }
  if (asked.did === 'empty') {
    return {
      about: 'empty',
      title: 'save nothing at all?',
      lines: [`The value of ${name} would be empty.`, 'y writes it. esc goes back to the edit.'],
    };
  }
  const { plan, agreement } = asked;
  const lines = planLines(plan);
  const lockOut = plan.warnings.find(({ code }) => code === 'nobody-here-reads');
  if (what === 'save') {
    const typed = lockOut ? name : null;
    return { about: 'save', title: `save ${name}?`, lines, agreed: agreement, name: typed, typed: '' };
  }
  if (what === 'remove') {
    const title = `delete ${show(label)}?`;
    const all = ids.length > 1 ? [...removalLines(model, plan), ...lines] : lines;
    return { about: 'remove', title, lines: all, agreed: agreement, ids };
  }
  if (reply.wish) return readersQuestion(reply.wish, asked, label, notes, texts);
  if (naming && naming.kind !== 'reader') {
    const title = `${naming.kind === 'mv' ? 'move' : 'copy'} ${namedShort(naming)}?`;
    const changes = transferLines(naming, ids, plan, notes, texts);
    const typed = lockOut ? show(lockOut.path) : null;
    return { about: 'transfer', title, lines: changes, agreed: agreement, name: typed, typed: '' };
  }
  const which = what === 'redo' ? 'redo' : 'undo';
  const title = which === 'undo' ? `take back ${show(label)}?` : `do again ${show(label)}?`;
  return { about: which, title, lines, agreed: agreement };
}

/** What deleting several comes to, before the names of all of them. */
function removalLines(model: Model, { steps }: PlanView): readonly string[] {
  const files = steps.filter(({ do: what }) => what === 'delete').length;
  const isRuled = steps.some(({ do: what }) => what === 'rewrite');
  const hidden = hiddenMarks(model);
  return [
    `${counted(files, 'file')} ${files === 1 ? 'is' : 'are'} deleted${isRuled ? ' and their rules taken out' : ''}; ${keyFor('undo')} brings all of it back.`,
    ...(hidden > 0 ? [`! the filter hides ${hidden} of them`] : []),
  ];
}
