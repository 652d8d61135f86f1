import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { buildHouseOfSecrets, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
});
afterEach(() => house.remove());

const noKey = ['--no-default-identities'];
const keyhole = (...words: readonly string[]): Ran =>
  runKeyhole(words, { home: house.home, cwd: house.root });
const file = (name: string): string => path.join(house.root, name);
const bytes = (name: string): Buffer => readFileSync(file(name));
const rules = (): string => bytes('secrets.nix').toString();
const get = (address: string): string => keyhole('get', address).text;
const status = (): string => git(house.root, 'status', '--short', '--untracked-files=all');
const state = (name: string): string => JSON.parse(keyhole('list', '--json', name).text).secrets[0]?.state;

describe('mv', () => {
  test('renames a file and its entry, byte for byte and without a key; undo takes both back', () => {
    const [before, old] = [bytes('secrets/db.age'), rules()];
    expect(keyhole('mv', 'secrets/db.age', 'hosts/web/db.age', ...noKey)).toMatchObject({
      status: 0,
      text: 'created\thosts/web/db.age\ndeleted\tsecrets/db.age\nreplaced\tsecrets.nix\n',
      stderr: '',
    });
    expect(bytes('hosts/web/db.age')).toEqual(before);
    expect(rules()).toBe(old.replace('"secrets/db.age"', '"hosts/web/db.age"'));
    expect(state('hosts/web/db.age')).toBe('ok');
    expect(keyhole('undo').status).toBe(0);
    expect(status()).toBe('');
  });

  test('takes several into a directory, all or none', () => {
    expect(keyhole('mv', 'secrets/db.age', 'secrets/two-lines.age', 'hosts/db1').status).toBe(0);
    expect(get('hosts/db1/db.age')).toBe(values['secrets/db.age']);
    expect(get('hosts/db1/two-lines.age')).toBe(values['secrets/two-lines.age']);
    const before = status();
    expect(keyhole('mv', 'hosts/db1/db.age', 'hosts/db1/same.age', 'hosts/db2/').status).toBe(18);
    expect(status()).toBe(before);
    expect(keyhole('mv', 'hosts/db1/db.age', 'hosts/db1/same.age', 'no-directory').status).toBe(2);
  });

  test('encrypts anew where a rule gives the new name other readers', () => {
    const ran = keyhole('mv', 'secrets/db.age', 'secrets/missing.age');
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stderr).toContain('encrypted anew');
    expect(get('secrets/missing.age')).toBe(values['secrets/db.age']);
    expect(keyhole('who', 'secrets/missing.age').text).not.toContain('carol');
    expect(rules()).not.toContain('secrets/db.age');
    expect(state('secrets/missing.age')).toBe('ok');
  });

  test('renames a rule without a file, and a file without a rule', () => {
    expect(keyhole('mv', 'secrets/missing.age', 'secrets/planned.age').text).toBe('replaced\tsecrets.nix\n');
    const ran = keyhole('mv', 'secrets/a\u001b[2Jorphan.age', 'secrets/found.age');
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('no rule names it');
    expect(rules()).not.toContain('found');
  });

  test('keeps what is wrong with a file as it is, and says so', () => {
    const before = bytes('secrets/drift.age');
    expect(keyhole('mv', 'secrets/drift.age', 'secrets/moved.age').stderr).toContain('still do');
    expect(bytes('secrets/moved.age')).toEqual(before);
    expect(keyhole('mv', 'secrets/truncated.age', 'secrets/short.age').status).toBe(0);
  });

  test.each([
    ['a place that is taken', 18, 'there is a file already', ['secrets/db.age', 'secrets/two-lines.age']],
    ['itself', 18, 'there is a file already', ['secrets/db.age', 'secrets/db.age']],
    ['a file of something else', 18, 'there is a file already', ['secrets/db.age', 'secrets.nix']],
    ['what is not there', 10, 'no secret called', ['secrets/nope.age', 'x.age']],
    ['one value', 2, 'only whole secrets', ['secrets/app.env.age#DB_USER', 'x.age']],
    ['a place outside', 2, 'not a path', ['secrets/db.age', '../x.age']],
    [
      'other readers without a key',
      11,
      'no private key was found',
      ['secrets/db.age', 'secrets/missing.age', ...noKey],
    ],
  ])('refuses %s', (_, exit, says, words) => {
    const ran = keyhole('mv', ...words);
    expect(ran.status).toBe(exit);
    expect(ran.stderr).toContain(says);
    expect(status()).toBe('');
  });

  test('refuses a link, of which nobody can say what is meant', () => {
    execFileSync('mv', [file('secrets/db.age'), file('real.age')]);
    symlinkSync('../real.age', file('secrets/db.age'));
    const ran = keyhole('mv', 'secrets/db.age', 'x.age');
    expect(ran.status).toBe(18);
    expect(ran.stderr).toContain('is a link to real.age');
    expect(existsSync(file('x.age'))).toBe(false);
  });

  test('leaves rules alone that it cannot change by themselves', () => {
    const made = rules().replace('"secrets/db.age".publicKeys', '${"secrets/" + "db.age"}.publicKeys');
    writeFileSync(file('secrets.nix'), made);
    const before = status();
    const ran = keyhole('mv', 'secrets/db.age', 'x.age');
    expect(ran.status).toBe(16);
    expect(ran.stderr).toContain('by hand');
    expect(status()).toBe(before);
  });
});

describe('cp', () => {
  test('copies a file and its entry, byte for byte and without a key', () => {
    const old = rules();
    expect(keyhole('cp', 'secrets/db.age', 'secrets/db-copy.age', ...noKey)).toMatchObject({ status: 0 });
    expect(bytes('secrets/db-copy.age')).toEqual(bytes('secrets/db.age'));
    const entry = '  "secrets/db-copy.age".publicKeys = [ alice carol ];\n';
    expect(rules().replace(entry, '')).toBe(old);
    expect(state('secrets/db-copy.age')).toBe('ok');
  });

  test('encrypts anew for other readers', () => {
    expect(keyhole('cp', 'secrets/db.age', 'mine.age', '--to', 'alice').status).toBe(0);
    expect(get('mine.age')).toBe(values['secrets/db.age']);
    expect(bytes('mine.age')).not.toEqual(bytes('secrets/db.age'));
    expect(state('mine.age')).toBe('ok');
    expect(keyhole('who', 'mine.age').text).not.toContain('carol');
  });

  test('with --dry-run prints what is copied from where', () => {
    const plan = JSON.parse(keyhole('cp', 'secrets/db.age', 'x.age', '--dry-run', '--json').text);
    expect(plan.steps).toMatchObject([
      { do: 'copy', path: 'x.age', from: 'secrets/db.age', before: null },
      { do: 'rewrite', path: 'secrets.nix' },
    ]);
    expect(plan.base.files.map((one: { path: string }) => one.path)).toContain('secrets/db.age');
    expect(status()).toBe('');
  });
});

describeWithPeers('the real age', ['age'], () => {
  test('reads what was renamed, and what was encrypted anew', () => {
    const decrypted = (name: string): string =>
      execFileSync('age', ['-d', '-i', path.join(house.home, '.ssh/id_ed25519'), file(name)], {
        encoding: 'utf8',
      });
    keyhole('mv', 'secrets/db.age', 'a.age');
    keyhole('cp', 'secrets/two-lines.age', 'b.age', '--to', 'alice');
    expect(decrypted('a.age')).toBe(values['secrets/db.age']);
    expect(decrypted('b.age')).toBe(values['secrets/two-lines.age']);
  });
});
