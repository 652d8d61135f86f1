import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../src/core/text-width.ts';
import { chooseGlyphs } from '../../src/ui/glyphs.ts';
import { fieldWindow } from '../../src/ui/parts/field-window.ts';
import { createPen } from '../../src/ui/pen.ts';
import {
  eraseInField,
  type Field,
  fieldMotions,
  moveInField,
  typeInField,
} from '../../src/ui/state/field.ts';
import { createTheme } from '../../src/ui/theme.ts';

/** `a|b` is a field with the cursor between a and b. */
const field = (drawn: string): Field => ({ text: drawn.replace('|', ''), at: drawn.indexOf('|') });
const drawn = ({ text, at }: Field): string => `${text.slice(0, at)}|${text.slice(at)}`;

describe('a line being typed', () => {
  test.each([
    ['left', 'ab|', 'a|b'],
    ['left', '|ab', '|ab'],
    ['left', 'a👩‍👩‍👧|b', 'a|👩‍👩‍👧b'],
    ['right', 'a|éb', 'aé|b'],
    ['right', 'ab|', 'ab|'],
    ['word-left', 'hosts/db1/pg|.age', 'hosts/db1/|pg.age'],
    ['word-left', 'hosts/db1/|', 'hosts/|db1/'],
    ['word-right', 'hosts|/db1/pg', 'hosts/db1|/pg'],
    ['start', 'ab|', '|ab'],
    ['end', '|ab', 'ab|'],
  ] as const)('%s: %s becomes %s', (motion, before, after) => {
    expect(drawn(moveInField(field(before), motion))).toBe(after);
  });

  test.each([
    ['left', 'a👩‍👩‍👧|b', 'a|b'],
    ['right', 'a|éb', 'a|b'],
    ['word-left', 'hosts/db1/pg|.age', 'hosts/db1/|.age'],
    ['start', 'ab|c', '|c'],
    ['end', 'a|bc', 'a|'],
  ] as const)('erasing to the %s: %s becomes %s', (motion, before, after) => {
    expect(drawn(eraseInField(field(before), motion))).toBe(after);
  });

  test('takes what is typed where the cursor is, and no control characters', () => {
    expect(drawn(typeInField(field('a|c'), 'b'))).toBe('ab|c');
    expect(drawn(typeInField(field('a|'), 'x\u001b[2J\ny\u009b'))).toBe('ax[2Jy|');
    // A mark joins the letter before it; the cursor is never inside of a character.
    expect(drawn(typeInField(field('a|c'), '\u0301'))).toBe('a\u0301|c');
  });

  const letters = fc.constantFrom('a', 'é', 'e\u0301', '/', ' ', '漢', '👩‍👩‍👧', '\u202e', '.age');
  const step = fc.oneof(
    letters.map((text) => (at: Field) => typeInField(at, text)),
    fc.constantFrom(...fieldMotions).map((motion) => (at: Field) => moveInField(at, motion)),
    fc.constantFrom(...fieldMotions).map((motion) => (at: Field) => eraseInField(at, motion)),
  );

  test('whatever is pressed, the cursor is between characters and in sight', () => {
    const pens = [false, true].map((ascii) =>
      createPen(createTheme(true), chooseGlyphs(ascii, { LANG: 'C.UTF-8' })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 8, max: 40 }), (steps, cells) => {
        let now: Field = { text: 'secrets/db.age', at: 10 };
        for (const one of steps) now = one(now);
        const starts = [...new Intl.Segmenter().segment(now.text)].map(({ index }) => index);
        expect([...starts, now.text.length]).toContain(now.at);
        for (const pen of pens) {
          const { shown, cursor } = fieldWindow(now, pen, cells);
          expect(textWidth(shown)).toBeLessThan(cells);
          expect(cursor).toBeLessThan(cells);
          expect(cursor).toBeLessThanOrEqual(textWidth(shown));
        }
      }),
    );
  });
});
