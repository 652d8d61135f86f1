import type { Choice, Obstacle } from '../app/usecases/text-obstacle.ts';
import { show } from '../core/safe-text.ts';

interface Answer {
  readonly letter: string;
  readonly says: string;
  readonly choice: Choice;
}

const again: Answer = { letter: 'e', says: '(e)dit it again', choice: 'again' };
const discard: Answer = { letter: 'd', says: '(d)iscard it', choice: 'discard' };
const write = (says: string): Answer => ({ letter: 'w', says, choice: 'write' });

const answers: Readonly<Record<Obstacle['kind'], readonly Answer[]>> = {
  broken: [again, write('(w)rite it all the same'), discard],
  empty: [again, write('(w)rite nothing into it'), discard],
  'no-text': [again, discard],
  failed: [again, write('try to (w)rite it again'), discard],
  changed: [
    { letter: 'e', says: '(e)dit yours again with theirs beside it', choice: 'both' },
    write('(w)rite yours over theirs'),
    { ...discard, says: '(d)iscard yours' },
  ],
};

/** Asks on the terminal what is to become of a text that cannot simply be written; `null` without a terminal. */
export async function askObstacle({ kind, error }: Obstacle): Promise<Choice | null> {
  const { readLine } = await import('../app/terminal/read-line.ts');
  const offered = answers[kind];
  const hint = kind === 'failed' && error.hint ? ` (${show(error.hint)})` : '';
  const question = `${show(error.where ?? '')}: ${show(error.says)}${hint}: ${offered.map(({ says }) => says).join(', ')}? `;
  for (;;) {
    const typed = await readLine(question, { echo: true });
    if (!typed.ok) return typed.error.code === 'needs-prompt' ? null : 'discard';
    const letter = Buffer.from(typed.value).toString().trim().toLowerCase().charAt(0);
    const answer = offered.find((one) => one.letter === letter);
    if (answer) return answer.choice;
  }
}
