import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../support/git-repository.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets } from './support/house-of-secrets.ts';
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
const status = (): string => git(house.root, 'status', '--short', '--untracked-files=all');

describe('undo', () => {
  test('brings back the very bytes, one write after the other, without a key', () => {
    const before = bytes('secrets/db.age');
    keyhole(['set', 'secrets/db.age'], 'one');
    const between = bytes('secrets/db.age');
    keyhole(['set', 'secrets/db.age'], 'two');
    const noKey = ['--no-default-identities'];
    expect(keyhole(['undo', ...noKey])).toMatchObject({ status: 0, text: 'replaced\tsecrets/db.age\n' });
    expect(bytes('secrets/db.age')).toEqual(between);
    expect(keyhole(['undo', ...noKey]).status).toBe(0);
    expect(bytes('secrets/db.age')).toEqual(before);
    expect(keyhole(['undo', ...noKey])).toMatchObject({ status: 10, stderr: 'keyhole: nothing to undo\n' });
  });

  test('and redo are each other’s opposite, until something else is written', () => {
    keyhole(['set', 'secrets/db.age'], 'one');
    const one = bytes('secrets/db.age');
    keyhole(['undo']);
    expect(keyhole(['redo']).status).toBe(0);
    expect(bytes('secrets/db.age')).toEqual(one);
    keyhole(['undo']);
    keyhole(['set', 'secrets/two-lines.age'], 'else');
    expect(keyhole(['redo']).status).toBe(10);
  });

  test('refuses a file that somebody wrote since, and touches none of the others', () => {
    keyhole(['rm', 'secrets/db.age', 'secrets/two-lines.age']);
    writeFileSync(file('secrets.nix'), '{ }\n');
    const ran = keyhole(['undo']);
    expect(ran.status).toBe(15);
    expect(ran.stderr).toContain('secrets.nix: was changed after the write that is to be undone');
    expect(status()).toBe(' M secrets.nix\n D secrets/db.age\n D secrets/two-lines.age\n');
  });

  test('keeps ciphertext only', () => {
    keyhole(['set', 'secrets/db.age'], `${canary} new`);
    const kept = path.join(house.root, '.git/keyhole/undo/00000001');
    expect(readdirSync(kept).sort()).toEqual(['COMMIT', 'old-0']);
    for (const name of readdirSync(kept))
      expect(readFileSync(path.join(kept, name), 'latin1')).not.toContain(canary);
    expect(statSync(file('.git/keyhole')).mode & 0o777).toBe(0o700);
  });
});

describe('rm', () => {
  test('removes files and their rules, and undo brings all of it back', () => {
    chmodSync(file('secrets/db.age'), 0o600);
    const rules = bytes('secrets.nix').toString();
    const ran = keyhole(['rm', 'secrets/db.age', 'secrets/with space.age']);
    expect(ran).toMatchObject({
      status: 0,
      text: 'deleted\tsecrets/db.age\ndeleted\tsecrets/with space.age\nreplaced\tsecrets.nix\n',
    });
    const left = rules.split('\n').filter((line) => !/"secrets\/(db|with space)\.age"/.test(line));
    expect(bytes('secrets.nix').toString()).toBe(left.join('\n'));
    expect(keyhole(['undo']).status).toBe(0);
    expect(status()).toBe('');
    expect(statSync(file('secrets/db.age')).mode & 0o777).toBe(0o600);
  });

  test('removes a rule without a file, and a file without a rule', () => {
    expect(keyhole(['rm', 'secrets/missing.age']).text).toBe('replaced\tsecrets.nix\n');
    expect(keyhole(['rm', 'secrets/a\u001b[2Jorphan.age']).status).toBe(0);
  });

  test('asks for no link to be taken for what it leads to', () => {
    symlinkSync('db.age', file('secrets/link.age'));
    writeFileSync(
      file('secrets.nix'),
      bytes('secrets.nix').toString().replace('secrets/missing.age', 'secrets/link.age'),
    );
    const ran = keyhole(['rm', 'secrets/link.age']);
    expect(ran.status).toBe(18);
    expect(ran.stderr).toContain('is a link to secrets/db.age');
  });

  test('removes all or nothing', () => {
    expect(keyhole(['rm', 'secrets/db.age', 'secrets/nope.age']).status).toBe(10);
    expect(status()).toBe('');
  });

  test('leaves rules alone that it cannot take out by themselves', () => {
    const rules = bytes('secrets.nix').toString().replace('in {', 'in builtins.mapAttrs (n: v: v) {');
    writeFileSync(
      file('secrets.nix'),
      rules
        .replace('"secrets/db.age".publicKeys = [ alice carol ];', '')
        .replace(
          /\}\s*$/,
          '} // builtins.listToAttrs (map (n: { name = "secrets/${n}.age"; value = { publicKeys = [ alice ]; }; }) [ "db" ])\n',
        ),
    );
    const before = status();
    const ran = keyhole(['rm', 'secrets/db.age']);
    expect(ran.status).toBe(16);
    expect(ran.stderr).toContain('--keep-rule');
    expect(status()).toBe(before);
    expect(keyhole(['rm', 'secrets/db.age', '--keep-rule']).text).toBe('deleted\tsecrets/db.age\n');
  });

  test('with --dry-run removes nothing', () => {
    const ran = keyhole(['rm', 'secrets/db.age', '--dry-run']);
    expect(ran.text).toBe(
      'delete\tsecrets/db.age\t-\t-\nrewrite\tsecrets.nix\t'.concat(ran.text.split('secrets.nix\t')[1] ?? ''),
    );
    expect(status()).toBe('');
  });
});
