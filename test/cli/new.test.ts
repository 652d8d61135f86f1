import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { onlyFirstWrite } from './support/first-write.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
});
afterEach(() => house.remove());

const keyhole = (words: readonly string[], input = '', cwd = house.root): Ran =>
  runKeyhole(words, { home: house.home, cwd, input });
const file = (name: string): string => path.join(house.root, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');
const get = (address: string): string => keyhole(['get', address]).text;
const status = (): string => git(house.root, 'status', '--short', '--untracked-files=all');

describe('new', () => {
  test('writes a file and its rule entry, and undo takes both away', () => {
    const rules = text('secrets.nix');
    const ran = keyhole(['new', 'secrets/fresh.age', '--to', 'alice,carol'], `${canary}\n`);
    expect(ran).toMatchObject({
      status: 0,
      text: 'created\tsecrets/fresh.age\nreplaced\tsecrets.nix\n',
      stderr: onlyFirstWrite,
    });
    expect(get('secrets/fresh.age')).toBe(`${canary}\n`);
    const entry = '  "secrets/fresh.age".publicKeys = [ alice carol ];\n';
    expect(text('secrets.nix').replace(entry, '')).toBe(rules);
    expect(JSON.parse(keyhole(['list', '--json', 'secrets/fresh.age']).text).secrets).toMatchObject([
      { state: 'ok' },
    ]);
    expect(keyhole(['undo']).status).toBe(0);
    expect(status()).toBe('');
  });

  test('takes the value from a file, and public keys for names', () => {
    writeFileSync(path.join(house.elsewhere, 'value'), 'from a file');
    const { alice } = house.publicKeys;
    const ran = keyhole([
      'new',
      'a.age',
      '--from-file',
      path.join(house.elsewhere, 'value'),
      '--to',
      alice,
      '--armor',
    ]);
    expect(ran).toMatchObject({ status: 0 });
    expect(get('a.age')).toBe('from a file');
    expect(text('a.age')).toMatch(/^-----BEGIN AGE/);
    // A key that the rules have a name for is written by that name.
    expect(text('secrets.nix')).toMatch(/"a\.age"[\s\S]*publicKeys = \[ alice \]/);
  });

  test('sees a path from the working directory, or from the root where only that can be meant', () => {
    expect(keyhole(['new', 'one.age', '--to', 'alice'], 'x', file('secrets')).text).toContain(
      'secrets/one.age',
    );
    expect(keyhole(['new', 'secrets/two.age', '--to', 'alice'], 'x', file('secrets')).text).toContain(
      '\tsecrets/two.age',
    );
    expect(keyhole(['new', 'deep/er/three.age', '--to', 'alice'], 'x').status).toBe(0);
    expect(get('deep/er/three.age')).toBe('x');
  });

  test('says what is odd about a name, and makes it', () => {
    const ran = keyhole(['new', 'secrets/DB.age', '--to', 'alice'], 'x');
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('secrets/DB.age: secrets/db.age differs in upper and lower case alone');
    const bare = keyhole(['new', 'token', '--to', 'alice'], 'x');
    expect(bare.stderr).toContain('token: the name does not end in .age');
    expect(get('token')).toBe('x');
  });

  test('with --dry-run prints the plan, readers included, and writes nothing', () => {
    const ran = keyhole(['new', 'x.age', '--to', 'alice', '--dry-run', '--json'], canary);
    expect(ran.text).not.toContain(canary);
    const plan = JSON.parse(ran.text);
    expect(plan).toMatchObject({
      label: 'new x.age',
      steps: [
        { do: 'encrypt', path: 'x.age', before: null, size: canary.length, readers: [{ name: 'alice' }] },
        { do: 'rewrite', path: 'secrets.nix' },
      ],
    });
    expect(status()).toBe('');
  });
});

describe('new refuses', () => {
  const refusals: readonly (readonly [string, number, string, readonly string[], string])[] = [
    ['a name that a rule has', 18, 'a rule names it already', ['secrets/missing.age', '--to', 'alice'], 'x'],
    ['a file with a rule', 18, 'a rule names it already', ['secrets/db.age', '--to', 'alice'], 'x'],
    [
      'a file without one',
      18,
      'there is a file already',
      ['secrets/a\u001b[2Jorphan.age', '--to', 'alice'],
      'x',
    ],
    ['a file that is no secret', 18, 'there is a file already', ['readme.md', '--to', 'alice'], 'x'],
    ['an unknown reader', 10, 'no reader called nobody', ['x.age', '--to', 'nobody'], 'x'],
    ['a mistyped key', 17, 'checksum', ['x.age', '--to', 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'], 'x'],
    ['nobody to read it', 13, 'alice', ['x.age'], 'x'],
    ['an empty value', 18, 'the value is empty', ['x.age', '--to', 'alice'], ''],
    ['readers none of whom is here', 13, 'no key found here', ['x.age', '--to', 'carol'], 'x'],
    ['a path outside', 2, 'not a path', ['../x.age', '--to', 'alice'], 'x'],
    ['a directory of git', 18, 'belongs to git', ['.git/x.age', '--to', 'alice'], 'x'],
    ['a length of what has none', 2, 'means nothing', ['x.age', '--to', 'alice', '--length', '4'], 'x'],
    ['an unknown kind', 2, 'is one of', ['x.age', '--to', 'alice', '--generate', 'sonnet'], ''],
  ];
  test.each(refusals)('%s', (_, exit, says, words, input) => {
    writeFileSync(file('readme.md'), 'read me\n');
    git(house.root, 'add', 'readme.md');
    const before = status();
    const ran = keyhole(['new', ...words], input);
    expect(ran).toMatchObject({ status: exit, text: '' });
    expect(ran.stderr).toContain(says);
    expect(status()).toBe(before);
  });

  test('rules that it cannot add to, with the line to write by hand', () => {
    writeFileSync(
      file('secrets.nix'),
      `builtins.listToAttrs [ { name = "a.age"; value = { publicKeys = [ "${house.publicKeys.alice}" ]; }; } ]\n`,
    );
    const ran = keyhole(['new', 'x.age', '--to', house.publicKeys.alice], 'x');
    expect(ran.status).toBe(16);
    expect(ran.stderr).toMatch(/secrets\.nix:1: put "x\.age"/);
    expect(existsSync(file('x.age'))).toBe(false);
  });
});

describe('what new makes', () => {
  const made = (...words: readonly string[]): string => {
    const ran = keyhole(['new', 'made.age', '--to', 'alice', '--generate', ...words]);
    expect(ran).toMatchObject({ status: 0, stderr: onlyFirstWrite });
    return get('made.age');
  };

  test.each([
    ['password', /^[A-Za-z0-9]{32}$/],
    ['password --length 20 --alphabet digits', /^\d{20}$/],
    ['password --length 41 --alphabet xyz', /^[xyz]{41}$/],
    ['words', /^[a-z]{3,8}(-[a-z]{3,8}){7}$/],
    ['words --length 6 --separator .', /^[a-z]{3,8}(\.[a-z]{3,8}){5}$/],
    ['hex', /^[0-9a-f]{64}$/],
    ['base64 --length 16', /^[\w+/]{22}==$/],
    ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ])('%s', (words, shape) => {
    expect(made(...words.split(' '))).toMatch(shape);
    expect(status()).toBe(' M secrets.nix\n?? made.age\n');
  });

  test('says of a value that can be guessed how many bits of choice it has', () => {
    const weak = ['--generate', 'password', '--length', '8', '--alphabet', 'digits'];
    const ran = keyhole(['new', 'pin.age', '--to', 'alice', ...weak]);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('pin.age: 26 bits of choice');
    const words = keyhole(['new', 'w.age', '--to', 'alice', '--generate', 'words', '--length', '5']);
    expect(words.stderr).toContain('w.age: 55 bits of choice');
  });

  test('a hash of the password on stdin, without its newline', () => {
    const ran = keyhole(
      ['new', 'users/web.age', '--to', 'alice', '--generate', 'htpasswd', '--user', 'web'],
      'hunter2\n',
    );
    expect(ran.status).toBe(0);
    expect(get('users/web.age')).toMatch(/^web:\$2y\$12\$[./A-Za-z0-9]{53}\n$/);
  });

  test('is shown to nobody, and allowed to an agent', () => {
    const ran = keyhole(['new', 'x.age', '--to', 'alice', '--generate', 'password', '--agent', '--json']);
    expect(ran.status).toBe(0);
    expect(ran.text + ran.stderr).not.toContain(get('x.age'));
  });
});

describeWithPeers('real programs', ['age', 'openssl', 'ssh-keygen', 'nix-instantiate'], () => {
  const decrypted = (name: string): string =>
    execFileSync('age', ['-d', '-i', path.join(house.home, '.ssh/id_ed25519'), file(name)], {
      encoding: 'utf8',
    });
  const secretFile = (value: string): string => {
    mkdirSync(path.join(house.elsewhere, 'keys'), { recursive: true });
    const name = path.join(house.elsewhere, 'keys/key');
    writeFileSync(name, value, { mode: 0o600 });
    return name;
  };

  test('age opens what was made, and Nix reads the rule', () => {
    keyhole(['new', 'secrets/x.age', '--to', 'alice'], 'by new');
    expect(decrypted('secrets/x.age')).toBe('by new');
    const rule = execFileSync(
      'nix-instantiate',
      ['--eval', '--strict', '--json', '-A', 'secrets/x.age', file('secrets.nix')].map((word) =>
        word === 'secrets/x.age' ? '"secrets/x.age"' : word,
      ),
      { encoding: 'utf8', env: { ...process.env, NIX_REMOTE: 'dummy://' } },
    );
    expect(JSON.parse(rule)).toEqual({ publicKeys: [house.publicKeys.alice] });
  });

  test.each(['ssh-ed25519', 'ssh-rsa --length 2048'])(
    'ssh-keygen finds the public half of %s beside it',
    (kind) => {
      const ran = keyhole([
        'new',
        'keys/deploy.age',
        '--to',
        'alice',
        '--comment',
        'me@here',
        '--generate',
        ...kind.split(' '),
      ]);
      expect(ran.text).toBe('created\tkeys/deploy.age\ncreated\tkeys/deploy.pub\nreplaced\tsecrets.nix\n');
      const key = secretFile(decrypted('keys/deploy.age'));
      const publicHalf = execFileSync('ssh-keygen', ['-y', '-f', key], { encoding: 'utf8' });
      expect(text('keys/deploy.pub')).toBe(publicHalf);
      expect(publicHalf).toContain('me@here');
      expect(statSync(file('keys/deploy.pub')).mode & 0o444).toBe(0o444);
    },
  );

  test('age opens with a new identity what was encrypted to its public half', () => {
    keyhole(['new', 'keys/age.age', '--to', 'alice', '--generate', 'age']);
    const sealed = execFileSync('age', ['-r', text('keys/age.pub').trim()], { input: 'to the new key' });
    const key = secretFile(decrypted('keys/age.age'));
    expect(execFileSync('age', ['-d', '-i', key], { input: sealed, encoding: 'utf8' })).toBe(
      'to the new key',
    );
  });

  test('openssl makes the same hash of the password that is kept beside it', () => {
    const words = ['new', 'users/root.age', '--to', 'alice', '--generate', 'sha512-crypt'];
    const ran = keyhole([...words, '--password-in', 'users/root-password.age']);
    expect(ran.text).toBe(
      'created\tusers/root.age\ncreated\tusers/root-password.age\nreplaced\tsecrets.nix\n',
    );
    const hash = decrypted('users/root.age');
    const salt = hash.split('$')[2] ?? '';
    const again = execFileSync('openssl', ['passwd', '-6', '-salt', salt, '-stdin'], {
      input: `${decrypted('users/root-password.age')}\n`,
      encoding: 'utf8',
    });
    expect(`${hash}\n`).toBe(again);
    expect(keyhole(['undo']).status).toBe(0);
    expect(status()).toBe('');
  });
});
