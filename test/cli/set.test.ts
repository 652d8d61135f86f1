import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { buildHouseOfSecrets, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
});
afterEach(() => house.remove());

const keyhole = (words: readonly string[], input = ''): Ran =>
  runKeyhole(words, { home: house.home, cwd: house.root, input });
const file = (name: string): string => path.join(house.root, name);
const bytes = (name: string): Buffer => readFileSync(file(name));
const get = (address: string): string => keyhole(['get', address]).text;
const untracked = (): string => git(house.root, 'status', '--short', '--untracked-files=all');

describe('set', () => {
  test('gives a secret the bytes of stdin, and get gives them back', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString('latin1');
    const ran = keyhole(['set', 'secrets/db.age'], `${all}\n`);
    expect(ran).toMatchObject({ status: 0, text: 'replaced\tsecrets/db.age\n' });
    expect(get('secrets/db.age')).toBe(`${all}\n`);
    expect(untracked()).toBe(' M secrets/db.age\n');
  });

  test('takes a value from a file or, when somebody insists, from the command line', () => {
    writeFileSync(path.join(house.elsewhere, 'value'), 'from a file');
    keyhole(['set', 'secrets/db.age', '--from-file', path.join(house.elsewhere, 'value')]);
    expect(get('secrets/db.age')).toBe('from a file');
    keyhole(['set', 'secrets/db.age', '--value', 'typed']);
    expect(get('secrets/db.age')).toBe('typed');
  });

  test('does not write what is there already', () => {
    const before = bytes('secrets/two-lines.age');
    const ran = keyhole(['set', 'secrets/two-lines.age'], get('secrets/two-lines.age'));
    expect(ran).toMatchObject({ status: 0, text: 'unchanged\tsecrets/two-lines.age\n' });
    expect(bytes('secrets/two-lines.age')).toEqual(before);
    expect(readdirSync(file('.git'))).not.toContain('keyhole');
  });

  test('makes the file that a rule names', () => {
    expect(keyhole(['set', 'secrets/missing.age'], 'new')).toMatchObject({
      status: 0,
      text: 'created\tsecrets/missing.age\n',
    });
    expect(get('secrets/missing.age')).toBe('new');
  });

  test('changes only the text of one value', () => {
    keyhole(['set', 'secrets/app.env.age#DB_PASSWORD'], 'it\'s "new" # really\n');
    expect(get('secrets/app.env.age')).toMatch(/^DB_USER=app\nDB_PASSWORD=.*\nURL="https:\/\/.*"\n$/);
    expect(get('secrets/app.env.age#DB_PASSWORD')).toBe('it\'s "new" # really');
    keyhole(['set', 'secrets/app.yaml.age#db.password'], '12345');
    expect(get('secrets/app.yaml.age')).toBe(
      'db:\n  user: app\n  password: "12345"\nports:\n  - 80\n  - 443\n',
    );
    keyhole(['set', 'secrets/app.json.age#db.ports.0'], '8080');
    expect(get('secrets/app.json.age')).toContain('"ports":[8080,2]');
  });

  test('takes a key that is not there for a typo, and names the one that was meant', () => {
    const before = bytes('secrets/app.env.age');
    const ran = keyhole(['set', 'secrets/app.env.age#DB_PASWORD'], 'x');
    expect(ran).toMatchObject({ status: 10, text: '' });
    expect(ran.stderr).toContain('no key DB_PASWORD');
    expect(ran.stderr).toContain('there is DB_PASSWORD; --create adds a key');
    expect(bytes('secrets/app.env.age')).toEqual(before);
  });

  test('adds a key with --create and says so, and the next time sets it', () => {
    const before = get('secrets/app.env.age');
    const ran = keyhole(['set', 'secrets/app.env.age#DB_USERS', '--create', '--json'], 'CANARY one\n');
    expect(ran).toMatchObject({ status: 0 });
    expect(JSON.parse(ran.text)).toMatchObject({
      label: 'add a value to secrets/app.env.age',
      changed: true,
    });
    expect(ran.stderr).toContain('the key DB_USERS is new; there is DB_USER, too');
    expect(ran.text + ran.stderr).not.toContain('CANARY');
    // What else is in it stays as it was, and the new value has no newline from the pipe.
    const after = get('secrets/app.env.age');
    expect(after.startsWith(before)).toBe(true);
    expect(after.slice(before.length)).toMatch(/^DB_USERS=.?CANARY one.?\n$/);
    expect(get('secrets/app.env.age#DB_USERS')).toBe('CANARY one');
    const again = keyhole(['set', 'secrets/app.env.age#DB_USERS', '--create'], 'two\n');
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(get('secrets/app.env.age#DB_USERS')).toBe('two');
    keyhole(['undo']);
    keyhole(['undo']);
    expect(get('secrets/app.env.age')).toBe(before);
    keyhole(['set', 'secrets/app.yaml.age#db.port', '--create'], '5432');
    keyhole(['set', 'secrets/app.json.age#db.name', '--create'], 'app');
    expect(get('secrets/app.yaml.age#db.port')).toBe('5432');
    expect(JSON.parse(get('secrets/app.json.age'))).toMatchObject({ db: { name: 'app', ports: [1, 2] } });
  });

  test('says when a newline at the end is new, and can leave it out', () => {
    expect(keyhole(['set', 'secrets/db.age'], 'with\n').stderr).toContain(
      'the new value ends with a newline, the old one did not',
    );
    keyhole(['set', 'secrets/db.age', '--final-newline', 'no'], 'without\n');
    expect(get('secrets/db.age')).toBe('without');
  });

  test('with --dry-run prints the plan and writes nothing', () => {
    const before = bytes('secrets/db.age');
    const ran = keyhole(['set', 'secrets/db.age', '--dry-run', '--json'], 'CANARY-new-value');
    expect(ran.status).toBe(0);
    const plan = JSON.parse(ran.text);
    expect(plan.steps).toMatchObject([{ do: 'encrypt', path: 'secrets/db.age', size: 16, armored: false }]);
    expect(plan.base.files.map((one: { path: string }) => one.path)).toEqual([
      'secrets/db.age',
      'secrets.nix',
    ]);
    expect(ran.text + ran.stderr).not.toContain('CANARY');
    expect(bytes('secrets/db.age')).toEqual(before);
  });
});

