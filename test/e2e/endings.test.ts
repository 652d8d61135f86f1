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
