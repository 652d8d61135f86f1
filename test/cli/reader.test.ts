import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { outputs } from '../../src/cli/schema/outputs.ts';
import { encrypted, member } from '../support/agenix-repository.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

const alice = member('alice');
const bob = member('bob');
const web1 = member('web1', 'root@web1');
const web2 = member('web2', 'root@web2');
const dora = member('dora', 'dora@desk');

const rules = `# who reads what
let
  # people
  alice = "${alice.publicLine}";
  bob = builtins.readFile ./keys/bob.pub;

  # machines
  web1 = "${web1.publicLine}"; # the first
  hosts = [ web1 ];
in {
  "db.age".publicKeys = [ alice bob ]; # the database
  "app.age".publicKeys = [ alice ] ++ hosts;
  "tls.age".publicKeys = hosts ++ [ alice bob ];
  "mine.age".publicKeys = [ alice ];
}
`;

let home: string;
let root: string;

const keyhole = (...words: readonly string[]): Ran => runKeyhole(words, { home, cwd: root });
const rulesNow = (): string => readFileSync(path.join(root, 'secrets.nix'), 'utf8');
const changed = (): readonly string[] => git(root, 'status', '--porcelain').split('\n').filter(Boolean);
const opensWith = (name: string, file: string): boolean =>
  runKeyhole(['-i', path.join(home, name), 'get', file], { home: temporaryDirectory(), cwd: root }).status ===
  0;

