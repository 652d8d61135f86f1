import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import InkOutput from '../../node_modules/ink/build/output.js';
import { composedOutput, type Output } from '../../scripts/build/composed-output.ts';

// The build gives Ink's renderer this output in place of its own, so the screen must be the same.

const size = { width: 40, height: 6 };
type Operation = (output: Output) => void;

/** Ink's own, which says so when it is asked. */
let fellBack = 0;
class Real extends InkOutput {
  constructor(given: { width: number; height: number }) {
    super(given);
    fellBack += 1;
  }
}
const Composed = composedOutput(Real as unknown as new (given: typeof size) => Output);

function textOf(output: Output, operations: readonly Operation[]): string {
  for (const operation of operations) operation(output);
  const { output: text, height } = output.get();
  expect(height).toBe(size.height);
  return text;
}

/** Every cell with its character and everything that styles it. */
async function screenOf(text: string): Promise<readonly string[]> {
  const terminal = new Terminal({ cols: 60, rows: size.height, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(text.replaceAll('\n', '\r\n'), done));
  const rows = Array.from({ length: size.height }, (_, y) => {
    const line = terminal.buffer.active.getLine(y);
    return Array.from({ length: 60 }, (_, x) => {
      const cell = line?.getCell(x);
      if (!cell) return '';
      const look = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isInverse()];
      const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
      // A blank with nothing but a colour of its character looks like any blank.
      const blank = (cell.getChars() || ' ') === ' ' && !cell.isUnderline() && !cell.isInverse();
      return blank ? ` ${colours.slice(2)}` : `${cell.getChars()} ${look} ${colours}`;
    }).join('|');
  });
  terminal.dispose();
  return rows;
}

async function expectSameScreen(operations: readonly Operation[]): Promise<void> {
  const ours = textOf(new Composed(size), operations);
  const inks = textOf(new InkOutput(size) as unknown as Output, operations);
  expect(await screenOf(ours)).toEqual(await screenOf(inks));
}

const write = (
  x: number,
  y: number,
  text: string,
  ...transformers: ((line: string) => string)[]
): Operation => {
  return (output) => output.write(x, y, text, { transformers });
};

const styled = fc
  .tuple(
    fc.constantFrom(
      ['', ''],
      ['1', '22'],
      ['2', '22'],
      ['7', '27'],
      ['36', '39'],
      ['38;5;12', '39'],
      ['44', '49'],
    ),
    fc.string({ unit: fc.constantFrom(...'ab 0─│●…'), maxLength: 9 }),
  )
  .map(([[on, off], text]) => (on === '' ? text : `\u001B[${on}m${text}\u001B[${off}m`));
const line = fc.array(styled, { maxLength: 3 }).map((parts) => parts.join(''));
const odd = fc.constantFrom(
  '漢字',
  '\u001B[31mruns on',
  'e\u0301',
  '\u001B[1;31mboth\u001B[0m',
  '\u001B[5mblinks\u001B[25m',
);
const block = fc
  .array(fc.oneof({ weight: 12, arbitrary: line }, odd), { minLength: 1, maxLength: 5 })
  .map((lines) => lines.join('\n'));
const operation: fc.Arbitrary<Operation[]> = fc.oneof(
  fc.tuple(fc.nat(38), fc.nat(5), block).map(([x, y, text]) => [write(x, y, text)]),
  fc
    .tuple(fc.nat(10), fc.nat(4), block)
    .map(([x, y, text]) => [
      (output: Output) => output.clip({ x1: x, x2: x + 12, y1: y, y2: y + 2 }),
      write(x, y, text),
      (output: Output) => output.unclip(),
    ]),
);

describe("the stand-in for Ink's output", () => {
  test('gives the same screen for any texts, side by side or over one another', async () => {
    fellBack = 0;
    const runs = 400;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 3 }), (operations) =>
        expectSameScreen(operations.flat()),
      ),
      { numRuns: runs },
    );
    // Both ways were taken, or this proves little.
    expect(fellBack).toBeGreaterThan(runs / 10);
    expect(fellBack).toBeLessThan(runs * 0.9);
  });

  test('draws two panes with coloured lines by itself', async () => {
    fellBack = 0;
    const left = ['\u001B[7m> ok  borg.env.age  \u001B[27m', '  drift \u001B[36mdb.age\u001B[39m'].join('\n');
    await expectSameScreen([
      write(0, 0, 'keyhole', (text) => `\u001B[1m${text}\u001B[22m`),
      (output: Output) => output.clip({ x1: 0, x2: 22, y1: 1, y2: 4 }),
      write(0, 1, left),
      (output: Output) => output.unclip(),
      write(22, 1, '│ PASSWORD  ••••••\n│ USER      ••••'),
    ]);
    expect(fellBack).toBe(0);
  });

  test.each([
    ['text over text', [write(0, 0, 'abcdef'), write(2, 0, 'XY')]],
    ['a clip that cuts a line', [(output: Output) => output.clip({ x1: 0, x2: 3 }), write(0, 0, 'abcdef')]],
    ['a clip of nothing', [(output: Output) => output.clip({ x1: 3, x2: 3 }), write(0, 0, 'abcdef')]],
    ['text that begins left of the screen', [write(-2, 0, 'abcdef')]],
    ['text below the screen', [write(0, 5, 'last\nbeyond')]],
    ['a style that runs on into the next line', [write(0, 0, '\u001B[31mred\nstill red')]],
    ['wide characters', [write(0, 0, '漢字 and more'), write(20, 0, 'right')]],
  ])('%s is as Ink has it', async (_, operations) => {
    await expectSameScreen(operations);
  });
});
