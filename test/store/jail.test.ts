import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import { type Jail, openJail } from '../../src/store/jail.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe.each([
  ['by descriptor', true],
  ['by path, as where there is no /proc', false],
])('%s', (_, byDescriptor) => {
  /** A root with a file, and beside it, outside, a file that must never be read. */
  function makeJail(): { jail: Jail; root: string; outside: string } {
    const base = temporaryDirectory();
    const root = join(base, 'root');
    mkdirSync(join(root, 'hosts', 'db1'), { recursive: true });
    writeFileSync(join(root, 'hosts', 'db1', 'pg.age'), 'inside');
    writeFileSync(join(base, 'outside'), 'never read');
    mkdirSync(join(base, 'elsewhere'));
    writeFileSync(join(base, 'elsewhere', 'pg.age'), 'never read');
    const jail = openJail(root, byDescriptor);
    onTestFinished(() => jail.close());
    return { jail, root, outside: base };
  }

  const text = (outcome: Outcome<Uint8Array>): string =>
    outcome.ok ? Buffer.from(outcome.value).toString() : `${outcome.error.code}: ${outcome.error.says}`;

  describe('what lies below the root is read', () => {
    test('by its path, and by a path with dots in it', () => {
      const { jail } = makeJail();
      expect(text(jail.readFile('hosts/db1/pg.age'))).toBe('inside');
      expect(text(jail.readFile('./hosts//db1/../db1/./pg.age'))).toBe('inside');
    });

    test('through links that stay inside, relative and absolute', () => {
      const { jail, root } = makeJail();
      symlinkSync('../hosts/db1/pg.age', join(root, 'hosts', 'relative.age'));
      symlinkSync('hosts', join(root, 'machines'));
      symlinkSync(join(root, 'machines', 'db1'), join(root, 'absolute'));
      expect(text(jail.readFile('hosts/relative.age'))).toBe('inside');
      expect(text(jail.readFile('machines/db1/pg.age'))).toBe('inside');
      expect(text(jail.readFile('absolute/pg.age'))).toBe('inside');
      expect(jail.readLink('machines')).toBe('hosts');
      expect(jail.readLink('machines/db1')).toBe(null);
    });

    test('when the root itself was given through a link', () => {
      const { root, outside } = makeJail();
      symlinkSync(root, join(outside, 'alias'));
      const jail = openJail(join(outside, 'alias'), byDescriptor);
      expect(jail.root).toBe(realpathSync(root));
      symlinkSync(join(outside, 'alias', 'hosts'), join(root, 'by-alias'));
      expect(text(jail.readFile('by-alias/db1/pg.age'))).toBe('inside');
      jail.close();
    });

    test('only the part that was asked for', () => {
      const { jail } = makeJail();
      const start = jail.readStart('hosts/db1/pg.age', 2);
      expect(start.ok && [Buffer.from(start.value.bytes).toString(), start.value.size]).toEqual(['in', 6]);
      expect(text(jail.readEnd('hosts/db1/pg.age', 3))).toBe('ide');
      expect(text(jail.readEnd('hosts/db1/pg.age', 30))).toBe('inside');
    });
  });

  describe('what lies outside is refused', () => {
    test.each([
      ['../outside', 'refused: the path leads outside the repository'],
      ['hosts/../../outside', 'refused: the path leads outside the repository'],
      ['/etc/hostname', 'refused: an absolute path is outside the repository'],
      ['hosts\0/db1', 'refused: the name holds a NUL byte'],
      ['hosts/db1/gone.age', 'not-found: no such file'],
      ['hosts/db1/pg.age/deeper', 'not-found: no such file'],
      ['x'.repeat(300), 'refused: the name is too long'],
    ])('%j', (path, says) => {
      const { jail } = makeJail();
      expect(text(jail.readFile(path))).toBe(says);
      expect(jail.exists(path)).toBe(false);
    });

    test('a linked file, a linked directory, a link to a link, a link in the middle of a path', () => {
      const { jail, root, outside } = makeJail();
      symlinkSync('../outside', join(root, 'file.age'));
      symlinkSync(join(outside, 'elsewhere'), join(root, 'directory'));
      symlinkSync('directory', join(root, 'twice'));
      symlinkSync('hosts/../../elsewhere', join(root, 'dotted'));
      for (const path of ['file.age', 'directory/pg.age', 'twice/pg.age', 'dotted/pg.age']) {
        expect(text(jail.readFile(path)), path).toBe('refused: a symbolic link leads outside the repository');
        expect(jail.exists(path), path).toBe(false);
      }
      expect(jail.withDirectory('twice', (opened) => opened).ok).toBe(false);
    });

    test('links in a circle, and a link to nothing', () => {
      const { jail, root } = makeJail();
      symlinkSync('b', join(root, 'a'));
      symlinkSync('a', join(root, 'b'));
      symlinkSync('gone', join(root, 'dangling'));
      expect(text(jail.readFile('a'))).toBe('refused: symbolic links lead in a circle');
      expect(text(jail.readFile('a/deeper'))).toBe('refused: symbolic links lead in a circle');
      expect(text(jail.readFile('dangling'))).toBe('not-found: a symbolic link leads to nothing');
    });

    test('a directory that was swapped for a link after it was first read', () => {
      const { root, outside } = makeJail();
      renameSync(join(root, 'hosts'), join(root, 'old'));
      symlinkSync(join(outside, 'elsewhere'), join(root, 'hosts'));
      const jail = openJail(root, byDescriptor);
      expect(text(jail.readFile('hosts/pg.age'))).toContain('refused');
      jail.close();
    });

    test('whatever the path is made of', () => {
      const { jail, root } = makeJail();
      symlinkSync('..', join(root, 'up'));
      symlinkSync('../root/hosts', join(root, 'round'));
      const part = fc.constantFrom(
        '..',
        '.',
        '',
        'hosts',
        'db1',
        'pg.age',
        'up',
        'round',
        'outside',
        'elsewhere',
      );
      fc.assert(
        fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
          const read = text(jail.readFile(parts.join('/')));
          return read === 'inside' || /^(refused|not-found): /.test(read);
        }),
        { numRuns: 500 },
      );
    });
  });

  describe('what is no regular file is refused without waiting', () => {
    test('a FIFO, a directory, a socket', async () => {
      const { jail, root } = makeJail();
      execFileSync('mkfifo', [join(root, 'fifo.age')]);
      const server = createServer();
      await new Promise<void>((done) => server.listen(join(root, 'socket.age'), done));
      expect(text(jail.readFile('fifo.age'))).toBe('refused: a FIFO, not a regular file');
      expect(text(jail.readFile('hosts'))).toBe('refused: a directory, not a regular file');
      expect(text(jail.readFile(''))).toBe('refused: a directory, not a regular file');
      expect(text(jail.readFile('socket.age'))).toBe('refused: not a regular file');
      await new Promise((done) => server.close(done));
    });

    test('a sparse file of 3 GiB, of which the start can still be read', () => {
      const { jail, root } = makeJail();
      writeFileSync(join(root, 'huge.age'), 'age-encryption.org/v1\n');
      truncateSync(join(root, 'huge.age'), 3 * 1024 ** 3);
      expect(text(jail.readFile('huge.age'))).toBe('refused: 3072 MiB is more than the 16 MiB that are read');
      const start = jail.readStart('huge.age', 22);
      expect(start.ok && Buffer.from(start.value.bytes).toString()).toBe('age-encryption.org/v1\n');
    });
  });
});
