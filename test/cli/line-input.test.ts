import { describe, expect, test } from 'vitest';
import { createLineInput } from '../../src/app/terminal/line-input.ts';

const typed = (...chunks: string[]) => {
  const input = createLineInput();
  const states = chunks.map((chunk) => input.feed(Buffer.from(chunk)));
  return { state: states.at(-1), line: Buffer.from(input.take()).toString() };
};

describe('a line typed at a prompt', () => {
  test.each([
    ['ends at Enter', ['secret\r'], { state: 'done', line: 'secret' }],
    ['may come byte by byte', ['s', 'e', '\n'], { state: 'done', line: 'se' }],
    ['is corrected with Backspace', ['abc\u007f\u0008d\r'], { state: 'done', line: 'ad' }],
    [
      'loses a whole character at Backspace, not a byte of it',
      ['a€\u007fb\r'],
      { state: 'done', line: 'ab' },
    ],
    ['is cleared with Ctrl-U', ['wrong\u0015right\r'], { state: 'done', line: 'right' }],
    [
      'ignores arrows and other escape sequences',
      ['a\u001b[Db\u001bOP\u001b[1;5Cc\r'],
      { state: 'done', line: 'abc' },
    ],
    ['ignores other control keys', ['a\u001a\u0001b\r'], { state: 'done', line: 'ab' }],
    ['takes nothing after its end', ['ab\rcd'], { state: 'done', line: 'ab' }],
    ['may be empty', ['\r'], { state: 'done', line: '' }],
    ['is stopped by Ctrl-C', ['abc\u0003'], { state: 'stopped', line: 'abc' }],
    ['is stopped by Ctrl-D when empty', ['\u0004'], { state: 'stopped', line: '' }],
    ['is ended by Ctrl-D when not', ['ab\u0004'], { state: 'done', line: 'ab' }],
    ['is not done before that', ['abc'], { state: 'reading', line: 'abc' }],
  ])('%s', (_, chunks, expected) => {
    expect(typed(...chunks)).toEqual(expected);
  });

  test('has an end: more than 4096 bytes are ignored', () => {
    expect(typed('x'.repeat(5000), '\r').line).toHaveLength(4096);
  });

  test('is overwritten when wiped', () => {
    const input = createLineInput();
    input.feed(Buffer.from('canary'));
    input.wipe();
    expect(Buffer.from(input.take()).toString()).toBe('\0'.repeat(6));
  });
});
