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
  /** Where a selection began, and whether every move selects. */
  began: number | null = null;
  isMarking = false;
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
    return this.#unselect();
  }
  insert(inserted: string): this {
    const [from, to] = this.selected ?? [this.at, this.at];
    return this.put(from, to, inserted, from + inserted.length);
  }
  /** What is selected, where that is anything at all. */
  get selected(): readonly [number, number] | null {
    if (this.began === null || this.began === this.at) return null;
    return this.began < this.at ? [this.began, this.at] : [this.at, this.began];
  }
  #unselect(): this {
    this.began = null;
    this.isMarking = false;
    return this;
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
    if ('selects' in step) return this.#select(step.selects);
    const { command } = step;
    if (this.selected && !this.isMarking) {
      if (command === 'left') return this.#go(this.selected[0]);
      if (command === 'right') return this.#go(this.selected[1]);
    }
    if (this.selected) {
      const [from, to] = this.selected;
      if (command === 'erase-left' || command === 'erase-right') return this.put(from, to, '', from);
      if (command === 'cut-line' || command === 'cut-to-end') {
        [this.cut, this.isLineCut] = [this.text.slice(from, to), false];
        return this.put(from, to, '', from);
      }
      if (command === 'paste-cut' && this.cut !== '') return this.insert(this.cut);
    }
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
  #select(how: SelectStep['selects']): this {
    if (how === 'unselect') return this.#unselect();
    if (how === 'mark') {
      const isOn = this.began !== null;
      this.#unselect();
      if (!isOn) [this.isMarking, this.began] = [true, this.at];
      return this;
    }
    if (how === 'all') {
      this.#unselect().#go(this.text.length);
      this.began = 0;
      return this;
    }
    if (how === 'copy') {
      const taken = this.selected ? this.text.slice(...this.selected) : null;
      const line = this.text.slice(this.#start, this.#next);
      if (taken !== null) [this.cut, this.isLineCut] = [taken, false];
      else if (line !== '') {
        [this.cut, this.isLineCut] = [line.endsWith('\n') ? line : line + this.#break, true];
      }
      this.isCutting = false;
      return this.#unselect();
    }
    // A move that selects is the move, with what began it kept.
    const began = this.began ?? this.at;
    const { isMarking } = this;
    this.#unselect().do({ command: how });
    [this.began, this.isMarking] = [began, isMarking];
    return this;
  }
  #go(at: number): this {
    if (this.isMarking) this.began ??= this.at;
    else this.began = null;
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
    return this.#unselect();
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
type SelectStep = {
  readonly command: 'select';
  readonly selects: 'all' | 'mark' | 'unselect' | 'copy' | (typeof moves)[number];
};
type Step =
  | SelectStep
  | { readonly type: string }
  | { readonly paste: string }
  | { readonly command: (typeof commands)[number] };

const moves = commands.slice(0, 6) as readonly (
  | 'left'
  | 'right'
  | 'line-start'
  | 'line-end'
  | 'text-start'
  | 'text-end'
)[];
const motions: ReadonlySet<string> = new Set(moves);

function select(buffer: TextBuffer, how: SelectStep['selects']): void {
  if (how === 'all') buffer.selectAll();
  else if (how === 'mark') buffer.mark();
  else if (how === 'unselect') buffer.unselect();
  else if (how === 'copy') buffer.copy();
  else buffer.move(how, true);
}

function doTo(buffer: TextBuffer, step: Step): void {
  if ('type' in step) buffer.type(step.type);
  else if ('paste' in step) buffer.paste(step.paste);
  else if ('selects' in step) select(buffer, step.selects);
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
  fc.record({
    command: fc.constant('select' as const),
    selects: fc.constantFrom('all', 'mark', 'unselect', 'copy', ...moves, ...moves),
  }),
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
          const { from, to } = buffer.selection ?? { from: 0, to: 0 };
          expect(Buffer.from(buffer.view().subarray(from, to)).toString()).toBe(
            simple.text.slice(...(simple.selected ?? [0, 0])),
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
