import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

describeWithPeers('a person whose environment says CI', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  test('CI in the environment of a person changes nothing', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 }, { env: { CI: 'true' } });
    enter(terminal, terminals.openDemo);
    const screen = await terminal.waitFor('? help');
    expect(screen.split('\n').length).toBeGreaterThan(20);
    terminal.press('q');
    expect(await terminal.waitFor(/ready\$$/)).not.toContain('? help');
  });
});
