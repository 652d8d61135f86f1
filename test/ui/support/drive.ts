import type { Session } from '../../../src/app/session.ts';
import { runUi } from '../../../src/ui/main.tsx';
import type { UiOptions } from '../../../src/ui/ui-options.ts';
import { createFakeSession, type FakeOptions, type FakeSession } from './fake-session.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';

/** The real program in a terminal in memory, over a session in memory or a real one. */
export interface Driven<S extends Session = FakeSession> {
  readonly session: S;
  readonly terminal: FakeTerminal;
  /** Sends bytes as a keyboard would and waits until the program is at rest. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly screen: () => Promise<string[]>;
  readonly text: () => Promise<string>;
  /** Waits for a text to appear on the screen; fails with what is there instead. */
  readonly see: (text: string | RegExp | ((screen: string) => boolean)) => Promise<void>;
  readonly settle: () => Promise<void>;
  readonly status: Promise<number>;
  readonly stderr: () => string;
  readonly quit: () => Promise<number>;
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly ascii?: boolean;
  readonly noColor?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly stopJob?: () => void;
}

export interface DriveOptions extends FakeOptions, TerminalOptions {
  readonly wrap?: (session: FakeSession) => FakeSession;
}

export const keys = {
  enter: '\r',
  esc: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  pageDown: '\u001b[6~',
  tab: '\t',
  end: '\u001b[F',
  backspace: '\u007f',
  ctrl: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
  paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
  blur: '\u001b[O',
} as const;

export async function drive(options: DriveOptions): Promise<Driven> {
  const fake = createFakeSession(options);
  return driveSession(options.wrap ? options.wrap(fake) : fake, options);
}

export async function driveSession<S extends Session>(
  session: S,
  options: TerminalOptions = {},
): Promise<Driven<S>> {
  const { columns = 80, rows = 24, ascii = false, noColor = false } = options;
  const terminal = createFakeTerminal(columns, rows);
  const errors: string[] = [];
  const ui: UiOptions = {
    ascii,
    noColor,
    env: { TERM: 'xterm-256color', LANG: 'en_US.UTF-8', ...options.env },
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    stderr: { write: (text) => errors.push(text) },
    ...(options.stopJob && { stopJob: options.stopJob }),
  };
  const status = runUi(session, ui);
  const settle = async (): Promise<void> => {
    // At rest: nothing was written for longer than the escape timer and a frame take together.
    for (let quiet = 0, length = -1; quiet < 3; quiet += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (terminal.written().length !== length) quiet = 0;
      length = terminal.written().length;
    }
  };
  const screen = (): Promise<string[]> => terminal.screen();
  const text = async (): Promise<string> => (await screen()).join('\n');
  await settle();
  return {
    session,
    terminal,
    settle,
    screen,
    text,
    status,
    stderr: () => errors.join(''),
    async press(...pressed) {
      for (const key of pressed) {
        terminal.stdin.write(key);
        await settle();
      }
    },
    async see(expected) {
      const deadline = Date.now() + 10_000;
      while (Date.now() < deadline) {
        const now = await text();
        if (typeof expected === 'function' && expected(now)) return;
        if (typeof expected === 'string' && now.includes(expected)) return;
        if (expected instanceof RegExp && expected.test(now)) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`never saw ${expected}; the screen is:\n${await text()}`);
    },
    async quit() {
      terminal.stdin.write(keys.ctrl('c'));
      return status;
    },
  };
}
