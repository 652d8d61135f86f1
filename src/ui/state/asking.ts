import { changeReaders } from '../matrix/reviewing.ts';
import { acceptMessage, commitAgreed, keepMessage } from './committing.ts';
import { closeForm } from './creating.ts';
import { leaveEditor, save } from './editing.ts';
import { type Model, restingView, type Toast } from './model.ts';
import { transferNamed } from './naming.ts';
import { answerOutside } from './outside.ts';
import type { OutsideAnswers } from './outside-state.ts';
import { mayAskName, type Question } from './question.ts';
import { runReload } from './reloading.ts';
import { andThen, info, type ModelStep, request, still, warning, withEffect, withToast } from './step.ts';
import { reverse } from './writing.ts';

const writing: Toast = { level: 'info', text: 'writing', until: null };

const questionOf = ({ view }: Model): Question | null => (view.kind === 'question' ? view.question : null);

/** Back to where one was, with nothing done. */
export function decline(model: Model): ModelStep {
  const asked = questionOf(model);
  // Only the new message is given up.
  if (asked?.about === 'commit' && asked.draft !== null) return still(keepMessage(model, asked));
  const question = questionOf(model);
  if (question?.about === 'outside') return answerOutside(model, question.back);
  return still({ ...model, view: restingView(model) });
}

/** What was asked about happens. */
export function agree(model: Model, now: number): ModelStep {
  const question = questionOf(model);
  const back: Model = { ...model, view: restingView(model) };
  if (!question) return still(model);
  switch (question.about) {
    case 'leave':
      return andThen(back.form ? closeForm(back) : leaveEditor(back), (left) =>
        still(withToast(left, info('the edit was dropped; nothing was written', now))),
      );
    case 'exit':
      return withEffect({ ...back, editor: null, outside: null }, { type: 'close-draft' }, { type: 'quit' });
    case 'empty':
      return save({ ...back, editor: back.editor && { ...back.editor, mayBeEmpty: true } }, now);
    case 'save':
      return save(back, now, question.agreed);
    case 'remove': {
      const { ids, agreed } = question;
      return request(back, 'write', (id) => ({ type: 'remove', request: id, ids, agreed }));
    }
    case 'readers':
      return changeReaders(back, question.wish, question.agreed);
    case 'transfer':
      return transferNamed(back, now, question.agreed);
    case 'undo':
    case 'redo':
      return reverse(back, question.about, question.agreed);
    case 'outside':
      return answerBy(model, 'agree');
    case 'new':
      return request(
        withToast(
          {
            ...back,
            form: back.form && { ...back.form, isBusy: true },
            editor: back.editor && { ...back.editor, isSaving: true },
          },
          writing,
        ),
        'write',
        (number) => ({ type: 'apply-new', request: number }),
      );
    case 'commit':
      return commitAgreed(back, question);
    case 'conflict':
      return still(model);
  }
}

/** Of a question about what the user's own editor saved; another has no such answer. */
export function answerBy(model: Model, command: keyof OutsideAnswers): ModelStep {
  const question = questionOf(model);
  const choice = question?.about === 'outside' ? question.answers[command] : undefined;
  return choice === undefined ? still(model) : answerOutside(model, choice, command === 'theirs');
}

/** Writes over what changed on disk meanwhile; a change after that is asked about again. */
export function overwrite(model: Model, now: number): ModelStep {
  const question = questionOf(model);
  if (question?.about === 'outside') return answerBy(model, 'overwrite');
  if (question?.about !== 'conflict') return still(model);
  const editor = model.editor && { ...model.editor, base: question.now };
  return save({ ...model, editor, view: restingView(model) }, now);
}

/** Drops the edit, and reads what is on disk. */
export const takeTheirs = (model: Model, now: number): ModelStep =>
  questionOf(model)?.about === 'outside'
    ? answerBy(model, 'theirs')
    : andThen(leaveEditor(model), (left) => runReload(left, now));

/** The name was typed, or it was not. */
export function answerWithName(model: Model, now: number): ModelStep {
  const question = questionOf(model);
  if (question?.about === 'commit') return acceptMessage(model, question, now);
  if (!question || !mayAskName(question)) return still(model);
  if (question.typed === question.name) return agree(model, now);
  return still(withToast(model, warning(`not written: type ${question.name} to do it`, now)));
}
