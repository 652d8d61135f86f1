import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import { startTmux, type Tmux } from '../support/tmux.ts';

const value = 'not-real-admin-password-immich';

describeWithPeers('copy', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  async function copy(terminal: Tmux) {
    enter(terminal, terminals.openDemo);
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('y');
  }

  /**
   * A second tmux shows the first one and plays the terminal at the other end of it: what reaches its clipboard
   * lands in its newest buffer.
   */
  function attach(inner: Tmux): Tmux {
    return startTmux({
      columns: 90,
      rows: 30,
      clipboard: 'on',
      command: ['sh', '-c', `unset TMUX; TERM=xterm-256color exec tmux -S ${inner.socket} attach`],
    });
  }

  test('through tmux as it comes, the value arrives at the terminal and tmux keeps no copy', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    const outer = attach(terminal);
    try {
      await outer.waitFor('ready$');
      await copy(terminal);
      await outer.waitFor(
        () => outer.command('list-buffers', '-F', '#{buffer_size}').trim() === `${value.length}`,
      );
      expect(outer.command('show-buffer')).toBe(value);
      expect(terminal.command('list-buffers')).toBe('');
      const said = await terminal.waitFor(/\b\d+ ?s\b/);
      expect(said).not.toContain('not-real');
      expect(said).toMatch(/ admin-password\.age sent to your terminal through tmux +clears in/);
    } finally {
      outer.close();
    }
  });

  test('in a tmux that nobody looks at, the whole reason and what to do is said, in 40 columns too', async () => {
    const terminal = await terminals.start({ columns: 40, rows: 20 });
    await copy(terminal);
    const said = await terminal.waitFor(/not\s+copied/);
    expect(said.replace(/\s+/g, ' ')).toContain(
      'admin-password.age not copied: no terminal is attached to tmux; attach one with tmux attach and copy again',
    );
    // It stays until somebody was there to see it, and gives the lines back that it took.
    terminal.press('j');
    expect(await terminal.waitFor((screen) => !/not\s+copied/.test(screen))).toMatch(/╰─+╯\n\n/);
  });
});
