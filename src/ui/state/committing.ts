import { leftOutOf } from '../../core/commit-notes.ts';
import type { CommitPlan } from '../../core/commit-plan.ts';
import { counted } from '../../core/counted.ts';
import { show } from '../../core/safe-text.ts';
import { commitQuestion } from './commit-question.ts';
import { uncommittedFiles } from './git-told.ts';
import type { Stamped } from './message.ts';
import { type Model, restingView } from './model.ts';
import type { Question } from './question.ts';
import { sayError, take, withRepository } from './replies.ts';
import {
  andThen,
  failure,
  info,
  type ModelStep,
  preparing,
  request,
  still,
  warning,
  withToast,
} from './step.ts';

type Asked = Question & { readonly about: 'commit' };

/** Shows what a commit would be; nothing is done before somebody agrees. */
export const askCommit = (model: Model): ModelStep =>
  request(preparing({ ...model, revealed: null }), 'write', (id) => ({ type: 'plan-commit', request: id }));

export function onCommitPlanned(
  model: Model,
  reply: Extract<Stamped, { type: 'commit-planned' }>,
): ModelStep {
  const current = take(model, 'write', reply);
  if (!current) return still(model);
  const { outcome, now } = reply;
  if (!outcome.ok) return still(withToast(current, failure(sayError(outcome.error))));
  if (outcome.value.files.length > 0)
    return still(asking({ ...current, toast: null }, outcome.value, outcome.value.message));
  return still(withToast(current, nothingToCommit(current, outcome.value, now)));
}

const asking = (model: Model, plan: CommitPlan, message: string): Model => ({
  ...model,
  view: { kind: 'question', question: commitQuestion(plan, message), top: 0 },
});

function nothingToCommit(model: Model, plan: CommitPlan, now: number): ReturnType<typeof info> {
  const left = leftOutOf(plan).map((says) => show(says));
  if (left.length > 0) return warning(`nothing to commit: ${left.join('; ')}`, now);
  const others = uncommittedFiles(model);
  const says = 'nothing that keyhole wrote differs from the last commit';
  return info(others === 0 ? says : `${says}; ${counted(others, 'file')} changed by something else`, now);
}

/** The message is typed anew, or changed. */
export function editMessage(model: Model): ModelStep {
  const { view } = model;
  if (view.kind !== 'question' || view.question.about !== 'commit') return still(model);
  const { question } = view;
  // The line that is typed takes the place of the one that says the message.
  const lines = question.lines.slice(1);
  return still({
    ...model,
    view: { ...view, top: 0, question: { ...question, lines, draft: question.message } },
  });
}

/** What was typed is the message; it is not committed by that. */
export function acceptMessage(model: Model, { plan, draft }: Asked, now: number): ModelStep {
  if (draft === null) return still(model);
  if (draft.trim() === '') return still(withToast(model, warning('a commit needs a message', now)));
  return still(asking(model, plan, draft.trim()));
}

export const keepMessage = (model: Model, { plan, message }: Asked): Model => asking(model, plan, message);

export function commitAgreed(model: Model, { plan, message }: Asked): ModelStep {
  const told = withToast(model, { level: 'info', text: 'git commits', until: null });
  return request(told, 'write', (id) => ({ type: 'commit', request: id, plan, message }));
}

export function onCommitted(model: Model, reply: Extract<Stamped, { type: 'committed' }>): ModelStep {
  const current = take(model, 'write', reply);
  if (!current) return still(model);
  const { outcome, plan, message, repository, now } = reply;
  // With the message that was typed for it, so that only the reason has to be mended.
  if (!outcome.ok) return still(withToast(asking(current, plan, message), failure(sayError(outcome.error))));
  if (outcome.value.did === 'ask') {
    const says = 'not committed: what there is to commit changed meanwhile';
    const again = outcome.value.plan;
    return still(
      withToast(again.files.length > 0 ? asking(current, again, message) : current, warning(says, now)),
    );
  }
  const { commit, notes } = outcome.value;
  const said = `committed ${commit?.slice(0, 7) ?? ''} ${show(message)}`;
  const toast =
    notes.length === 0
      ? info(said, now)
      : warning([said, ...notes.map((note) => show(note))].join('; '), now);
  // What was committed is not taken back without a question.
  const rested: Model = { ...current, view: restingView(current), ownWrites: { undo: 0, redo: 0 } };
  return andThen(withRepository(rested, repository), (next) => still(withToast(next, toast)));
}
