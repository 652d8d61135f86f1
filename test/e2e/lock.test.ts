import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

const value = 'not-real-admin-password-immich';

describeWithPeers('after a lock', ['tmux', 'git', 'ssh-keygen'], () => {
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

  test('a search before the passphrase of the key was given leaves nothing out after it', async () => {
    const key = path.join(terminals.home, 'protected');
    copyFileSync(path.join(path.dirname(terminals.repository), 'id_ed25519'), key);
    chmodSync(key, 0o600);
    execFileSync('ssh-keygen', ['-p', '-P', '', '-N', 'right', '-f', key], { stdio: 'ignore' });
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    enter(terminal, `${terminals.keyhole} --no-default-identities -i ${key} ${terminals.repository}`);
    await search(terminal, 'smtp', / /);
    const before = Number(/(\d+) of 88/.exec(terminal.screen())?.[1]);
    terminal.press('Escape');
    await terminal.waitFor('/88');
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('x');
    await terminal.waitFor(/passphrase/i);
    terminal.type('right');
    terminal.press('Enter');
    await terminal.waitFor(value);
    terminal.press('x', 'Escape');
    await terminal.waitFor('/88');
    await search(terminal, 'smtp', / /);
    await terminal.waitFor(
      (screen) => screen.includes('#') && Number(/(\d+) of 88/.exec(screen)?.[1]) > before,
    );
  });
});
