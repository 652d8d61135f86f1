import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { builtProgram } from '../support/built-program.ts';
import { createDemoTerminals, type DemoTerminals, enter } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runningProcesses } from '../support/processes.ts';

const isTrying = (): boolean =>
  runningProcesses().some(
    ({ commandLine }) => commandLine.includes(builtProgram()) && commandLine.includes('internal-derive-key'),
  );

describeWithPeers('a passphrase that takes a quarter of a minute and 4 GiB', ['tmux'], () => {
  let terminals: DemoTerminals;
  let open: string;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
    const key = path.join(terminals.home, 'costly.age');
    const options = { armor: false, workFactor: 2 };
    const sealed = await encryptWithPassphrase(Buffer.from('x'), Buffer.from('right'), options);
    if (!sealed.ok) throw new Error(sealed.error.says);
    const text = Buffer.from(sealed.value).toString('latin1');
    const costly = text.replace(/^(-> scrypt \S+) 2$/m, '$1 22');
    expect(costly).not.toBe(text);
    writeFileSync(key, costly, { encoding: 'latin1', mode: 0o600 });
    const { recipient } = generateX25519();
    const secret = await encryptFile(Buffer.from('value'), [recipient], { armor: true });
    if (!secret.ok) throw new Error(secret.error.says);
    const repository = path.join(terminals.home, 'repository');
    mkdirSync(path.join(repository, '.git'), { recursive: true });
    writeFileSync(path.join(repository, 'a.age'), secret.value);
    writeFileSync(path.join(repository, 'secrets.nix'), `{ "a.age".publicKeys = [ "${recipient.id}" ]; }`);
    open = `${terminals.keyhole} --no-default-identities -i ${key} ${repository}`;
  });
  afterAll(() => terminals.dispose());

  test('leaves the screen alive, and ends with Esc, or with keyhole', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    enter(terminal, open);
    await terminal.waitFor('a.age');
    const send = async (): Promise<void> => {
      terminal.press('x');
      await terminal.waitFor('takes about 14 s and 4 GiB of memory');
      terminal.type('right');
      terminal.press('Enter');
      await terminal.waitFor('trying the passphrase · esc stops');
      await expect.poll(isTrying, { timeout: 20_000 }).toBe(true);
    };
    await send();
    terminal.press('?');
    await terminal.waitFor('half a page down');
    terminal.press('Escape');
    await terminal.waitFor('trying the passphrase · esc stops');
    terminal.press('Escape');
    await terminal.waitFor('not opened: stopped');
    await expect.poll(isTrying, { timeout: 20_000 }).toBe(false);

    await send();
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
    await expect.poll(isTrying, { timeout: 20_000 }).toBe(false);
  });
});
