import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { openJail } from '../../src/store/jail.ts';
import { KeptFiles } from '../../src/store/kept-files.ts';
import { readRepository } from '../../src/store/open-repository.ts';
import { createSecretReader, type ReadSecretFile } from '../../src/store/read-secret-file.ts';
import { encrypted, member, rulesFor } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const alice = member('alice');
const paths = ['hosts/a.age', 'hosts/b.age'] as const;
const [first, second] = paths as unknown as readonly [SecretId, SecretId];

const text = (read: Outcome<Uint8Array>): string =>
  read.ok ? Buffer.from(read.value).toString('latin1') : `${read.error.code}: ${read.error.says}`;

interface Opened {
  readonly root: string;
  readonly kept: KeptFiles;
  /** Reads the second file in the turn in which the first one was: its directory is open, as kept bytes need. */
  readonly readSecond: () => string;
}

/** A repository of two secrets, opened when its files seemed to be `age` seconds old. */
async function opened(age: number): Promise<Opened> {
  const rules = rulesFor([alice], Object.fromEntries(paths.map((path) => [path, [alice]])));
  const files = await Promise.all(paths.map(async (path) => [path, await encrypted(path, [alice])] as const));
  const root = gitRepository({ 'secrets.nix': rules, ...Object.fromEntries(files) });
  // Nobody can set a ctime, so it is the clock that is moved on.
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + age * 1000);
  const reading = await readRepository({ path: root, rulesFiles: [], env: {} });
  clock.mockRestore();
  if (!reading.ok) throw new Error(reading.error.says);
  const { kept } = reading.value;
  const read: ReadSecretFile = createSecretReader(root, () => kept);
  const readSecond = () => {
    expect(read(first).ok).toBe(true);
    return text(read(second));
  };
  return { root, kept, readSecond };
}

/** How often bytes that were kept are given out. */
function countUses(kept: KeptFiles): () => number {
  const asked = vi.spyOn(kept, 'bytesOf');
  return () => asked.mock.results.filter(({ value }) => value !== null).length;
}

describe('a file that was read while the repository was', () => {
  test('is not read again as long as it is as it was', async () => {
    const { root, kept, readSecond } = await opened(10);
    const uses = countUses(kept);
    expect(readSecond()).toBe(readFileSync(join(root, second), 'latin1'));
    expect(uses()).toBe(1);
  });

  test('is read again when it was too young for its times to prove anything', async () => {
    const { root, kept, readSecond } = await opened(1);
    expect(paths.map((path) => kept.has(path))).toEqual([false, false]);
    expect(readSecond()).toBe(readFileSync(join(root, second), 'latin1'));
  });

  test.each<[string, (path: string) => void]>([
    [
      'replaced',
      (path) => {
        writeFileSync(`${path}.new`, 'other bytes');
        renameSync(`${path}.new`, path);
      },
    ],
    ['written in place, with the same size', (path) => overwrite(path)],
    [
      'written in place and touched back',
      (path) => {
        execFileSync('touch', ['-r', path, `${path}.times`]);
        overwrite(path);
        execFileSync('touch', ['-r', `${path}.times`, path]);
      },
    ],
    [
      'replaced by one with its size and time',
      (path) => {
        writeFileSync(`${path}.new`, 'x'.repeat(readFileSync(path).length));
        execFileSync('touch', ['-r', path, `${path}.new`]);
        renameSync(`${path}.new`, path);
      },
    ],
    ['cut', (path) => truncateSync(path, 5)],
    [
      'replaced by a link to another secret',
      (path) => {
        rmSync(path);
        symlinkSync('a.age', path);
      },
    ],
  ])('and was %s is read as it is now', async (_, change) => {
    const { root, kept, readSecond } = await opened(10);
    const path = join(root, second);
    const before = readFileSync(path, 'latin1');
    change(path);
    const uses = countUses(kept);
    expect(readSecond()).toBe(readFileSync(path, 'latin1'));
    expect(readFileSync(path, 'latin1')).not.toBe(before);
    expect(uses()).toBe(0);
  });

  test.each<[string, string, (root: string, outside: string) => void]>([
    [
      'a link that leads out',
      'refused: a symbolic link leads outside the repository',
      (root, outside) => {
        renameSync(join(root, second), join(outside, 'b.age'));
        symlinkSync(join(outside, 'b.age'), join(root, second));
      },
    ],
    ['gone', 'not-found: no such file', (root) => rmSync(join(root, second))],
    [
      'a directory',
      'refused: a directory, not a regular file',
      (root) => {
        rmSync(join(root, second));
        mkdirSync(join(root, second));
      },
    ],
    [
      'a FIFO',
      'refused: a FIFO, not a regular file',
      (root) => {
        rmSync(join(root, second));
        execFileSync('mkfifo', [join(root, second)]);
      },
    ],
  ])('and is now %s is %s', async (_, says, change) => {
    const { root, readSecond } = await opened(10);
    change(root, temporaryDirectory());
    expect(readSecond()).toBe(says);
  });

  test('is not given when its directory has become a link out of the repository, to the same file even', async () => {
    const { root, kept } = await opened(10);
    const outside = temporaryDirectory();
    const read = createSecretReader(root, () => kept);
    const before = text(read(second));
    await new Promise((resume) => setImmediate(resume));
    renameSync(join(root, 'hosts'), join(outside, 'hosts'));
    symlinkSync(join(outside, 'hosts'), join(root, 'hosts'));
    expect(readFileSync(join(root, second), 'latin1')).toBe(before);
    expect(text(read(first))).toBe('refused: a symbolic link leads outside the repository');
    expect(text(read(second))).toBe('refused: a symbolic link leads outside the repository');
  });

  test('is not given to someone who may no longer read it', async () => {
    const { root, kept, readSecond } = await opened(10);
    execFileSync('chmod', ['000', join(root, second)]);
    const uses = countUses(kept);
    readSecond();
    expect(uses()).toBe(0);
  });
});