beforeEach(async () => {
  home = temporaryDirectory();
  mkdirSync(path.join(home, '.ssh'));
  for (const { name, privateFile, publicLine } of [alice, bob, web1, web2, dora]) {
    writeFileSync(path.join(home, name), privateFile, { mode: 0o600 });
    writeFileSync(path.join(home, `${name}.pub`), `${publicLine}\n`);
  }
  writeFileSync(path.join(home, '.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
  root = path.join(home, 'repository');
  mkdirSync(root);
  gitRepository(
    {
      'secrets.nix': rules,
      'keys/bob.pub': `${bob.publicLine}\n`,
      'db.age': await encrypted('db\n', [alice, bob]),
      'app.age': await encrypted('app\n', [alice, web1]),
      'tls.age': await encrypted('tls\n', [web1, alice, bob]),
      'mine.age': await encrypted('mine\n', [alice]),
    },
    root,
  );
});

describe('reader add', () => {
  test('a new host comes into a group and reads what that reads, as one write that undo takes back', () => {
    const ran = keyhole(
      'reader',
      'add',
      'web2',
      '--key',
      `@${home}/web2.pub`,
      '--group',
      'hosts',
      'mine.age',
    );
    expect(ran).toMatchObject({
      status: 0,
      text: 'replaced\tapp.age\t2 → 3 + web2\nreplaced\tmine.age\t1 → 2 + web2\nreplaced\ttls.age\t3 → 4 + web2\nreplaced\tsecrets.nix\n',
    });
    expect(rulesNow()).toBe(
      rules
        .replace('# the first\n', `# the first\n  web2 = "${web2.publicLine}";\n`)
        .replace('[ web1 ]', '[ web1 web2 ]')
        .replace('"mine.age".publicKeys = [ alice ]', '"mine.age".publicKeys = [ alice web2 ]'),
    );
    expect(opensWith('web2', 'app.age')).toBe(true);
    expect(opensWith('web2', 'db.age')).toBe(false);
    expect(keyhole('list', '--state', 'drift').text).toBe('');
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
    expect(opensWith('web2', 'app.age')).toBe(false);
  });

  test('grant --key is the same for some secrets', () => {
    expect(keyhole('grant', '--key', web2.publicLine, 'web2', 'mine.age')).toMatchObject({ status: 0 });
    expect(rulesNow()).toContain('"mine.age".publicKeys = [ alice web2 ];');
    expect(opensWith('web2', 'mine.age')).toBe(true);
  });

  test('beside somebody who has a .pub file, it gets one; undo removes it', () => {
    const ran = keyhole('reader', 'add', 'dora', '--key', dora.publicLine, '--beside', 'bob', 'db.age');
    expect(ran.status).toBe(0);
    expect(readFileSync(path.join(root, 'keys/dora.pub'), 'utf8')).toBe(`${dora.publicLine}\n`);
    expect(rulesNow()).toContain('  dora = builtins.readFile ./keys/dora.pub;\n');
    expect(opensWith('dora', 'db.age')).toBe(true);
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
  });

  test('somebody who is there comes into a group, and out of it again', () => {
    expect(keyhole('grant', '--key', web2.publicLine, 'web2', 'mine.age').status).toBe(0);
    const before = rulesNow();
    expect(keyhole('reader', 'add', 'web2', '--group', 'hosts').status).toBe(0);
    expect(opensWith('web2', 'tls.age')).toBe(true);
    const left = keyhole('reader', 'remove', 'web2', '--group', 'hosts');
    expect(left).toMatchObject({ status: 0, stderr: expect.stringContaining('may know its value') });
    expect(rulesNow()).toBe(before);
    expect([opensWith('web2', 'tls.age'), opensWith('web2', 'mine.age')]).toEqual([false, true]);
  });

  test('--dry-run --json shows all and writes nothing', () => {
    const ran = keyhole(
      'reader',
      'add',
      'web2',
      '--key',
      web2.publicLine,
      '--group',
      'hosts',
      '--dry-run',
      '--json',
    );
    const plan = JSON.parse(ran.text);
    expect(plan).toMatchObject({
      label: 'reader add web2',
      steps: [{ path: 'app.age' }, { path: 'tls.age' }, { path: 'secrets.nix' }],
      texts: [{ path: 'secrets.nix', lines: [{ sign: '-' }, { sign: '+' }, { sign: '+' }] }],
    });
    expect(Object.keys(plan).toSorted()).toEqual(
      ['schema', 'ok', ...Object.keys(outputs.plan.json.properties ?? {})].toSorted(),
    );
    expect(changed()).toEqual([]);
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ['a name that is taken', ['add', 'bob', '--key', web2.publicLine], 2, /reader called bob already/],
    ['a key that is there', ['add', 'web2', '--key', bob.publicLine], 2, /has this key already, as bob/],
    ['no key', ['add', 'web2'], 2, /needs a key/],
    ['no such group', ['add', 'web2', '--key', web2.publicLine, '--group', 'x'], 10, /no group called x/],
    ['no such secret', ['add', 'web2', '--key', web2.publicLine, 'x.age'], 10, /x\.age/],
    ['a name that cannot be one', ['add', 'web 2', '--key', web2.publicLine], 16, /no place/],
    ['a private key', ['add', 'web2', '--key', web2.privateFile], 17, /private key/],
    ['prose', ['add', 'web2', '--key', 'ask bob'], 17, /not an age or ssh public key/],
    ['an option of another action', ['rename', 'bob', 'robert', '--key', 'x'], 2, /takes no --key/],
    ['an unknown reader', ['replace', 'web9', '--key', web2.publicLine], 10, /no reader called web9/],
    ['its own key again', ['replace', 'bob', '--key', bob.publicLine], 2, /the key of bob already/],
    ['only reader of a secret', ['remove', 'alice'], 2, /nobody could read mine\.age any more/],
    [
      'a comment of another reader',
      ['add', 'web3', '--key', `${web2.publicLine.replace('web2', 'web1')}`],
      17,
      /names web1/,
    ],
  ])('%s is refused, and nothing changes', (_, words, status, why) => {
    const ran = keyhole('reader', ...words);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toMatch(why);
    expect(ran.stderr).not.toContain('PRIVATE KEY--');
    expect(changed()).toEqual([]);
  });

  test('what looks like another is taken when that is said', () => {
    const key = web2.publicLine.replace('web2', 'web1');
    const ran = keyhole('reader', 'add', 'web3', '--key', key, '--accept-look-alike');
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringContaining('names web1') });
  });

  test('a reader whom no secret uses yet is known all the same', () => {
    expect(keyhole('reader', 'add', 'web2', '--key', web2.publicLine).status).toBe(0);
    const again = keyhole('reader', 'add', 'front', '--key', web2.publicLine);
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('already, as web2') });
    expect(keyhole('reader', 'remove', 'web2').status).toBe(0);
    expect(changed()).toEqual([]);
  });
});

