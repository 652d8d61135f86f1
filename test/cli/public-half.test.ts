import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../support/git-repository.ts';
import { buildHouseOfSecrets, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
});
afterEach(() => house.remove());

const keyhole = (...words: readonly string[]): Ran =>
  runKeyhole(words, { home: house.home, cwd: house.root });
const file = (name: string): string => path.join(house.root, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');
const isThere = (name: string): boolean => existsSync(file(name));

/** A key pair as `new` makes it, committed. */
function make(kind: string, name = 'keys/web.age'): string {
  expect(keyhole('new', name, '--to', 'alice,carol', '--generate', kind).status).toBe(0);
  git(house.root, 'add', '-A');
  git(house.root, 'commit', '-q', '-m', kind);
  return text(name.replace(/\.age$/, '.pub'));
}

describe('the public half of a key', () => {
  test.each(['ssh-ed25519', 'age', 'wireguard'])('of %s goes where mv takes the key; undo', (kind) => {
    const half = make(kind);
    const ran = keyhole('mv', 'keys/web.age', 'hosts/db1/ssh.age');
    expect(ran.text).toBe(
      'created\thosts/db1/ssh.age\ndeleted\tkeys/web.age\n' +
        'created\thosts/db1/ssh.pub\ndeleted\tkeys/web.pub\nreplaced\tsecrets.nix\n',
    );
    expect(ran.stderr).toContain('keys/web.pub goes with keys/web.age: it is its public half');
    expect(text('hosts/db1/ssh.pub')).toBe(half);
    expect(isThere('keys/web.pub')).toBe(false);
    expect(keyhole('undo').status).toBe(0);
    expect(git(house.root, 'status', '--short', '--untracked-files=all')).toBe('');
  });

  test('is copied with the key, since the copy has the same', () => {
    const half = make('ssh-ed25519');
    expect(keyhole('cp', 'keys/web.age', 'keys/spare.age').text).toContain('created\tkeys/spare.pub\n');
    expect(text('keys/spare.pub')).toBe(half);
    expect(text('keys/web.pub')).toBe(half);
    // What is there already and is the same is no obstacle.
    expect(keyhole('rm', 'keys/spare.age', '--keep-public').status).toBe(0);
    expect(keyhole('cp', 'keys/web.age', 'keys/spare.age').text).not.toContain('spare.pub');
  });

  test('is in the plan of rm, goes with it, and comes back', () => {
    const half = make('wireguard');
    const plan = keyhole('rm', 'keys/web.age', '--dry-run');
    expect(plan.text).toContain('delete\tkeys/web.pub\t');
    expect(plan.stderr).toContain('keys/web.pub goes with keys/web.age');
    expect(isThere('keys/web.pub')).toBe(true);
    expect(keyhole('rm', 'keys/web.age').text).toContain('deleted\tkeys/web.pub\n');
    expect(isThere('keys/web.pub')).toBe(false);
    expect(keyhole('undo').status).toBe(0);
    expect(text('keys/web.pub')).toBe(half);
  });

  test.each(['mv', 'rm'])('stays with --keep-public: %s', (command) => {
    const half = make('age');
    const target = command === 'mv' ? ['keys/app.age'] : [];
    const ran = keyhole(command, 'keys/web.age', ...target, '--keep-public');
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    expect(text('keys/web.pub')).toBe(half);
  });

  test('stays where the rules read it, and that is said', () => {
    make('ssh-ed25519');
    const rules = text('secrets.nix').replace('let\n', 'let\n  web = builtins.readFile ./keys/web.pub;\n');
    writeFileSync(file('secrets.nix'), rules.replace('"secrets/db.age".publicKeys = [ ', '$&web '));
    expect(keyhole('who', 'secrets/db.age').text).toMatch(/^web\t/m);
    for (const words of [
      ['rm', 'keys/web.age'],
      ['mv', 'secrets/db.age', 'x.age'],
    ]) {
      const ran = keyhole(...words);
      expect(ran.status).toBe(0);
      expect(ran.stderr.includes('keys/web.pub stays: the rules read it')).toBe(words[0] === 'rm');
    }
    expect(isThere('keys/web.pub')).toBe(true);
  });

  test('of something else in its new place is never replaced', () => {
    make('age');
    writeFileSync(file('keys/app.pub'), 'something else\n');
    for (const command of ['mv', 'cp']) {
      const ran = keyhole(command, 'keys/web.age', 'keys/app.age');
      expect(ran.stderr).toContain('keys/app.pub: there is a file already, where the public half would go');
      expect(ran.stderr).toContain('--keep-public');
      expect(ran.status).toBe(18);
    }
    expect(git(house.root, 'status', '--short', '--untracked-files=all')).toBe('?? keys/app.pub\n');
  });

  test.each([
    ['notes', (name: string) => writeFileSync(name, 'who bought this\n')],
    ['two keys', (name: string) => writeFileSync(name, `${text('keys/web.pub')}`.repeat(2))],
    ['a link', (name: string) => symlinkSync('web.pub', name)],
  ])('is not what is merely called so: %s', (_, put) => {
    make('age');
    expect(keyhole('cp', 'secrets/db.age', 'keys/other.age').status).toBe(0);
    put(file('keys/other.pub'));
    const ran = keyhole('rm', 'keys/other.age');
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    expect(isThere('keys/other.pub')).toBe(true);
  });

  test('is nobody’s where two secrets could have it', () => {
    make('age');
    expect(keyhole('new', 'keys/web', '--to', 'alice', '--value', 'x').status).toBe(0);
    for (const name of ['keys/web.age', 'keys/web']) {
      expect(keyhole('rm', name).status).toBe(0);
      expect(isThere('keys/web.pub')).toBe(name === 'keys/web.age');
    }
  });
});
