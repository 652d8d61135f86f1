import type { Obstacle } from '../../app/usecases/text-obstacle.ts';
import { show } from '../../core/safe-text.ts';
import { editedName } from './editing.ts';
import type { OutsideAnswers, OutsideDoubt, OutsideQuestion, OutsideState } from './outside-state.ts';
import { isLockOut, planLines } from './plan-lines.ts';

const again = 'e opens the editor again with your text; so does esc.';
const drop = 'd drops the edit.';

/** What a person is asked about a text that the editor saved and that is not simply written. */
export function outsideQuestion(edited: OutsideState, doubt: OutsideDoubt): OutsideQuestion {
  const rest = { about: 'outside', back: 'again', name: null, typed: '' } as const;
  const name = editedName(edited);
  if (doubt.kind === 'obstacle') return { ...rest, ...askedAbout(name, doubt.obstacle) };
  const { plan } = doubt;
  const answers: OutsideAnswers = { agree: 'write', again: 'again', drop: 'discard' };
  const title = `save ${name}?`;
  if (!isLockOut(plan)) {
    return { ...rest, title, answers, lines: [...planLines(plan), 'y writes it.', again, drop] };
  }
  const lines = [...planLines(plan), 'esc opens the editor again with your text.'];
  return { ...rest, title, answers, lines, name };
}

/** Says `show()`n what stands in the way, and which key does what. */
function askedAbout(
  name: string,
  { kind, error }: Obstacle,
): Pick<OutsideQuestion, 'title' | 'lines' | 'answers'> & Partial<Pick<OutsideQuestion, 'back'>> {
  const says = `${name}: ${show(error.says)}. Nothing was written.`;
  switch (kind) {
    case 'broken':
    case 'no-text':
      return {
        title: 'not saved',
        lines: [says, again, drop],
        answers: { again: 'again', drop: 'discard' },
      };
    case 'empty':
      return {
        title: 'save nothing at all?',
        lines: [`The value of ${name} would be empty.`, 'y writes it.', again, drop],
        answers: { agree: 'write', again: 'again', drop: 'discard' },
      };
    case 'failed': {
      const hint = error.hint === undefined ? [] : [show(error.hint)];
      return {
        title: 'not saved',
        lines: [says, ...hint, 'y tries to write it again.', again, drop],
        answers: { agree: 'write', again: 'again', drop: 'discard' },
      };
    }
    case 'changed':
      return {
        title: 'changed on disk',
        lines: [
          `${name} was changed by somebody else since the edit began. Nothing was written.`,
          'o writes the edit over it.',
          't drops the edit and takes what is there.',
          'e opens the editor again with theirs beside yours; so does esc.',
        ],
        answers: { overwrite: 'write', theirs: 'discard', again: 'both' },
        back: 'both',
      };
  }
}
