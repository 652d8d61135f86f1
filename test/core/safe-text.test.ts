import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countInvisible, show, showValueLines } from '../../src/core/safe-text.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
/** Small alphabets, so that the rare neighbours meet. */
const anyBytes = fc.oneof(
  fc.uint8Array(),
  fc
    .array(fc.constantFrom(0x20, 0x61, 0x0d, 0x0a, 0x09, 0xc2, 0xa0, 0xff))
    .map((bytes) => Uint8Array.from(bytes)),
);
/** Written independently of the code under test: what must never reach a terminal or hide in a line. */
const forbidden =
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u115f\u1160\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\uffa0\ufff0-\ufffb]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]|\p{Cs}|\p{Cn}|\p{Co}/u;

describe('show', () => {
  it.each([
    ['plain/name.age', 'plain/name.age'],
    ['größe/日本/пароль', 'größe/日本/пароль'],
    ['\u001b[2J\u001b]52;c;aGk=\u0007', '^[[2J^[]52;c;aGk=^G'],
    ['a\u0000b\u007fc', 'a^@b^?c'],
    ['one\ntwo\r\n', 'one^Jtwo^M^J'],
    ['\u009b31m\u0085', '<U+009B>31m<U+0085>'],
    ['evil\u202Efdp.age', 'evil<U+202E>fdp.age'],
    ['a\u200bb\u2066c\ufeff', 'a<U+200B>b<U+2066>c<U+FEFF>'],
    ['tag\u{e0041}', 'tag<U+E0041>'],
    ['a\u00a0b\u3000c', 'a<U+00A0>b<U+3000>c'],
    ['lone \ud800 end', 'lone <U+D800> end'],
    ['blank\u2800\u3164', 'blank<U+2800><U+3164>'],
    ['private \ue0b0', 'private <U+E0B0>'],
    ['a\tb', 'a→b'],
  ])('writes %j as %j', (text, shown) => {
    expect(show(text)).toBe(shown);
  });

  it('marks the joiners of an emoji sequence and leaves single emoji, flags and skin tones alone', () => {
    expect(show('👩\u200d🚀')).toBe('👩<U+200D>🚀');
    expect(show('❤\ufe0f')).toBe('❤<U+FE0F>');
    expect(show('🔑 🇩🇪 👍🏽')).toBe('🔑 🇩🇪 👍🏽');
  });

  it('keeps accents on their letter, but lets none pile up or hang in the air', () => {
    expect(show('e\u0301')).toBe('e\u0301');
    expect(show('\u0301a')).toBe('<U+0301>a');
    expect(show('\u001b\u0301')).toBe('^[<U+0301>');
    expect(show(`z${'\u0335'.repeat(6)}`)).toBe(`z${'\u0335'.repeat(4)}<U+0335><U+0335>`);
  });

  it('keeps the tab for a sink that asks for it, and only the tab', () => {
    expect(show('a\tb\u001b', { tab: 'keep' })).toBe('a\tb^[');
  });

  it('shows bytes that are not UTF-8 one by one', () => {
    expect(show(Uint8Array.of(0x61, 0xff, 0xc3, 0xa9, 0xc3, 0x1b, 0xed, 0xa0, 0x80))).toBe(
      'a<0xFF>é<0xC3>^[<0xED><0xA0><0x80>',
    );
  });

  it('never lets a control or an invisible character through', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(show(text)).not.toMatch(forbidden);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(show(bytes)).not.toMatch(forbidden);
      }),
    );
  });

  it('holds for every single code point', () => {
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const shown = show(String.fromCodePoint(point));
      if (forbidden.test(shown))
        expect.fail(`U+${point.toString(16)} came through as ${JSON.stringify(shown)}`);
    }
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(show(show(text))).toBe(show(text));
      }),
    );
  });
});

describe('the value pane', () => {
  it('marks what it wrote itself, so a literal mark in the value looks different', () => {
    expect(showValueLines(bytesOf('<U+200B>\u200b'))).toEqual([
      [
        { text: '<U+200B>', marked: false },
        { text: '<U+200B>', marked: true },
      ],
    ]);
  });

  it('splits lines at newlines and shows carriage returns, tabs, no-break and trailing spaces', () => {
    expect(showValueLines(bytesOf('a b  \nc\r\n\td\u00a0e \r\n'))).toEqual([
      [
        { text: 'a b', marked: false },
        { text: '··', marked: true },
      ],
      [
        { text: 'c', marked: false },
        { text: '^M', marked: true },
      ],
      [
        { text: '→', marked: true },
        { text: 'd', marked: false },
        { text: '·', marked: true },
        { text: 'e', marked: false },
        { text: '·^M', marked: true },
      ],
    ]);
  });

  it('counts lines as an editor does', () => {
    expect(showValueLines(bytesOf(''))).toHaveLength(0);
    expect(showValueLines(bytesOf('a'))).toHaveLength(1);
    expect(showValueLines(bytesOf('a\n'))).toHaveLength(1);
    expect(showValueLines(bytesOf('a\n\n'))).toHaveLength(2);
    expect(showValueLines(bytesOf('\n'))).toEqual([[]]);
  });

  it('says which bytes are no text', () => {
    expect(showValueLines(Uint8Array.of(0x61, 0x0a, 0xff, 0x0a))).toEqual([
      [{ text: 'a', marked: false }],
      [{ text: '<0xFF>', marked: true }],
    ]);
  });

  it('never lets a control or an invisible character through, and loses no visible one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = showValueLines(bytesOf(text));
        for (const span of lines.flat()) expect(span.text).not.toMatch(forbidden);
        const visible = (part: string): string => part.replace(/[^a-z0-9]/g, '');
        const unmarked = lines.flat().filter((span) => !span.marked);
        expect(visible(unmarked.map((span) => span.text).join(''))).toBe(visible(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('never puts two spans of a kind side by side', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        for (const line of showValueLines(bytes)) {
          for (const [index, span] of line.entries()) {
            expect(span.text).not.toBe('');
            if (index > 0) expect(span.marked).not.toBe(line[index - 1]?.marked);
          }
        }
      }),
    );
  });
});

describe('countInvisible', () => {
  it('counts what cannot be seen, and not the spaces, tabs and newlines everybody expects', () => {
    expect(countInvisible('correct horse \t battery\n')).toBe(0);
    expect(countInvisible('a\u200bb\u00a0c\r\n')).toBe(3);
    expect(countInvisible(Uint8Array.of(0x61, 0xff))).toBe(1);
  });
});
