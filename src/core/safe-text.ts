import { splitUtf8, type Utf8Piece } from './utf8.ts';
import { inspectCharacters, isPlain, markFor } from './visible-character.ts';

/** Whether a tab becomes `→` or is left for a sink that aligns columns with it. */
export interface ShowOptions {
  readonly tab?: 'arrow' | 'keep';
}

/** A piece of a line as drawn. `marked` pieces are ours and stand for something that cannot be seen. */
export interface ValueSpan {
  readonly text: string;
  readonly marked: boolean;
}

const tabArrow = '→';
const spaceDot = '·';

/**
 * Any text or bytes as one line that is safe to print and hides nothing: escapes and controls as `^[`, newline as
 * `^J`, invisible and bidi characters as `<U+202E>`, bytes that are not UTF-8 as `<0xFF>`, tab as `→`.
 * Showing twice changes nothing. The original cannot be restored from it: copy and save use the bytes.
 *
 * Letters of right-to-left scripts are visible and stay; a terminal with its own bidi may still reorder them.
 */
export function show(text: string | Uint8Array, options: ShowOptions = {}): string {
  if (typeof text === 'string') return showText(text, options);
  return splitUtf8(text)
    .map((piece) => ('text' in piece ? showText(piece.text, options) : byteMark(piece.byte)))
    .join('');
}

function showText(text: string, options: ShowOptions): string {
  if (isPlain(text)) return text;
  let line = '';
  for (const { character, hide } of inspectCharacters(text)) {
    if (character === '\t') line += options.tab === 'keep' ? character : tabArrow;
    else line += hide ? markFor(character) : character;
  }
  return line;
}

/**
 * The lines of a value as spans. Marks are spans of their own, so a value that literally holds `<U+200B>` differs
 * from one that holds the character. Beyond `show`: spaces at the end of a line and no-break spaces become a marked
 * `·`. A newline at the very end closes the last line and opens none; an empty value has no lines.
 */
export function showValueLines(bytes: Uint8Array): ValueSpan[][] {
  const pieces = splitUtf8(bytes);
  if (pieces.length === 0) return [];
  const lines: ValueSpan[][] = [[]];
  for (const piece of pieces) {
    for (const [index, text] of piecesOfLines(piece).entries()) {
      if (index > 0) lines.push([]);
      const line = lines.at(-1) ?? [];
      if (typeof text === 'number') append(line, byteMark(text), true);
      else appendText(line, text);
    }
  }
  const last = pieces.at(-1);
  if (last !== undefined && 'text' in last && last.text.endsWith('\n')) lines.pop();
  for (const line of lines) dotTrailingSpaces(line);
  return lines;
}

const piecesOfLines = (piece: Utf8Piece): readonly (string | number)[] =>
  'text' in piece ? piece.text.split('\n') : [piece.byte];

function appendText(line: ValueSpan[], text: string): void {
  if (isPlain(text)) {
    if (text !== '') append(line, text, false);
    return;
  }
  for (const { character, hide } of inspectCharacters(text)) {
    if (character === '\t') append(line, tabArrow, true);
    else if (character === '\u00a0') append(line, spaceDot, true);
    else append(line, hide ? markFor(character) : character, hide);
  }
}

function append(line: ValueSpan[], text: string, marked: boolean): void {
  const last = line.at(-1);
  if (last?.marked === marked) line[line.length - 1] = { text: last.text + text, marked };
  else line.push({ text, marked });
}

/** Also dots the spaces before a carriage return that ends the line. */
function dotTrailingSpaces(line: ValueSpan[]): void {
  const carriageReturn = line.at(-1);
  const ends = carriageReturn?.marked === true && carriageReturn.text === '^M' ? line.pop() : undefined;
  const last = line.at(-1);
  if (last?.marked === false) {
    const text = last.text.replace(/ +$/, '');
    const spaces = last.text.length - text.length;
    if (spaces > 0) {
      line.pop();
      if (text !== '') line.push({ text, marked: false });
      append(line, spaceDot.repeat(spaces), true);
    }
  }
  if (ends) append(line, ends.text, true);
}

/** How many characters of a value cannot be seen as such. Tabs, newlines and plain spaces are not counted. */
export function countInvisible(text: string | Uint8Array): number {
  const pieces = typeof text === 'string' ? [{ text }] : splitUtf8(text);
  let count = 0;
  for (const piece of pieces) {
    if ('byte' in piece) count += 1;
    else if (!isPlain(piece.text)) {
      for (const { character, hide } of inspectCharacters(piece.text)) {
        if (hide && character !== '\t' && character !== '\n') count += 1;
      }
    }
  }
  return count;
}

const byteMark = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