describe('set refuses', () => {
  const refusals: readonly (readonly [string, number, string, readonly string[], string])[] = [
    ['an empty value', 18, 'the new value is empty', ['secrets/db.age'], ''],
    ['JSON that is none', 20, 'line 1, column 6', ['secrets/app.json.age'], '{"a":}'],
    ['YAML that is none', 20, 'line 2, column', ['secrets/app.yaml.age'], 'a: 1\n"b: 2\n'],
    ['dotenv that is none', 20, 'line 2, column 1', ['secrets/app.env.age'], 'A=1\nnot an assignment\n'],
    ['a key that is not there', 10, 'no key NOPE', ['secrets/app.env.age#NOPE'], 'x'],
    [
      'a key of something without keys',
      20,
      'which has no keys to change',
      ['secrets/two-lines.age#key'],
      'x',
    ],
    ['a secret that is not there', 10, 'no secret called', ['secrets/nope.age'], 'x'],
    ['only the end of a path', 10, 'no secret called', ['db.age'], 'x'],
    ['a file without a rule', 12, 'no rule says who may read it', ['secrets/a\u001b[2Jorphan.age'], 'x'],
    ['a change of readers', 13, 'no longer readable for', ['secrets/drift.age'], 'x'],
    ['a file that nobody here can read', 13, 'no key found here opens it', ['secrets/foreign.age'], 'x'],
    ['--create without a key', 2, 'none is named', ['secrets/db.age', '--create'], 'x'],
    ['a key that cannot be one', 2, 'cannot be a name here', ['secrets/app.env.age#"A B"', '--create'], 'x'],
    ['two sources', 2, 'exclude each other', ['secrets/db.age', '--value', 'a', '--from-file', 'b'], ''],
  ];
  test.each(refusals)('%s', (_, status, says, words, input) => {
    const before = untracked();
    const ran = keyhole(['set', ...words], input);
    expect(ran).toMatchObject({ status, text: '' });
    expect(ran.stderr).toContain(says);
    expect(untracked()).toBe(before);
  });

  test('a secret whose rule cannot be used, and says why', () => {
    const rules = bytes('secrets.nix').toString();
    writeFileSync(
      file('secrets.nix'),
      rules
        .replace(
          '"secrets/db.age".publicKeys = [ alice carol ];',
          '"secrets/db.age".publicKeys = [ nobody.here ];',
        )
        .replace('in {', 'nobody = { }; in {'),
    );
    const before = bytes('secrets/db.age');
    const ran = keyhole(['set', 'secrets/db.age'], 'x');
    expect(ran.status).toBe(16);
    expect(ran.stderr).toContain('here');
    expect(bytes('secrets/db.age')).toEqual(before);
  });

  test('and does it where somebody means it', () => {
    const meant = (words: readonly string[], input: string) => keyhole(['set', ...words], input).status;
    expect(meant(['secrets/db.age', '--allow-empty'], '')).toBe(0);
    expect(meant(['secrets/app.json.age', '--any-format'], '{"a":}')).toBe(0);
    expect(meant(['secrets/drift.age', '--accept-readers'], 'x')).toBe(0);
    expect(meant(['secrets/foreign.age', '--allow-unreadable'], 'x')).toBe(0);
    expect(get('secrets/db.age')).toBe('');
    expect(keyhole(['who', 'secrets/drift.age']).text).not.toContain('carol');
  });

  test('to change one of several names of a file, unless it is asked to', () => {
    linkSync(file('secrets/db.age'), path.join(house.elsewhere, 'other'));
    const ran = keyhole(['set', 'secrets/db.age'], 'x');
    expect(ran.status).toBe(18);
    expect(ran.stderr).toContain('2 names (hard links)');
    expect(keyhole(['set', 'secrets/db.age', '--break-hardlinks'], 'x').status).toBe(0);
    expect(get('secrets/db.age')).toBe('x');
  });
});

