import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeBase64Into } from '../base64.ts';

// ASCII armor is a strict subset of PEM (C2SP age.md, "ASCII armor"): 64 columns, canonical base64, LF or CRLF,
// and nothing but whitespace around it.
const beginLine = Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----');
const endLine = Buffer.from('-----END AGE ENCRYPTED FILE-----');
const claim = beginLine.subarray(0, '-----BEGIN AGE'.length);
const columns = 64;
/** As much leading whitespace as the reference implementation skips. */
const maxLeadingWhitespace = 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const padding = 0x3d;

const isWhitespace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === lineFeed || byte === carriageReturn;

function skipWhitespace(bytes: Uint8Array, from: number, limit: number): number {
  let position = from;
  while (position < limit && isWhitespace(bytes[position])) position++;
  return position;
}

const isLine = (bytes: Uint8Array, start: number, end: number, line: Buffer): boolean =>
  line.equals(bytes.subarray(start, end));

/** Whether the bytes claim to be armored; the claim is checked by `decodeArmor`. */
export function looksArmored(bytes: Uint8Array): boolean {
  const start = skipWhitespace(bytes, 0, Math.min(bytes.length, maxLeadingWhitespace));
  return claim.equals(bytes.subarray(start, start + claim.length));
}

const damaged = (says: string): Outcome<never> => fail('damaged', `armor: ${says}`);

/**
 * The binary file inside the armor. With `stopAfter` the input may be a prefix of a file: decoding ends there, or
 * at the last whole line, and what follows is not checked. Errors: `damaged`.
 */
export function decodeArmor(bytes: Uint8Array, stopAfter?: number): Outcome<Buffer> {
  const wholeFile = stopAfter === undefined;
  const out = Buffer.alloc(
    Math.floor((Math.min(bytes.length, (stopAfter ?? bytes.length) * 2) * 3) / 4) + 48,
  );
  let written = 0;
  let position = skipWhitespace(bytes, 0, Math.min(bytes.length, maxLeadingWhitespace));
  let lineNumber = 0;
  let sawShortLine = false;
  while (position < bytes.length) {
    const newline = bytes.indexOf(lineFeed, position);
    if (newline < 0 && !wholeFile) return ok(out.subarray(0, written));
    const next = newline < 0 ? bytes.length : newline + 1;
    let end = newline < 0 ? bytes.length : newline;
    if (newline >= 0 && end > position && bytes[end - 1] === carriageReturn) end--;
    lineNumber++;
    if (lineNumber === 1) {
      if (!isLine(bytes, position, end, beginLine))
        return damaged('the first line is not the age begin marker');
    } else if (bytes[position] === 0x2d) {
      return finish(bytes, position, end, next, out.subarray(0, written));
    } else {
      if (sawShortLine) return damaged('a line follows the last one');
      const length = end - position;
      if (length === 0 || length > columns || length % 4 !== 0) return damaged('a line has the wrong length');
      let dataEnd = end;
      while (dataEnd > end - 2 && bytes[dataEnd - 1] === padding) dataEnd--;
      sawShortLine = length < columns || dataEnd < end;
      const count = decodeBase64Into(bytes, position, dataEnd, out, written);
      if (count < 0) return damaged('a line is not canonical base64');
      written += count;
      if (stopAfter !== undefined && written >= stopAfter) return ok(out.subarray(0, written));
    }
    position = next;
  }
  return wholeFile ? damaged('the end marker is missing') : ok(out.subarray(0, written));
}

function finish(bytes: Uint8Array, start: number, end: number, next: number, file: Buffer): Outcome<Buffer> {
  const trimmed = next >= bytes.length ? trimEnd(bytes, start, end) : end;
  if (!isLine(bytes, start, trimmed, endLine)) return damaged('the end marker is wrong');
  if (skipWhitespace(bytes, next, bytes.length) !== bytes.length)
    return damaged('something follows the end marker');
  return ok(file);
}

function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && isWhitespace(bytes[trimmed - 1])) trimmed--;
  return trimmed;
}

/** The armored form of a binary age file, with LF line ends and a final newline. */
export function encodeArmor(file: Uint8Array): Buffer {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString('base64');
  const lines = [beginLine.toString()];
  for (let i = 0; i < text.length; i += columns) lines.push(text.slice(i, i + columns));
  lines.push(endLine.toString(), '');
  return Buffer.from(lines.join('\n'));
}
