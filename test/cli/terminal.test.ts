import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { documentSchema } from '../../src/cli/schema/outputs.ts';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { startTmux, type Tmux } from '../support/tmux.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';
import { mismatches } from './support/validate-schema.ts';

const passphrase = 'correct horse';
let house: HouseOfSecrets;

/** A second home whose only key is locked, and a secret for it. */
let lockedHome: string;

beforeAll(async () => {
  house = await buildHouseOfSecrets();
  lockedHome = path.join(house.elsewhere, 'locked');
  execFileSync('mkdir', ['-p', path.join(lockedHome, '.ssh')]);
  const key = path.join(lockedHome, '.ssh/id_ed25519');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '2', '-N', passphrase, '-C', 'dora', '-f', key]);
  const reader = parseRecipient(readFileSync(`${key}.pub`, 'utf8').trim());
  const file = await encryptFile(Buffer.from(`${canary} locked`), [reader], { armor: true });
  if (!file.ok) throw new Error(file.error.says);
  writeFileSync(path.join(house.root, 'secrets/locked.age'), file.value);
});
afterAll(() => house.remove());

/** The program in a terminal of its own; prints its exit status when it ends, and the screen stays as it is. */
function inTerminal(
  words: readonly string[],
  {
    home = house.home,
    before = ':',
    redirect = '',
  }: { readonly home?: string; readonly before?: string; readonly redirect?: string } = {},
): Tmux {
  const line = `${before}; "$@" ${redirect}; echo "status $?"; exec sleep 300`;
  const tmux = startTmux({
    columns: 100,
    rows: 30,
    command: ['sh', '-c', line, 'sh', process.execPath, builtProgram(), ...words],
    cwd: house.root,
    env: { HOME: home },
  });
  onTestFinished(() => tmux.close());
  return tmux;
}

describeWithPeers('a locked key', ['tmux', 'ssh-keygen'], () => {
  test('is unlocked with a passphrase that is not shown, and the prompt goes away', async () => {
    const tmux = inTerminal(['get', 'secrets/locked.age'], { home: lockedHome });
    await tmux.waitFor('passphrase for');
    tmux.type(passphrase);
    expect(tmux.screen()).not.toContain(passphrase);
    tmux.press('Enter');
    const screen = await tmux.waitFor('status 0');
    expect(screen).toContain(`${canary} locked`);
    expect(screen).not.toContain('passphrase for');
    expect(screen).not.toContain(passphrase);
  });

  test('stays locked after three wrong passphrases: exit 11', async () => {
    const tmux = inTerminal(['get', 'secrets/locked.age'], { home: lockedHome });
    await tmux.waitFor('passphrase for');
    for (const [wrong, next] of [
      ['one', 'once more (2 of 3)'],
      ['two', 'once more (3 of 3)'],
      ['three', 'status 11'],
    ] as const) {
      tmux.type(wrong);
      tmux.press('Enter');
      await tmux.waitFor(next);
    }
    expect(tmux.screen()).toContain('the passphrase does not open the key, 3 times');
  });

  test('of a passphrase that costs much is not tried before somebody agrees', async () => {
    const sealed = await encryptWithPassphrase(Buffer.from(canary), Buffer.from(passphrase), {
      armor: false,
      workFactor: 2,
    });
    if (!sealed.ok) throw new Error(sealed.error.says);
    const text = Buffer.from(sealed.value)
      .toString('latin1')
      .replace(/^(-> scrypt \S+) 2$/m, '$1 21');
    writeFileSync(path.join(house.root, 'secrets/costly.age'), Buffer.from(text, 'latin1'));
    onTestFinished(() => rmSync(path.join(house.root, 'secrets/costly.age')));
    const tmux = inTerminal(['get', 'secrets/costly.age']);
    await tmux.waitFor('takes about 7 s and 2 GiB of memory. Go on? [y/N]');
    tmux.press('Enter');
    await tmux.waitFor('status 3');
    const agreed = inTerminal(['get', 'secrets/costly.age']);
    await agreed.waitFor('Go on?');
    agreed.type('y');
    agreed.press('Enter');
    await agreed.waitFor('passphrase for the file itself:');
    agreed.press('C-c');
    await agreed.waitFor('status 3');
    // Where nobody can agree, nothing is tried.
    const alone = runKeyhole(['get', 'secrets/costly.age'], { home: house.home, cwd: house.root });
    expect(alone.status).toBe(13);
  });

  test('is asked for again after a wrong passphrase', async () => {
    const tmux = inTerminal(['get', 'secrets/locked.age'], { home: lockedHome });
    await tmux.waitFor('passphrase for');
    tmux.type('wrong');
    tmux.press('Enter');
    await tmux.waitFor('wrong passphrase, once more');
    tmux.type(passphrase);
    tmux.press('Enter');
    expect(await tmux.waitFor('status 0')).toContain(`${canary} locked`);
  });

  test('stays locked after Ctrl-C: exit 3, and the terminal echoes again', async () => {
    const tmux = inTerminal(['get', 'secrets/locked.age'], { home: lockedHome });
    await tmux.waitFor('passphrase for');
    tmux.press('C-c');
    expect(await tmux.waitFor('status 3')).not.toContain(canary);
  });

  test('is not asked for with --non-interactive', async () => {
    const tmux = inTerminal(['get', '--non-interactive', 'secrets/locked.age'], { home: lockedHome });
    expect(await tmux.waitFor('status 13')).not.toContain('passphrase for');
  });

  test('is not asked for where nobody can answer, whatever stdin holds', () => {
    const ran = runKeyhole(['get', 'secrets/locked.age'], {
      home: lockedHome,
      cwd: house.root,
      input: `${passphrase}\n`,
    });
    expect({ status: ran.status, text: ran.text }).toEqual({ status: 13, text: '' });
  });

  test('changes nothing for commands that need no key', () => {
    expect(runKeyhole(['list'], { home: lockedHome, cwd: house.root }).status).toBe(0);
  });
});

