import { expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/ui/glyphs.ts';
import { listName } from '../../src/ui/parts/list-name.ts';
import { createPen } from '../../src/ui/pen.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { secretId } from './support/fake-session.ts';

const pen = createPen(createTheme(true), chooseGlyphs(false, { LANG: 'C.UTF-8' }));
const name = (id: string, key: string | undefined, ranges: [number, number][], cells: number) =>
  listName(pen, { id: secretId(id), ranges, ...(key !== undefined && { key }) }, 'secrets/', cells)
    .map(({ text, token }) => (token === 'match' ? `[${text}]` : text))
    .join('');

test('the directory of all is left out, and hits in it are not marked', () => {
  expect(name('secrets/hosts/atlas/wifi.age', undefined, [[14, 19]], 40)).toBe('hosts/[atlas]/wifi.age');
  expect(name('secrets/hosts/atlas/wifi.age', undefined, [[0, 11]], 40)).toBe('[hos]ts/atlas/wifi.age');
});

test('a name that is too long loses its front, which the others share', () => {
  expect(name('secrets/hosts/atlas/wifi.age', undefined, [], 12)).toBe('…as/wifi.age');
});

test('files with the same key stay apart by their directories', () => {
  const at = (host: string) => name(`secrets/hosts/${host}/restic.env.age`, 'RESTIC_PASSWORD', [[7, 15]], 30);
  expect(at('atlas')).toBe('hosts/atlas/r…#RESTIC_[PASSWORD]');
  expect(at('cygnus')).toBe('hosts/cygnus/…#RESTIC_[PASSWORD]');
});
