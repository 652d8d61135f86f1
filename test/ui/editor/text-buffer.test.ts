import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextBuffer } from '../../../src/ui/editor/text-buffer.ts';
import type { EditCommand } from '../../../src/ui/editor/text-edits.ts';
import type { Motion } from '../../../src/ui/editor/text-motions.ts';

/** The same text as a JavaScript string with an index: slow, simple, and written without looking at the other. */
class SimpleText {
  text: string;
  at = 0;
  cut = '';
  isLineCut = false;
  isCutting = false;
  constructor(text: string) {
    this.text = text;
  }

  get #break(): string {
    return /^[^\n]*\r\n/.test(this.text) ? '\r\n' : '\n';
  }
  /** Boundaries of what a person takes for characters, both ends of the text included. */
  get #stops(): number[] {
    return [...[...new Intl.Segmenter().segment(this.text)].map(({ index }) => index), this.text.length];
  }
  get #start(): number {
    return this.at === 0 ? 0 : this.text.lastIndexOf('\n', this.at - 1) + 1;
  }
  get #end(): number {
    const found = this.text.indexOf('\n', this.#start);
    if (found < 0) return this.text.length;
    return found > this.#start && this.text[found - 1] === '\r' ? found - 1 : found;
  }
  get #next(): number {
    const found = this.text.indexOf('\n', this.#start);
    return found < 0 ? this.text.length : found + 1;
  }
  put(from: number, to: number, inserted: string, at: number): this {
    this.text = this.text.slice(0, from) + inserted + this.text.slice(to);
    this.at = at;
    this.isCutting = false;
    return this;
  }
  insert(inserted: string): this {
    return this.put(this.at, this.at, inserted, this.at + inserted.length);
  }
  #before = (): number => this.#stops.findLast((stop) => stop < this.at) ?? 0;
  #after = (): number => this.#stops.find((stop) => stop > this.at) ?? this.text.length;
  #cutOut(from: number, to: number, isLines: boolean): this {
    if (from === to) return this;
    const taken = this.text.slice(from, to);
    const whole = isLines && !taken.endsWith('\n') ? taken + this.#break : taken;
    this.cut = this.isCutting && this.isLineCut === isLines ? this.cut + whole : whole;
    this.isLineCut = isLines;
    this.put(from, to, '', from);
    this.isCutting = true;
    return this;
  }

  do(step: Step): this {
    if ('type' in step) return this.insert(Buffer.from(step.type).toString());
    if ('paste' in step) {
      if (step.paste === '') return this;
      return this.insert(
        Buffer.from(step.paste)
          .toString()
          .replace(/\r\n|\r|\n/g, this.#break),
      );
    }
    const { command } = step;
    const [start, end, next] = [this.#start, this.#end, this.#next];
    switch (command) {
      case 'left':
        return this.#go(this.#before());
      case 'right':
        return this.#go(this.#after());
      case 'line-start':
        return this.#go(start);
      case 'line-end':
        return this.#go(end);
      case 'text-start':
        return this.#go(0);
      case 'text-end':
        return this.#go(this.text.length);
      case 'new-line':
        return this.insert(this.#break);
      case 'tab':
        return this.insert('\t');
      case 'erase-left':
        if (this.at === 0) return this;
        return this.put(this.#before(), this.at, '', this.#before());
      case 'erase-right':
        if (this.at === this.text.length) return this;
        return this.put(this.at, this.#after(), '', this.at);
      case 'cut-to-end':
        return this.#cutOut(this.at, this.at < end ? end : next, false);
      case 'cut-line':
        return this.#cutOut(start, next, true);
      case 'paste-cut': {
        if (this.cut === '') return this;
        const at = this.isLineCut ? start : this.at;
        return this.put(at, at, this.cut, at + this.cut.length);
      }
      case 'duplicate-line': {
        const copy = this.#break + this.text.slice(start, end);
        return this.put(end, end, copy, this.at + copy.length);
      }
      case 'line-up':
        return this.#swap(-1);
      case 'line-down':
        return this.#swap(1);
    }
  }
  #go(at: number): this {
    this.at = at;
    this.isCutting = false;
    return this;
  }
  /** Lines with their breaks kept apart, exchanged, and put together again. */
  #swap(by: 1 | -1): this {
    const parts = this.text.split(/(\r?\n)/);
    const lines = parts.filter((_, index) => index % 2 === 0);
    const breaks = parts.filter((_, index) => index % 2 === 1);
    const index = this.text.slice(0, this.#start).split('\n').length - 1;
    const column = this.at - this.#start;
    const moved = lines[index];
    const other = lines[index + by];
    if (moved === undefined || other === undefined) return this;
    lines[index] = other;
    lines[index + by] = moved;
    const starts = lines.map((_, line) =>
      lines.slice(0, line).reduce((sum, text, at) => sum + text.length + (breaks[at]?.length ?? 0), 0),
    );
    this.text = lines.map((line, at) => line + (breaks[at] ?? '')).join('');
    this.at = (starts[index + by] ?? 0) + column;
    this.isCutting = false;
    return this;
  }
}

const commands = [
  'left',
  'right',
  'line-start',
  'line-end',
  'text-start',
  'text-end',
  'new-line',
  'tab',
  'erase-left',
  'erase-right',
  'cut-to-end',
  'cut-line',
  'paste-cut',
  'duplicate-line',
  'line-up',
  'line-down',
] as const satisfies readonly (Motion | EditCommand | 'paste-cut')[];
type Step =
  | { readonly type: string }
  | { readonly paste: string }
  | { readonly command: (typeof commands)[number] };

const motions: ReadonlySet<string> = new Set(commands.slice(0, 6));

function doTo(buffer: TextBuffer, step: Step): void {
  if ('type' in step) buffer.type(step.type);
  else if ('paste' in step) buffer.paste(step.paste);
  else if (step.command === 'paste-cut') buffer.pasteCut();
  else if (motions.has(step.command)) buffer.move(step.command as Motion);
  else buffer.edit(step.command as EditCommand);
}

/** Any Unicode, and more often than chance would have it what is difficult. */
const character = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\n',
      '\r\n',
      '\r',
      '\t',
      '\u200d',
      '\u0301',
      '🇩',
      '👩‍👩‍👧',
      'e\u0301',
      '漢',
      '\0',
      '\ufeff',
      ' ',
    ),
  },
);
const anyText = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: character.filter((text) => !/[\r\n]/.test(text)) }),
  fc.record({ paste: anyText }),
  fc.record({ command: fc.constantFrom(...commands) }),
);
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const textOf = (buffer: TextBuffer): string => Buffer.from(buffer.view()).toString();