describeWithPeers('get on a terminal', ['tmux'], () => {
  test('prints text at once', async () => {
    const screen = await inTerminal(['get', 'secrets/db.age']).waitFor('status 0');
    expect(screen).toContain(values['secrets/db.age']);
  });

  test('asks before it prints what would drive the terminal; no is the answer of Enter', async () => {
    const tmux = inTerminal(['get', 'secrets/escapes.age']);
    await tmux.waitFor('Print it? [y/N]');
    tmux.press('Enter');
    expect(await tmux.waitFor('status 3')).not.toContain(canary);
  });

  test('prints it after yes', async () => {
    const tmux = inTerminal(['get', 'secrets/escapes.age']);
    await tmux.waitFor('Print it? [y/N]');
    tmux.type('y');
    tmux.press('Enter');
    expect(await tmux.waitFor('status 0')).toContain(canary);
  });

  test('refuses without a question when it may not ask, and -o - needs none', async () => {
    const refused = await inTerminal(['get', '--non-interactive', 'secrets/all-bytes.age']).waitFor(
      'status 13',
    );
    expect(refused).not.toContain(canary);
    const forced = await inTerminal(['get', '--non-interactive', 'secrets/escapes.age', '-o', '-']).waitFor(
      'status 0',
    );
    expect(forced).toContain(canary);
  });

  test('asks before it replaces a file', async () => {
    const file = path.join(house.elsewhere, 'asked');
    writeFileSync(file, 'mine');
    const tmux = inTerminal(['get', 'secrets/db.age', '-o', file]);
    await tmux.waitFor('Replace it? [y/N]');
    tmux.press('Enter');
    await tmux.waitFor('status 3');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describeWithPeers('copy in tmux', ['tmux'], () => {
  test('arrives at the terminal and in no buffer of tmux, and says so', async () => {
    const out = path.join(house.elsewhere, 'copied.json');
    const words = ['copy', 'app.env.age#DB_PASSWORD', '--json'];
    const inner = inTerminal(words, { before: 'echo waiting; read _', redirect: `>${out}` });
    // A second tmux shows the first and plays the terminal at the other end of it.
    const attach = `unset TMUX; TERM=xterm-256color exec tmux -S ${inner.socket} attach`;
    const outer = startTmux({ columns: 90, rows: 30, clipboard: 'on', command: ['sh', '-c', attach] });
    onTestFinished(() => outer.close());
    onTestFinished(endHelpers);
    await outer.waitFor('waiting');
    inner.press('Enter');
    expect(await inner.waitFor('status 0')).not.toContain(canary);
    await outer.waitFor(() => outer.command('list-buffers') !== '');
    expect(outer.command('show-buffer')).toBe(`${canary}-env`);
    expect(inner.command('list-buffers')).toBe('');
    const copied: unknown = JSON.parse(readFileSync(out, 'utf8'));
    expect(mismatches(documentSchema('copy'), copied)).toEqual([]);
    expect(copied).toMatchObject({ id: 'secrets/app.env.age', key: ['DB_PASSWORD'], route: 'tmux' });
    expect(helpers()).toHaveLength(1);
  });

  test('fails where no terminal is at the other end of tmux, and claims nothing', async () => {
    expect(await inTerminal(['copy', 'db']).waitFor('status 18')).toContain('no terminal is attached');
  });

  test('refuses a list of keys', () => {
    const ran = runKeyhole(['copy', 'app.env.age#'], { home: house.home, cwd: house.root });
    expect({ status: ran.status, text: ran.text }).toEqual({ status: 2, text: '' });
  });
});

/** Process ids of our program's clearing helpers. */
const helpers = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const line = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
      return line.includes(builtProgram()) && line.includes('internal-clear-clipboard');
    })
    .map(Number);

/** They would wait for 45 seconds; on SIGTERM they clear at once and go. */
const endHelpers = (): void => {
  for (const pid of helpers()) process.kill(pid, 'SIGTERM');
};

describeWithPeers('list on a terminal', ['tmux'], () => {
  test('is coloured, and not with NO_COLOR or into a pipe', async () => {
    const tmux = inTerminal(['list', '--state', 'drift']);
    await tmux.waitFor('status 0');
    expect(tmux.colouredScreen()).toContain('\u001b[33mdrift');
    const plain = inTerminal(['list', '--state', 'drift', '--no-color']);
    await plain.waitFor('status 0');
    expect(plain.colouredScreen()).not.toContain('\u001b[33m');
    expect(runKeyhole(['list'], { home: house.home, cwd: house.root }).text).not.toContain('\u001b');
  });
});

describeWithPeers('a demo that is kept', ['tmux'], () => {
  test('is told of once its screen is closed', async () => {
    const directory = path.join(house.elsewhere, 'kept demo');
    const tmux = inTerminal(['demo', directory]);
    await tmux.waitFor('borg-passphrase');
    tmux.press('q');
    const screen = await tmux.waitFor('status 0');
    expect(screen).toContain(`try: keyhole -C '${directory}/nix-config'`.slice(0, 60));
  });
});

describeWithPeers('lines in a terminal', ['tmux'], () => {
  const lines = (tmux: Tmux): readonly string[] =>
    tmux
      .screen()
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '' && !line.startsWith('status'));

  test('of list fit, with the end of the path and the whole state', async () => {
    const piped = runKeyhole(['list', 'hosts/**'], { home: house.home, cwd: house.root });
    const long = piped.text.split('\n')[0] ?? '';
    expect(long).toContain('hosts/db1/same.age\tage\tok\treadable:yes\talice, carol');
    const tmux = inTerminal(['list', 'hosts/**'], { before: 'stty cols 38' });
    await tmux.waitFor('status 0');
    expect(lines(tmux)).toEqual([
      '…b1/same.age  age  ok  readable:yes  …',
      '…b2/same.age  age  ok  readable:yes  …',
    ]);
  });

  test('are as long as COLUMNS says, where somebody set it', async () => {
    const tmux = inTerminal(['list', 'hosts/**'], { before: 'stty cols 38; export COLUMNS=90' });
    await tmux.waitFor('status 0');
    expect(tmux.screen().replaceAll('\n', '')).toContain(
      'hosts/db1/same.age  age  ok  readable:yes  alice, carol',
    );
  });

  test('of matrix continue below', async () => {
    const tmux = inTerminal(['matrix', 'hosts/**'], { before: 'stty cols 37' });
    await tmux.waitFor('status 0');
    expect(lines(tmux)).toEqual([
      'secret              state  alice  bob',
      'hosts/db1/same.age  ok     yes    -',
      'hosts/db2/same.age  ok     yes    -',
      'secret              state  carol',
      'hosts/db1/same.age  ok     yes',
      'hosts/db2/same.age  ok     yes',
    ]);
  });
});
