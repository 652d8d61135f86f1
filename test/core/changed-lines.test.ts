import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedLines } from '../../src/core/changed-lines.ts';

const said = (before: readonly string[], after: readonly string[]): readonly string[] =>
  changedLines(`${before.join('\n')}\n`, `${after.join('\n')}\n`).map(
    ({ sign, number, text }) => `${sign}${number} ${text}`,
  );

describe('the lines in which two texts differ', () => {
  test.each([
    ['none', ['a', 'b'], ['a', 'b'], []],
    ['one that is another', ['a', 'b', 'c'], ['a', 'x', 'c'], ['-2 b', '+2 x']],
    ['two that lie apart', ['a', 'b', 'c', 'd'], ['x', 'b', 'c', 'y'], ['-1 a', '+1 x', '-4 d', '+4 y']],
    ['one that goes', ['a', 'b', 'c'], ['a', 'c'], ['-2 b']],
    ['one that comes', ['a', 'c'], ['a', 'b', 'c'], ['+2 b']],
    ['one that moves', ['a', 'b', 'c'], ['b', 'c', 'a'], ['-1 a', '+3 a']],
    ['everything', ['a'], ['b'], ['-1 a', '+1 b']],
  ])('%s', (_, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });

  test('make one of the other, and are as few as can be', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changed = changedLines(before.join('\n'), after.join('\n'));
        const gone = new Set(changed.filter(({ sign }) => sign === '-').map(({ number }) => number));
        const come = new Map(
          changed.filter(({ sign }) => sign === '+').map(({ number, text }) => [number, text]),
        );
        const rest = before.filter((_, index) => !gone.has(index + 1));
        const made = after.map((_, index) => come.get(index + 1) ?? rest.shift());
        expect(made).toEqual(after);
        expect(rest).toEqual([]);
        expect(changed.length).toBe(before.length + after.length - 2 * longestCommon(before, after));
      }),
    );
  });

  test('are all of them where nearly everything differs', () => {
    const lines = (mark: string): string =>
      Array.from({ length: 1_500 }, (_, index) => `${mark}${index}`).join('\n');
    expect(changedLines(lines('a'), lines('b')).length).toBe(3_000);
  });
});

function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const line of one) {
    const next = [0];
    for (const [index, text] of other.entries())
      next.push(line === text ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}
