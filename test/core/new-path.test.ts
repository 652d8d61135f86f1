import { describe, expect, test } from 'vitest';
import { newPath } from '../../src/core/new-path.ts';

const directories = new Set(['', 'secrets', 'hosts', 'hosts/web']);
const placed = (text: string, here: string | null = ''): string => {
  const path = newPath(text, '/repo', here, (one) => directories.has(one));
  return path.ok ? path.value : path.error.code;
};

describe('a file that is not there yet', () => {
  test.each([
    ['a.age', '', 'a.age'],
    ['./secrets//a.age', '', 'secrets/a.age'],
    ['a.age', 'secrets', 'secrets/a.age'],
    ['secrets/a.age', 'hosts', 'secrets/a.age'],
    ['web/a.age', 'hosts', 'hosts/web/a.age'],
    ['new/a.age', 'hosts', 'hosts/new/a.age'],
    ['./secrets/a.age', 'hosts', 'hosts/secrets/a.age'],
    ['../a.age', 'hosts/web', 'hosts/a.age'],
    ['/repo/hosts/a.age', 'secrets', 'hosts/a.age'],
    ['secrets/a.age', null, 'secrets/a.age'],
    ['-i', '', '-i'],
    ['with space\n.age', '', 'with space\n.age'],
  ])('%j seen from %j is %j', (text, here, path) => {
    expect(placed(text, here)).toBe(path);
  });

  test.each([
    ['', ''],
    ['.', ''],
    ['..', 'secrets'],
    ['../a.age', ''],
    ['../../a.age', 'secrets'],
    ['/etc/a.age', ''],
    ['/repo', ''],
    ['secrets/', ''],
    ['./a.age', null],
    ['a\0.age', ''],
  ])('%j seen from %j is none', (text, here) => {
    expect(placed(text, here)).toBe('usage');
  });
});
