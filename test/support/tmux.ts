import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TmuxOptions {
  readonly columns: number;
  readonly rows: number;
  /** argv of the program in the pane. */
  readonly command: readonly string[];
  readonly cwd?: string;
  /** The program's whole environment, beside what tmux itself sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Value of tmux's `set-clipboard`; its own default is `external`. */
  readonly clipboard?: 'on' | 'external' | 'off';
}

/** One program in a real terminal: a tmux server of its own, with nobody's configuration. */
export interface Tmux {
  /** The visible screen as text, lines without trailing spaces. */
  screen(): string;
  /** The visible screen with its colours and attributes as SGR sequences. */
  colouredScreen(): string;
  /** Types text as it stands. */
  type(text: string): void;
  /** Presses keys by tmux's names for them: `Enter`, `Escape`, `C-c`, `Down`. */
  press(...keys: readonly string[]): void;
  /** Waits until the screen satisfies `wanted`; fails with the last screen after 20 seconds. */
  waitFor(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string>;
  /** Runs another tmux command on this server and returns what it printed. */
  command(...commandArguments: readonly string[]): string;
  /** Process id of the program in the pane. */
  readonly pid: number;
  /** Path of the server's socket. */
  readonly socket: string;
  close(): void;
}

const patience = 20_000;

export function startTmux(options: TmuxOptions): Tmux {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyhole-tmux-'));
  const socket = path.join(directory, 'socket');
  const tmux = (...commandArguments: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...commandArguments], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        HOME: directory,
        SHELL: '/bin/sh',
      },
    });
  const { TERM = 'tmux-256color', ...rest } = options.env ?? {};
  const assignments = Object.entries({ PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...rest }).map(
    ([name, value]) => `${name}=${value}`,
  );
  tmux(
    'new-session',
    '-d',
    ...['-x', `${options.columns}`, '-y', `${options.rows}`],
    ...['-c', options.cwd ?? directory],
    // Of this process's environment only what says where the program runs gets through.
    ...['-e', `WANTED_TERM=${TERM}`],
    ...[
      'sh',
      '-c',
      `tmux -S ${socket} wait-for configured; exec env -i TMUX="$TMUX" TERM="$WANTED_TERM" "$@"`,
      'sh',
    ],
    ...assignments,
    ...options.command,
  );
  tmux('set-option', '-g', 'status', 'off');
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  tmux('set-option', '-g', 'escape-time', '0');
  if (options.clipboard) tmux('set-option', '-s', 'set-clipboard', options.clipboard);
  tmux('wait-for', '-S', 'configured');

  const screen = () => tmux('capture-pane', '-p').replace(/\s+$/, '');
  return {
    screen,
    colouredScreen: () => tmux('capture-pane', '-p', '-e'),
    type: (text) => void tmux('send-keys', '-l', '--', text),
    press: (...keys) => void tmux('send-keys', '--', ...keys),
    waitFor: (wanted) => waitUntil(screen, wanted),
    command: tmux,
    get pid() {
      return Number(tmux('display-message', '-p', '#{pane_pid}'));
    },
    socket,
    close: () => {
      spawnSync('tmux', ['-S', socket, 'kill-server'], { stdio: 'ignore' });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function waitUntil(
  screen: () => string,
  wanted: string | RegExp | ((screen: string) => boolean),
): Promise<string> {
  const satisfied = (text: string) =>
    typeof wanted === 'function'
      ? wanted(text)
      : typeof wanted === 'string'
        ? text.includes(wanted)
        : wanted.test(text);
  const deadline = Date.now() + patience;
  for (;;) {
    const text = screen();
    if (satisfied(text)) return text;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${wanted}; the screen shows\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
