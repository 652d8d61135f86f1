import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseEditor } from '../../../src/app/editor/choose-editor.ts';
import { isNoSwap, swapDisks } from '../../../src/app/editor/scratch-place.ts';
import { splitWords } from '../../../src/app/editor/split-words.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** A PATH with these programs, some of which are links to others. */
function programs(names: readonly string[], links: Readonly<Record<string, string>> = {}): string {
  const directory = path.join(temporaryDirectory(), 'bin');
  mkdirSync(directory);
  for (const name of names) writeFileSync(path.join(directory, name), '', { mode: 0o755 });
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(directory, name));
  return directory;
}

function options(editor: string, directory: string): string {
  const chosen = chooseEditor({ VISUAL: editor, PATH: directory }, '/');
  if (!chosen.ok) return `${chosen.error.code}: ${chosen.error.says}`;
  return `${chosen.value.hardened ? 'hardened' : 'as it is'}: ${chosen.value.options.join(' ')}`;
}

describe('an editor', () => {
  test('that is known is told to keep no copies, by whatever name it is called', () => {
    const here = programs(['vim.basic', 'nvim', 'nano', 'emacs-gtk', 'busybox'], {
      vim: 'vim.basic',
      vi: 'vim.basic',
      emacs: 'emacs-gtk',
      editor: 'nano',
    });
    for (const name of ['vim', 'vi', 'nvim']) {
      expect(options(`${name} -c startinsert`, here)).toMatch(
        /^hardened: -n -i NONE .*noundofile.* -c startinsert$/,
      );
    }
    expect(options('editor', here)).toBe('hardened: --restricted');
    expect(options('emacs -nw', here)).toMatch(/^hardened: --eval \(setq make-backup-files nil .* -nw$/);
  });

  test('that is not known is used as it is', () => {
    const here = programs(['busybox', 'helix'], { vi: 'busybox' });
    expect(options('vi', here)).toBe('as it is: ');
    expect(options('helix --x', here)).toBe('as it is: --x');
  });

  test('that returns at once must be told to wait', () => {
    const here = programs(['code', 'subl', 'kate', 'gvim', 'gnome-text-editor']);
    for (const name of ['code', 'subl', 'kate', 'gnome-text-editor']) {
      expect(options(name, here)).toBe(`usage: ${name} returns before the file is saved`);
    }
    expect(options('code --wait', here)).toBe('as it is: --wait');
    expect(options('code -w', here)).toBe('as it is: -w');
    expect(options('kate -b', here)).toBe('as it is: -b');
    expect(options('gvim', here)).toMatch(/^hardened: -f -n/);
  });

  test('is VISUAL before EDITOR, found on PATH or from where one is', () => {
    const here = programs(['one', 'two']);
    const chosen = chooseEditor({ VISUAL: 'one', EDITOR: 'two', PATH: here }, '/');
    expect(chosen).toMatchObject({ ok: true, value: { program: path.join(here, 'one') } });
    expect(chooseEditor({ EDITOR: './two' }, here)).toMatchObject({
      ok: true,
      value: { program: path.join(here, 'two') },
    });
  });
});

describe('the words of a variable', () => {
  test.each([
    ['vim', ['vim']],
    ['  vim   -n\t-X\n', ['vim', '-n', '-X']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`"a\\"b\\\\c\\d" 'e\\f'`, ['a"b\\c\\d', 'e\\f']],
    [`'' ""`, ['', '']],
    [`a'b'"c"`, ['abc']],
    ['$HOME `id` $(id) ; | &', ['$HOME', '`id`', '$(id)', ';', '|', '&']],
    ['', []],
  ])('%j are %j', (text, words) => {
    expect(splitWords(text)).toEqual({ ok: true, value: words });
  });

  test('come back from single quotes, whatever they are', () => {
    const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(splitWords(words.map(quoted).join(' '))).toEqual({ ok: true, value: words });
      }),
    );
  });
});

describe('memory that may be written to a disk', () => {
  test('is seen in the list of swap areas, of which zram is none', () => {
    const head = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';
    expect(swapDisks('')).toEqual([]);
    expect(swapDisks(head)).toEqual([]);
    expect(swapDisks(`${head}/dev/zram0 partition\t8\t0\t100\n`)).toEqual([]);
    expect(swapDisks(`${head}/swapfile                               file\t8\t0\t-2\n`)).toEqual([
      '/swapfile',
    ]);
  });

  test('is none where the file system was mounted so', () => {
    const mounts = [
      '22 1 0:20 / / rw shared:1 - ext4 /dev/sda1 rw',
      '30 22 0:26 / /run/user/1000 rw,nosuid shared:5 - tmpfs tmpfs rw,size=1k,noswap',
      '31 22 0:27 / /run/user/1000/other rw - tmpfs tmpfs rw',
      '32 22 0:28 / /dev/shm rw - tmpfs tmpfs rw',
    ].join('\n');
    expect(isNoSwap(mounts, '/run/user/1000/keyhole')).toBe(true);
    expect(isNoSwap(mounts, '/run/user/1000/other/keyhole')).toBe(false);
    expect(isNoSwap(mounts, '/run/user/10001')).toBe(false);
    expect(isNoSwap(mounts, '/dev/shm/keyhole-0')).toBe(false);
  });
});
