import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';

export interface Progress {
  /** Says how far `what` is. */
  tell(what: string, done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds: what is over sooner needs no progress, and nobody reads faster. */
const patience = 700;
const rate = 100;

/** One line on a terminal with counts and the time left, for what takes long; nothing anywhere else. */
export function showProgress(invocation: Invocation, { stderr }: CliIo): Progress {
  if (!stderr.isTerminal() || hasOption(invocation, 'quiet')) return { tell: () => {}, end: () => {} };
  let phase = { what: '', began: performance.now() };
  let drawn = 0;
  let isDrawn = false;
  return {
    tell(what, done, total) {
      const now = performance.now();
      if (what !== phase.what) phase = { what, began: now };
      const spent = now - phase.began;
      if (spent < patience || now - drawn < rate) return;
      drawn = now;
      isDrawn = true;
      const left = done === 0 ? '' : `, ${timeLeft((spent / done) * (total - done))} left`;
      stderr.write(`\r\x1b[Kkeyhole: ${what}: ${done} of ${total}${left}`);
    },
    end() {
      if (isDrawn) stderr.write('\r\x1b[K');
      isDrawn = false;
    },
  };
}

function timeLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
