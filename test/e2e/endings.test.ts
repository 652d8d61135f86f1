import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const value = 'not-real-admin-password-immich';

/** Files below a directory that hold the text. */
function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(directory, file))
    .filter(
      (file) => statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file).includes(text),
    );
}

describeWithPeers('however it ends', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  /** The program, with one value revealed, and its process id. */
  async function revealed(): Promise<{ terminal: Tmux; pid: number }> {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    enter(terminal, `sh -c 'echo pid=$$; exec ${terminals.openDemo}'`);
    const pid = Number(/^pid=(\d+)/m.exec(await terminal.waitFor(/^pid=\d+/m))?.[1]);
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('x');
    await terminal.waitFor(value);
    return { terminal, pid };
  }

  const valueOnDisk = () =>
    [terminals.home, terminals.temporary, terminals.repository].flatMap((d) => filesWith(d, 'not-real'));

  test('the search for leaks finds one that is planted', () => {
    const planted = path.join(terminals.temporary, 'planted');
    writeFileSync(planted, `x${value}x`);
    expect(valueOnDisk()).toEqual([planted]);
    writeFileSync(planted, '');
  });

  test('killed with -9, nothing of the value lies on a disk', async () => {
    const { terminal, pid } = await revealed();
    process.kill(pid, 'SIGKILL');
    await terminal.waitFor('Killed');
    expect(valueOnDisk()).toEqual([]);
    // What README advises: Enter does nothing on a terminal that was left raw.
    expect(terminal.screen()).toContain(value);
    terminal.type('reset');
    terminal.press('C-j');
    await terminal.waitFor((screen) => /^ready\$$/m.test(screen) && !screen.includes('? help'));
    expect(terminal.command('capture-pane', '-p', '-S', '-')).not.toContain('not-real');
    enter(terminal, 'echo still "$((40 + 2))"');
    await terminal.waitFor('still 42');
  });

  /**
   * Writes the value at the end of every line, as a long one would have been drawn, behind the program's back. The
   * cursor is then at the top, from where a program that does not clear the screen leaves most of it.
   */
  function scribble(terminal: Tmux): void {
    const tty = terminal.command('display-message', '-p', '#{pane_tty}').trim();
    const lines = Array.from({ length: 24 }, (_, row) => `\u001b[${row + 1};48H ${value}`);
    writeFileSync(tty, `${lines.join('')}\u001b[H`);
  }

  test('killed with -9 and started again in the same terminal, nothing of the value is left', async () => {
    const { terminal, pid } = await revealed();
    process.kill(pid, 'SIGKILL');
    await terminal.waitFor('Killed');
    // The terminal is still in the alternate screen and holds what was drawn.
    expect(terminal.command('display-message', '-p', '#{alternate_on}').trim()).toBe('1');
    terminal.type(terminals.openDemo);
    scribble(terminal);
    terminal.press('C-j');
    const started = await terminal.waitFor(/ 1\/88 [\s\S]*\? help\s*$/);
    expect(started).not.toContain('not-real');
    terminal.press('L');
    expect(await terminal.waitFor(/ locked\n/)).not.toContain('not-real');
  });

  test.each([
    ['a lock', 'L'],
    ['Ctrl-L', 'C-l'],
  ])('%s draws everything anew, whatever is on the screen', async (_, key) => {
    const { terminal } = await revealed();
    terminal.press('x');
    await terminal.waitFor((screen) => !screen.includes(value));
    scribble(terminal);
    await terminal.waitFor(value);
    terminal.press(key);
    await terminal.waitFor((screen) => screen.includes('? help') && !screen.includes('not-real'));
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'on %s the screen is given back without the value',
    async (signal) => {
      const { terminal, pid } = await revealed();
      process.kill(pid, signal);
      await terminal.waitFor((screen) => /ready\$$/.test(screen) && !screen.includes('? help'));
      expect(terminal.command('capture-pane', '-p', '-S', '-')).not.toContain('not-real');
      expect(terminal.command('display-message', '-p', '#{alternate_on} #{cursor_flag}').trim()).toBe('0 1');
      expect(valueOnDisk()).toEqual([]);
    },
  );

  describe('the temporary demo is gone', () => {
    test.each(['C-c', 'q'])('after %s', async (key) => {
      const terminal = await terminals.start({ columns: 80, rows: 24 });
      enter(terminal, `${terminals.keyhole} demo`);
      await terminal.waitFor('? help');
      expect(
        readdirSync(terminals.temporary).filter((name) => name.startsWith('keyhole-demo-')),
      ).toHaveLength(1);
      terminal.press(key);
      await terminal.waitFor(/ready\$$/);
      expect(readdirSync(terminals.temporary).filter((name) => name.startsWith('keyhole-demo-'))).toEqual([]);
    });

    test('after SIGTERM', async () => {
      const terminal = await terminals.start({ columns: 80, rows: 24 });
      enter(terminal, `sh -c 'echo pid=$$; exec ${terminals.keyhole} demo'`);
      const pid = Number(/^pid=(\d+)/m.exec(await terminal.waitFor(/^pid=\d+/m))?.[1]);
      await terminal.waitFor('? help');
      process.kill(pid, 'SIGTERM');
      await terminal.waitFor(/ready\$$/);
      expect(readdirSync(terminals.temporary).filter((name) => name.startsWith('keyhole-demo-'))).toEqual([]);
    });
  });
});
