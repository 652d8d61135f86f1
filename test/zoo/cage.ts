import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encrypted, type Member, member, rulesFor } from '../support/agenix-repository.ts';
import { type Files, git, writeFiles } from '../support/git-repository.ts';

/** What must never be seen in anything keyhole says or shows: it lies outside every hostile repository. */
export const canary = 'CANARY-7d1f-outside-the-repository';

/** A hostile repository with one good secret in it, and the places that its traps aim at. */
export interface Cage {
  readonly root: string;
  /** A directory outside with `canary.txt`, `rules.nix` and `x.age`. */
  readonly outside: string;
  /** Traps that go off leave a file here. Nothing else does. */
  readonly marks: string;
  readonly home: string;
  readonly alice: Member;
  readonly identityFile: string;
  write(files: Files): void;
  git(...args: readonly string[]): string;
  /** An age file that alice can open. */
  encrypted(value: string | Uint8Array): Promise<Uint8Array>;
  /** A line of shell that leaves a mark. */
  trap(name: string): string;
}

export const goodSecret = 'good/good.age';

/** The good secret has rules of its own, so that a hostile `secrets.nix` cannot take them away. */
export async function buildCage(name: string): Promise<Cage> {
  const base = realpathSync(
    mkdtempSync(join(tmpdir(), `keyhole-zoo-${name.replaceAll(/[^a-z0-9]+/gi, '-')}-`)),
  );
  const [root, outside, marks, home] = ['root', 'outside', 'marks', 'home'].map((part) => join(base, part));
  if (!root || !outside || !marks || !home) throw new Error('no place');
  for (const directory of [root, outside, marks, join(home, '.ssh')])
    mkdirSync(directory, { recursive: true });
  const alice = member('alice');
  const identityFile = join(home, '.ssh', 'id_ed25519');
  writeFileSync(identityFile, alice.privateFile, { mode: 0o600 });
  const file = await encrypted(canary, [alice]);
  writeFiles(outside, { 'canary.txt': canary, 'x.age': file });
  writeFiles(outside, {
    'rules.nix': rulesFor([{ ...alice, name: canary }], { 'x.age': [{ ...alice, name: canary }] }),
  });
  git(root, 'init', '-q', '-b', 'main');
  writeFiles(root, {
    'good/secrets.nix': rulesFor([alice], { 'good.age': [alice] }),
    [goodSecret]: await encrypted('user=app\npassword=good-value\n', [alice]),
  });
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'start');
  return {
    root,
    outside,
    marks,
    home,
    alice,
    identityFile,
    write: (files) => writeFiles(root, files),
    git: (...args) => git(root, ...args),
    encrypted: (value) => encrypted(value, [alice]),
    trap: (trapName) => `touch ${join(marks, trapName)}`,
  };
}