describe('a text buffer', () => {
  test('does what the same steps do to a string', () => {
    fc.assert(
      fc.property(anyText, fc.array(step, { maxLength: 20 }), (start, steps) => {
        const bytes = utf8(start);
        const buffer = new TextBuffer(bytes);
        const simple = new SimpleText(Buffer.from(bytes).toString());
        for (const one of steps) {
          doTo(buffer, one);
          simple.do(one);
          expect(textOf(buffer)).toBe(simple.text);
          expect(Buffer.from(buffer.view().subarray(0, buffer.cursor)).toString()).toBe(
            simple.text.slice(0, simple.at),
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('is after all undo the text it began with, and after all redo the text it ended with', () => {
    fc.assert(
      fc.property(anyText, fc.array(step, { maxLength: 20 }), (start, steps) => {
        const buffer = new TextBuffer(utf8(start));
        for (const one of steps) doTo(buffer, one);
        const end = textOf(buffer);
        for (const _ of steps) buffer.undo();
        expect(textOf(buffer)).toBe(Buffer.from(start).toString());
        for (const _ of steps) buffer.redo();
        expect(textOf(buffer)).toBe(end);
      }),
      { numRuns: 1_000 },
    );
  });

  test('never holds anything but UTF-8', () => {
    fc.assert(
      fc.property(anyText, fc.array(step, { maxLength: 20 }), (start, steps) => {
        const buffer = new TextBuffer(utf8(start));
        const strict = new TextDecoder('utf-8', { fatal: true });
        for (const one of steps) {
          doTo(buffer, one);
          strict.decode(buffer.view());
          strict.decode(buffer.view().subarray(buffer.cursor));
        }
      }),
      { numRuns: 500 },
    );
  });
});