describe('reader replace, rename and remove', () => {
  test('another key opens what the old one opened, and the old one nothing', () => {
    const ran = keyhole('reader', 'replace', 'web1', '--key', web2.publicLine, '--accept-look-alike');
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringContaining('may know its value') });
    expect(rulesNow()).toBe(rules.replace(web1.publicLine, web2.publicLine));
    expect([opensWith('web2', 'app.age'), opensWith('web1', 'app.age')]).toEqual([true, false]);
    expect(opensWith('web2', 'db.age')).toBe(false);
  });

  test('in a .pub file, too', () => {
    expect(keyhole('reader', 'replace', 'bob', '--key', dora.publicLine).status).toBe(0);
    expect(rulesNow()).toBe(rules);
    expect(readFileSync(path.join(root, 'keys/bob.pub'), 'utf8')).toBe(`${dora.publicLine}\n`);
    expect([opensWith('dora', 'db.age'), opensWith('bob', 'db.age')]).toEqual([true, false]);
  });

  test('another Nix file that reads the key, too, is named', () => {
    mkdirSync(path.join(root, 'hosts'));
    writeFileSync(path.join(root, 'hosts/web1.nix'), '{\n  keyFiles = [ ../keys/bob.pub ];\n}\n');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'a host');
    const ran = keyhole('reader', 'remove', 'bob');
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stderr).toContain('hosts/web1.nix:2 reads keys/bob.pub, too, and stays as it is');
  });

  test('a new name follows its uses and its file, and no secret is written', () => {
    const ran = keyhole('reader', 'rename', 'bob', 'robert');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(rulesNow()).toBe(rules.replaceAll('bob', 'robert'));
    expect(existsSync(path.join(root, 'keys/bob.pub'))).toBe(false);
    expect(git(root, 'diff', '--name-only')).not.toContain('.age');
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
  });

  test('who is removed is out of rules, lists and files, also of one that only the file named', async () => {
    writeFileSync(path.join(root, 'mine.age'), await encrypted('mine\n', [alice, bob]));
    git(root, 'commit', '-qam', 'drift');
    const ran = keyhole('reader', 'remove', 'bob');
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stderr).toContain('give these another value: db.age, mine.age, tls.age');
    expect(ran.stderr).toContain('1 file differed from the rules before: mine.age');
    expect(rulesNow()).toBe(
      rules
        .replace('  bob = builtins.readFile ./keys/bob.pub;\n', '')
        .replace('[ alice bob ]; # the', '[ alice ]; # the')
        .replace('[ alice bob ]', '[ alice ]'),
    );
    expect(existsSync(path.join(root, 'keys/bob.pub'))).toBe(false);
    expect(['db.age', 'tls.age', 'mine.age'].map((file) => opensWith('bob', file))).toEqual([
      false,
      false,
      false,
    ]);
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
  });

  test('a file that nothing here opens leaves all as it is', async () => {
    writeFileSync(path.join(root, 'tls.age'), await encrypted('tls\n', [web1, bob]));
    git(root, 'commit', '-qam', 'not for alice');
    const ran = keyhole('reader', 'remove', 'bob');
    expect(ran).toMatchObject({ status: 11, stderr: expect.stringContaining('nothing was changed') });
    expect(changed()).toEqual([]);
  });
});

describeWithPeers('with real programs', ['ssh-keygen', 'age'], () => {
  test('the fingerprint is that of ssh-keygen, and real age opens with the new key', () => {
    const file = path.join(home, 'fresh');
    execFileSync('ssh-keygen', ['-q', '-N', '', '-t', 'ed25519', '-C', 'root@fresh', '-f', file]);
    const [, said = ''] = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' }).split(
      ' ',
    );
    const [type, key] = readFileSync(`${file}.pub`, 'utf8').split(' ');
    const scanned = `# fresh:22 SSH-2.0-OpenSSH_9.6\nfresh ${type} ${key}\n`;
    const ran = runKeyhole(['reader', 'add', 'fresh', '--key', '-', 'mine.age'], {
      home,
      cwd: root,
      input: scanned,
    });
    expect(ran.stderr).toContain(`key of fresh: ssh-ed25519 ${said}`);
    const opened = execFileSync('age', ['-d', '-i', file, path.join(root, 'mine.age')], { encoding: 'utf8' });
    expect(opened).toBe('mine\n');
  });
});
