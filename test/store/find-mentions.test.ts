import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findMentions } from '../../src/store/find-mentions.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keyhole-mentions-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const all = ['secrets/db.age', 'secrets/web/env.age', 'secrets/mail/env.age', 'hosts/db1/db1.age'];

const found = (...paths: readonly string[]): readonly string[] =>
  findMentions(root, paths, all, ['secrets.nix']).found.map(
    ({ file, line, path: named }) => `${file}:${line} ${named}`,
  );

test.each([
  ['a path beside the file', 'secrets/a.nix', 'age.secrets.db.file = ./db.age;', 'secrets/db.age'],
  ['a path from elsewhere', 'hosts/db1/default.nix', 'file = ../../secrets/db.age;', 'secrets/db.age'],
  ['a path in a string', 'flake.nix', 'file = "${self}/secrets/db.age";', 'secrets/db.age'],
  ['a directory and a name', 'a.nix', 'file = ./secrets + "/db.age";', 'secrets/db.age'],
  ['a list', 'a.nix', 'f [ "web/env.age" ]', 'secrets/web/env.age'],
])('%s names a secret', (_, file, line, named) => {
  write(file, `{\n  ${line}\n}\n`);
  expect(found(...all)).toEqual([`${file}:2 ${named}`]);
});

test.each([
  ['another file of that name', 'hosts/a.nix', './db.age'],
  ['a name that several have', 'a.nix', '"/env.age"'],
  ['a longer name', 'a.nix', '"secrets/old-db.age" "secrets/db.age.bak" ./secrets/olddb.age'],
  ['the rules, which are changed themselves', 'secrets.nix', '"secrets/db.age".publicKeys = [ ];'],
  ['a file that is not Nix', 'a.md', 'secrets/db.age'],
])('%s names none', (_, file, line) => {
  write(file, line);
  expect(found(...all)).toEqual([]);
});

test('in a repository only what git tracks is searched', () => {
  write('tracked.nix', './secrets/db.age');
  write('result/built.nix', '../secrets/db.age');
  execFileSync('git', ['-C', root, 'init', '-q']);
  execFileSync('git', ['-C', root, 'add', 'tracked.nix']);
  expect(found('secrets/db.age')).toEqual(['tracked.nix:1 secrets/db.age']);
});
