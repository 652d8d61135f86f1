import { commitNotes } from '../../core/commit-notes.ts';
import type { CommitPlan } from '../../core/commit-plan.ts';
import { counted } from '../../core/counted.ts';
import { show } from '../../core/safe-text.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Question } from './question.ts';

const verbs = { added: 'adds', changed: 'changes', deleted: 'deletes' } as const;

/** What a commit would hold and run, and what it would be called. */
export function commitQuestion(plan: CommitPlan, message: string): Question {
  const { files, branch } = plan;
  const where = branch === null ? '' : ` on ${show(branch)}`;
  const lines = [
    `message: ${show(message)}`,
    ...files.map(
      ({ did, path, what }) => `${verbs[did]} ${show(path)}${what === 'nothing' ? '' : `, ${what}`}`,
    ),
    ...commitNotes(plan).map(({ says, isWarning }) => `${isWarning ? '! ' : ''}${show(says)}`),
    'git may ask for the key that signs your commits',
    `${keyFor('agree')} commits. ${keyFor('message')} changes the message. ${keyFor('decline')} goes back.`,
  ];
  return {
    about: 'commit',
    title: `commit ${counted(files.length, 'file')}${where}?`,
    lines,
    plan,
    message,
    draft: null,
  };
}
