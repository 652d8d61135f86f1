import { explainCost } from '../../app/terminal/explain-cost.ts';
import { createLineInput } from '../../app/terminal/line-input.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';

/**
 * The passphrase being typed: bytes in one buffer outside the model, so that no state, message or frame holds it.
 * What is typed arrives from Ink as strings, which nobody can overwrite; they are fed here and dropped.
 */
export interface PassphraseLine {
  /** For the session: asks through `onAsked` and waits for `answer`. */
  readonly ask: AskPassphrase;
  readonly type: (text: string) => void;
  readonly edit: (edit: 'erase' | 'erase-line') => void;
  readonly isFilled: () => boolean;
  readonly answer: (answer: 'send' | 'cancel') => void;
}

const eraseByte = Uint8Array.of(0x7f);
const eraseLineByte = Uint8Array.of(0x15);

export function createPassphraseLine(onAsked: (origin: string, attempt: number) => void): PassphraseLine {
  let line = createLineInput();
  let waiting: ((answer: Uint8Array | null) => void) | null = null;

  const forget = (): void => {
    line.wipe();
    line = createLineInput();
  };

  return {
    ask({ origin, attempt, cost }) {
      forget();
      waiting?.(null); // a question that another one replaces is answered by nobody
      return new Promise((resolve) => {
        waiting = resolve;
        onAsked(cost === undefined ? origin : `${origin} (${explainCost(cost)})`, attempt);
      });
    },
    type(text) {
      // A pasted line break ends nothing: only the Enter key sends.
      const bytes = Buffer.from(text.replace(/\p{Cc}/gu, ''));
      line.feed(bytes);
      bytes.fill(0);
    },
    edit(edit) {
      line.feed(edit === 'erase' ? eraseByte : eraseLineByte);
    },
    isFilled() {
      const bytes = line.take();
      bytes.fill(0);
      return bytes.length > 0;
    },
    answer(answer) {
      const resolve = waiting;
      waiting = null;
      const bytes = answer === 'send' ? line.take() : null;
      forget();
      resolve?.(bytes);
    },
  };
}