describe('what is written', () => {
  test('keeps the permissions of what it replaces', () => {
    chmodSync(file('secrets/db.age'), 0o640);
    keyhole(['set', 'secrets/db.age'], 'x');
    expect(statSync(file('secrets/db.age')).mode & 0o7777).toBe(0o640);
    expect(readdirSync(file('.git/keyhole'))).toEqual(['undo']);
  });

  test('goes through a link that stays inside, and the link stays', () => {
    mkdirSync(file('real'));
    execFileSync('mv', [file('secrets/db.age'), file('real/db.age')]);
    symlinkSync('../real/db.age', file('secrets/db.age'));
    expect(keyhole(['set', 'secrets/db.age'], 'x').status).toBe(0);
    expect(lstatSync(file('secrets/db.age')).isSymbolicLink()).toBe(true);
    expect(get('secrets/db.age')).toBe('x');
  });

  test('never goes through a link that leads outside', () => {
    writeFileSync(path.join(house.elsewhere, 'target'), 'theirs');
    execFileSync('rm', [file('secrets/db.age')]);
    symlinkSync(path.join(house.elsewhere, 'target'), file('secrets/db.age'));
    const ran = keyhole(['set', 'secrets/db.age'], 'x');
    expect(ran.status).toBe(18);
    expect(readFileSync(path.join(house.elsewhere, 'target'), 'utf8')).toBe('theirs');
  });
});

describeWithPeers('the real age', ['age'], () => {
  test('reads what was set, armored where it was armored', () => {
    const key = path.join(house.home, '.ssh/id_ed25519');
    const decrypt = (name: string): string =>
      execFileSync('age', ['-d', '-i', key, file(name)], { encoding: 'utf8' });
    keyhole(['set', 'secrets/db.age'], 'binary');
    expect(decrypt('secrets/db.age')).toBe('binary');
    const recipients = ['-r', house.publicKeys.alice, '-r', house.publicKeys.carol];
    writeFileSync(
      file('secrets/db.age'),
      execFileSync('age', ['-a', ...recipients], { input: 'armored before' }),
    );
    keyhole(['set', 'secrets/db.age'], 'armored');
    expect(bytes('secrets/db.age').toString()).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(decrypt('secrets/db.age')).toBe('armored');
  });
});
