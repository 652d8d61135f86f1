import type { Choice } from '../../app/usecases/text-obstacle.ts';
import type { OutsideDoubt } from './outside-state.ts';

/** A question that an effect waits for a person to answer. */
export interface DoubtLine {
  readonly ask: (request: number, doubt: OutsideDoubt) => Promise<Choice>;
  readonly answer: (choice: Choice) => void;
}

export function createDoubtLine(onAsked: (request: number, doubt: OutsideDoubt) => void): DoubtLine {
  let waiting: ((choice: Choice) => void) | null = null;
  return {
    ask: (request, doubt) =>
      new Promise((resolve) => {
        waiting = resolve;
        onAsked(request, doubt);
      }),
    answer(choice) {
      const resolve = waiting;
      waiting = null;
      resolve?.(choice);
    },
  };
}
