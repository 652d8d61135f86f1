import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const value = 'not-real-admin-password-immich';

describeWithPeers('the program in a terminal', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  /** Opens the demo, searches the secret and keeps the filter. */
  async function find(terminal: Tmux) {
    enter(terminal, terminals.openDemo);
    await search(terminal, 'immich/admin', /min-password\.age/);
  }

  const everythingShown = (terminal: Tmux) => terminal.command('capture-pane', '-p', '-S', '-');

  test.each([
    { columns: 80, rows: 24 },
    { columns: 40, rows: 20 },
    { columns: 200, rows: 50 },
  ])('search, reveal, mask, lock and quit at $columns×$rows', async (size) => {
    const terminal = await terminals.start(size);
    enter(terminal, 'echo before');
    await find(terminal);
    expect(terminal.screen()).not.toContain(value);

    if (size.columns < 60) terminal.press('Enter');
    terminal.press('x');
    const revealed = await terminal.waitFor((screen) => screen.replace(/[\s│|]/g, '').includes(value));
    for (const line of revealed.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
    terminal.press('x');
    await terminal.waitFor((screen) => !screen.includes('not-real'));

    terminal.press('x');
    await terminal.waitFor('not-real');
    terminal.press('L');
    await terminal.waitFor((screen) => !screen.includes('not-real'));

    terminal.press('C-c');
    // The shell is as it was, and nothing of the value is left on the screen or above it.
    const left = await terminal.waitFor(/before\n[\s\S]*ready\$$/);
    expect(left).not.toContain('not-real');
    expect(everythingShown(terminal)).not.toContain('not-real');
    expect(everythingShown(terminal)).not.toContain('? help');
    enter(terminal, 'echo "status=$?"');
    await terminal.waitFor('status=0');
  });

  test('a value that is revealed as the terminal shrinks and grows stays whole or leaves', async () => {
    const terminal = await terminals.start({ columns: 120, rows: 30 });
    await find(terminal);
    terminal.press('x');
    await terminal.waitFor(value);
    for (const [columns, rows] of [
      [70, 20],
      [40, 10],
      [20, 5],
      [120, 30],
    ]) {
      terminal.command('resize-window', '-x', `${columns}`, '-y', `${rows}`);
      await terminal.waitFor((screen) =>
        screen.split('\n').every((line) => [...line].length <= (columns ?? 0)),
      );
    }
    await terminal.waitFor(/\? help/);
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
  });

  test('q leaves at the top level; ctrl-z masks and goes to the shell, fg returns', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 }, { command: ['bash', '--norc', '-i'] });
    await find(terminal);
    terminal.press('x');
    await terminal.waitFor(value);
    terminal.press('C-z');
    const shell = await terminal.waitFor('Stopped');
    expect(shell).not.toContain('not-real');
    enter(terminal, 'fg');
    const back = await terminal.waitFor('? help');
    expect(back).not.toContain('not-real');
    terminal.press('Escape');
    terminal.press('q');
    await terminal.waitFor(/ready\$$/);
  });

  test('TERM=screen draws the same', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 }, { env: { TERM: 'screen' } });
    await find(terminal);
    terminal.press('x');
    await terminal.waitFor(value);
    terminal.press('C-c');
    expect(await terminal.waitFor(/ready\$$/)).not.toContain('not-real');
  });

  test('TERM=dumb is refused with a way out', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 }, { env: { TERM: 'dumb' } });
    enter(terminal, `${terminals.openDemo}; echo "status=$?"`);
    const screen = await terminal.waitFor('status=2');
    expect(screen).toContain('keyhole list');
  });
});
