import type { LendTerminal } from '../../app/editor/lend-terminal.ts';
import { readLineModes, restoreLineModes } from '../../app/terminal/line-modes.ts';
import { focusReportsOff, focusReportsOn } from './focus-reports.ts';
import { usualEmptyScreen, usualModes } from './usual-modes.ts';

export interface TerminalLoan {
  /**
   * Ink's own way: leaves the alternate screen and raw mode while the callback runs, and draws all of it afterwards. Set
   * when the first frame is made, because only Ink's context has it.
   */
  suspend?: (callback: () => Promise<void>) => Promise<void>;
  readonly lend: LendTerminal;
  /** Somebody else draws: whatever is written now lands in the middle of it, and Ctrl-C is theirs. */
  readonly isOut: () => boolean;
  /** Now, or as soon as the terminal is back. */
  readonly whenBack: (act: () => void) => void;
}

/**
 * Gives the terminal to other programs, and takes it back as it was whatever they did to it. `flush` resolves once the
 * last frame is out.
 */
export function createTerminalLoan(
  stdout: { write(text: string): unknown },
  isLinear: boolean,
  flush: () => Promise<void>,
): TerminalLoan {
  let isOut = false;
  let waiting: (() => void)[] = [];

  const lend: LendTerminal = async <T>(use: () => Promise<T>): Promise<T> => {
    const results: T[] = [];
    await flush();
    isOut = true;
    try {
      await loan.suspend?.(async () => {
        stdout.write(focusReportsOff);
        const modes = readLineModes();
        try {
          results.push(await use());
        } finally {
          restoreLineModes(modes);
          // What was drawn on the other screen goes before ours is drawn: Ink draws only over what it needs.
          stdout.write(isLinear ? usualModes : usualEmptyScreen);
        }
      });
    } finally {
      isOut = false;
      stdout.write(focusReportsOn);
      for (const act of waiting) act();
      waiting = [];
    }
    const [result] = results;
    if (results.length === 0) throw new Error('the terminal was not lent');
    return result as T;
  };

  const loan: TerminalLoan = {
    lend,
    isOut: () => isOut,
    whenBack(act) {
      if (isOut) waiting.push(act);
      else act();
    },
  };
  return loan;
}