describe('what is kept', () => {
  const old = new Date(Date.now() - 60_000);
  const stamp = (size: number) => ({ dev: 1, ino: 2, size, mtimeMs: +old, ctimeMs: +old });

  test('is a whole file and never a part of one', () => {
    const kept = new KeptFiles();
    kept.keep('part.age', new Uint8Array(10), stamp(11));
    kept.keep('whole.age', new Uint8Array(11), stamp(11));
    expect([kept.has('part.age'), kept.has('whole.age')]).toEqual([false, true]);
  });

  test('is at most 2 MiB', () => {
    const kept = new KeptFiles();
    const names = Array.from({ length: 1000 }, (_, index) => `${index}.age`);
    for (const name of names) kept.keep(name, Buffer.alloc(4096, name), stamp(4096));
    const held = names.filter((name) => kept.has(name));
    expect(held).toHaveLength(512);
    for (const name of held) {
      expect(Buffer.alloc(4096, name).equals(kept.bytesOf(name, stamp(4096)) ?? Buffer.of())).toBe(true);
    }
  });

  test('is asked for by a stamp, which only a regular file in a directory that is open has', () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'deep'));
    writeFileSync(join(root, 'deep', 'a.age'), 'a');
    writeFileSync(join(root, 'deep', 'b.age'), 'bb');
    utimesSync(join(root, 'deep', 'b.age'), old, old);
    symlinkSync('b.age', join(root, 'deep', 'link.age'));
    for (const byDescriptor of [true, false]) {
      const jail = openJail(root, byDescriptor);
      expect(jail.stampOf('deep/b.age')).toBe(null);
      expect(text(jail.readFile('deep/a.age'))).toBe('a');
      if (byDescriptor) expect(jail.stampOf('deep/b.age')).toMatchObject({ size: 2, mtimeMs: +old });
      else expect(jail.stampOf('deep/b.age')).toBe(null);
      for (const other of ['deep/link.age', 'deep/gone.age', 'deep', 'deep/..', './deep/b.age', '']) {
        expect(jail.stampOf(other)).toBe(null);
      }
      jail.close();
    }
  });
});

/** Bytes of the same number in the same file. */
function overwrite(path: string): void {
  const { length } = readFileSync(path);
  writeFileSync(path, 'y'.repeat(length), { flag: 'r+' });
}
