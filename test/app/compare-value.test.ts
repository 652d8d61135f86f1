import { expect, test } from 'vitest';
import { compareValue } from '../../src/app/compare-value.ts';
import { fail, ok } from '../../src/core/outcome.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));

/** `null`: does not open. */
const likeness = (current: string | null, ...earlier: readonly (string | null)[]) => {
  let at = 0;
  const open = async (text: string | null) => (text === null ? fail('no-key', 'no key') : ok(bytes(text)));
  const decrypt = async () => open(earlier[at++] ?? null);
  return compareValue(
    { current: () => open(current), decrypt },
    earlier.map(() => bytes('')),
  );
};

test.each<[string, string | null, readonly (string | null)[], string]>([
  ['the same bytes', 'hunter2', ['hunter2'], 'same'],
  ['a newline more', 'hunter2\n', ['hunter2'], 'same'],
  ['another value', 'hunter3', ['hunter2'], 'changed'],
  ['one of several versions', 'b', ['c', 'b', 'a'], 'same'],
  ['an entry that stayed', 'A=1\nTOKEN=x\n', ['A=1\nTOKEN=y\n'], 'partly'],
  ['an entry under another name', 'NEW=token-1\n', ['OLD=token-1\nB=2\n'], 'partly'],
  ['a value that became an entry', 'PASSWORD=hunter2\n', ['hunter2\n'], 'partly'],
  [
    'a line of a text',
    'one long line here\nsecond line stays\n',
    ['another long line\nsecond line stays\n'],
    'partly',
  ],
  [
    'nothing of a text',
    'one long line here\nand more of it\n',
    ['another long line\nwhich says less\n'],
    'changed',
  ],
  ['a version that does not open', 'hunter3', ['hunter2', null], 'unknown'],
  ['what stayed, beside one that does not open', 'hunter2', [null, 'hunter2'], 'same'],
  ['a value that does not open now', null, ['hunter2'], 'unknown'],
])('%s', async (_, current, earlier, expected) => {
  expect(await likeness(current, ...earlier)).toBe(expected);
});

test('every value is overwritten', async () => {
  const values = [bytes('A=1\nTOKEN=canary\n'), bytes('A=1\nTOKEN=older\n')];
  await compareValue(
    { current: async () => ok(values[0] ?? bytes('')), decrypt: async () => ok(values[1] ?? bytes('')) },
    [bytes('')],
  );
  for (const value of values) expect(value.every((byte) => byte === 0)).toBe(true);
});
