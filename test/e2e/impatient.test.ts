import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

const value = 'not-real-admin-password-immich';

describeWithPeers('people who do not wait', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  test('what is typed ahead is done in its order', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    enter(terminal, terminals.openDemo);
    await terminal.waitFor('? help');
    terminal.press('/');
    terminal.type('immich/admin');
    terminal.press('Enter', 'x');
    await terminal.waitFor(value);
    // Nothing that arrives later, such as the keys of all secrets, takes it away again.
    await terminal.waitFor((screen) => !screen.includes('reading keys') && / of 88/.test(screen));
    expect(terminal.screen()).toContain(value);
  });
});
