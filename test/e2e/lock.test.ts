import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

const value = 'not-real-admin-password-immich';

describeWithPeers('after a lock', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  test('no key is used before a secret is opened, and then it is said', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    enter(terminal, terminals.openDemo);
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('L');
    await terminal.waitFor(/ locked\n/);

    terminal.press('/');
    await terminal.waitFor('locked: names only');
    // A key of a dotenv file, which only decryption tells.
    terminal.type('GRAFANA_SECRET');
    await terminal.waitFor('No secrets match');
    terminal.press('Escape');

    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('x');
    await terminal.waitFor(value);
    const unlocked = await terminal.waitFor(/unlocked with \S+.*\(no passphrase\)/);
    expect(unlocked).toMatch(/1 key\n/);
    terminal.press('x', '/');
    terminal.type('GRAFANA_SECRET');
    await terminal.waitFor(/#GRAFANA_SECRET_KEY/);
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
  });
});
