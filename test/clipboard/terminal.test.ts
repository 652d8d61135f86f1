import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClipboard } from '../../src/app/clipboard/clipboard.ts';
import { systemPorts } from '../../src/app/clipboard/clipboard-ports.ts';
import { isOwner, markOwner } from '../../src/app/clipboard/owner-mark.ts';
import { describeWithPeers } from '../support/peers.ts';
import { copierReport, createTmuxWorld, type TmuxWorld, until } from './support/tmux-terminal.ts';

const copier = path.join(import.meta.dirname, 'support/copier.ts');
// Longer than one of screen's strings.
const value = Buffer.from(`correct horse — ${'battery staple '.repeat(60)}\n`);
const sequence = `\u001b]52;c;${value.toString('base64')}\u0007`;
const clearing = '\u001b]52;c;\u0007';

let world: TmuxWorld;
const file = (name: string): string => path.join(world.directory, name);
const record = (): string => (existsSync(file('record')) ? readFileSync(file('record'), 'latin1') : '');

/** Runs a command in a tmux pane that no longer knows of tmux, and records what it writes to its terminal. */
async function runInTerminal(command: string): Promise<void> {
  writeFileSync(file('secret'), value);
  world.run(
    'terminal',
    'new-session',
    '-d',
    '-x',
    '80',
    '-y',
    '24',
    `read go; unset TMUX TMUX_PANE; ${command}; exec cat`,
  );
  world.run('terminal', 'set-option', '-s', 'set-clipboard', 'on');
  world.run('terminal', 'pipe-pane', `exec cat > ${file('record')}`);
  await until(() => existsSync(file('record')));
  world.run('terminal', 'send-keys', 'Enter');
}
const startCopier = (seconds: number): string =>
  `'${process.execPath}' '${copier}' '${file('secret')}' '${file('report')}' ${seconds}`;

describeWithPeers('copying in a plain terminal', ['tmux'], () => {
  beforeEach(() => {
    world = createTmuxWorld();
  });
  afterEach(() => world.end());

  it('sends one OSC 52 sequence, says it cannot know, and clears after its own end by kill -9', async () => {
    await runInTerminal(startCopier(4));
    const { pid, copied } = await until(() => copierReport(file('report')));
    expect(copied).toEqual({
      ok: true,
      value: { route: 'osc52', certainty: 'sent', clearsAfterSeconds: 4, says: 'sent to your terminal' },
    });
    await until(() => record().includes(sequence));
    expect(world.run('terminal', 'show-buffer')).toBe(value.toString());
    process.kill(pid, 'SIGKILL');
    expect(record()).not.toContain(clearing);
    await until(() => record().includes(clearing));
  });
});

describeWithPeers('copying inside GNU screen', ['tmux', 'screen'], () => {
  beforeEach(() => {
    world = createTmuxWorld();
  });
  afterEach(() => world.end());

  it('passes through screen to its terminal in pieces that screen takes, and clears the same way', async () => {
    writeFileSync(file('in-screen.sh'), `${startCopier(2)}\n`);
    await runInTerminal(`screen -c /dev/null -S keyhole sh '${file('in-screen.sh')}'`);
    const { pid, copied } = await until(() => copierReport(file('report')));
    expect(copied.ok && [copied.value.route, copied.value.says]).toEqual([
      'screen',
      'sent to your terminal through screen',
    ]);
    await until(() => world.copies('terminal').includes(value.toString()));
    await until(() => record().includes(clearing));
    process.kill(pid);
  });
});

describe('the mark of who copied last', () => {
  const runtime = mkdtempSync(path.join(tmpdir(), 'keyhole-runtime-'));
  afterAll(() => rmSync(runtime, { recursive: true, force: true }));
  const env = { XDG_RUNTIME_DIR: runtime };

  it('is kept in a directory of our own, and not where a link in its place leads', () => {
    const elsewhere = path.join(runtime, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, path.join(runtime, 'keyhole'));
    expect(markOwner(env, 'a terminal', 'nonce')).toBeNull();
    expect(readdirSync(elsewhere)).toEqual([]);

    unlinkSync(path.join(runtime, 'keyhole'));
    const mark = markOwner(env, 'a terminal', 'nonce');
    expect(mark).not.toBeNull();
    expect(isOwner(mark)).toBe(true);
    markOwner(env, 'a terminal', 'later');
    expect(isOwner(mark)).toBe(false);
  });
});

describe('a terminal that is not there, or has no clipboard', () => {
  const copy = (env: Record<string, string>, terminal: string, bytes = value) =>
    createClipboard(env, { ...systemPorts, platform: 'linux', terminal, self: null }).copy(bytes);

  it('is said, and nothing claims to have been copied', async () => {
    const nowhere = await copy({ TERM: 'xterm' }, '/nonexistent/tty');
    const console_ = await copy({ TERM: 'linux' }, '/nonexistent/tty');
    expect([nowhere, console_].map((copied) => !copied.ok && [copied.error.code, copied.error.says])).toEqual(
      [
        ['io', 'there is no terminal to send the copy to'],
        ['io', 'this terminal has no clipboard'],
      ],
    );
  });

  it('refuses what no clipboard would keep as it is', async () => {
    const causes = await Promise.all(
      [Buffer.alloc(0), Buffer.from([0xff, 0xfe]), Buffer.from('a\0b'), Buffer.alloc(80_000, 'x')].map(
        async (bytes) => {
          const copied = await copy({ TERM: 'xterm' }, '/dev/null', bytes);
          return copied.ok ? 'copied' : `${copied.error.code}: ${copied.error.says}`;
        },
      ),
    );
    expect(causes).toEqual([
      'refused: the value is empty, there is nothing to copy',
      'refused: the value is not text, a clipboard would change it',
      'refused: the value is not text, a clipboard would change it',
      'refused: terminals take at most 74994 bytes, the value has 80000',
    ]);
  });

  it.each([[null], [['/nonexistent/keyhole']], [['true']], [['false']]])(
    'says that nothing will clear it when the helper does not come up: %j',
    async (self) => {
      const ports = { ...systemPorts, platform: 'linux', terminal: '/dev/null', self } as const;
      const copied = await createClipboard({ TERM: 'xterm', PATH: process.env['PATH'] }, ports).copy(value);
      expect(copied.ok && copied.value.clearsAfterSeconds).toBeNull();
    },
  );
});
