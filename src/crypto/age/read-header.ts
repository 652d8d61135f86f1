import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { decodeBase64Into } from '../base64.ts';

/** A header as it stands in a binary age file. */
export interface RawHeader {
  /** All stanzas in file order, grease included. */
  readonly stanzas: readonly Stanza[];
  /** The MAC covers the file's bytes from 0 to here: through `---`. */
  readonly macCovers: number;
  readonly mac: Buffer;
  /** Through the newline after the MAC; the payload starts here. */
  readonly length: number;
}

// A repository is hostile input, so the scan is linear and bounded before any curve is touched:
// 10,000 X25519 stanzas in 957 KiB would cost seconds per identity.
export const maxHeaderLength = 1 << 20;
const maxStanzas = 1000;
const maxBodyLength = 64 << 10;

const versionLine = Buffer.from('age-encryption.org/v1\n');
const versionPrefix = Buffer.from('age-encryption.org/');
const lineFeed = 0x0a;
const space = 0x20;
const columns = 64;
const bytesPerLine = 48;
const macColumns = 43;

const startsWith = (bytes: Uint8Array, start: Buffer): boolean =>
  start.equals(bytes.subarray(0, start.length));

const damaged = (says: string): Outcome<never> => fail('damaged', says);
const tooLarge = (says: string): Outcome<never> =>
  fail('refused', says, { hint: 'no honest file needs this much; look at who wrote it' });

/** rage appends one such stanza to most files so that readers learn to ignore what they do not know. */
export const isGrease = (stanza: Stanza): boolean => stanza.type.endsWith('-grease');

/**
 * Reads the header of a binary age file (C2SP age.md, "Header"). Errors: `damaged`; `unsupported` for another
 * version; `refused` beyond 1 MiB, 1,000 stanzas or 64 KiB in one stanza. With `bodies` false the bodies are checked
 * and left empty.
 */
export function readHeader(file: Uint8Array, { bodies = true } = {}): Outcome<RawHeader> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, maxHeaderLength));
  const truncated = (): Outcome<never> =>
    file.length > maxHeaderLength
      ? tooLarge('the header is larger than 1 MiB')
      : damaged('the header ends early');
  if (!startsWith(bytes, versionLine)) return wrongVersion(bytes);
  const stanzas: Stanza[] = [];
  let position = versionLine.length;
  for (;;) {
    const lineEnd = bytes.indexOf(lineFeed, position);
    if (lineEnd < 0) return truncated();
    if (bytes[position] === 0x2d && bytes[position + 1] === 0x2d) {
      return readMac(bytes, position, lineEnd, stanzas);
    }
    if (stanzas.length === maxStanzas) return tooLarge('the header has more than 1,000 recipients');
    const words = readArguments(bytes, position, lineEnd);
    const type = words?.shift();
    if (words === undefined || type === undefined)
      return damaged('a recipient line of the header is malformed');
    const body = readBody(bytes, lineEnd + 1, bodies);
    if (body === 'truncated') return truncated();
    if (body === 'malformed') return damaged('a recipient in the header is not canonical base64');
    if (body === 'too large') return tooLarge('a recipient in the header is larger than 64 KiB');
    stanzas.push({ type, args: words, body: body.bytes });
    position = body.next;
  }
}

function wrongVersion(bytes: Buffer): Outcome<never> {
  if (!startsWith(bytes, versionPrefix)) return damaged('not an age file');
  const lineEnd = bytes.indexOf(lineFeed);
  const line = bytes.toString('latin1', versionPrefix.length, lineEnd);
  if (lineEnd > 0 && lineEnd < 64 && /^v[1-9][0-9]*$/.test(line)) {
    return fail('unsupported', `age format ${line} is not known here`);
  }
  return damaged('the first line of the header is malformed');
}

/** The words after `-> `, at least one; `undefined` when the line is malformed. */
function readArguments(bytes: Buffer, start: number, end: number): string[] | undefined {
  if (bytes[start] !== 0x2d || bytes[start + 1] !== 0x3e || bytes[start + 2] !== space) return undefined;
  let wordStart = start + 3;
  for (let i = wordStart; i <= end; i++) {
    const byte = i === end ? space : (bytes[i] ?? 0);
    if (byte === space) {
      if (i === wordStart) return undefined;
      wordStart = i + 1;
    } else if (byte < 0x21 || byte > 0x7e) {
      return undefined;
    }
  }
  return bytes.toString('latin1', start + 3, end).split(' ');
}

type Body = { readonly bytes: Buffer; readonly next: number } | 'truncated' | 'malformed' | 'too large';

const noBody = Buffer.alloc(0);
/** What a line decodes to when nobody wants it. */
const scratch = Buffer.alloc(bytesPerLine);

/** Full lines of 64 columns and then one shorter line, possibly empty. */
function readBody(bytes: Buffer, start: number, keep: boolean): Body {
  let position = start;
  while (bytes[position + columns] === lineFeed && bytes.indexOf(lineFeed, position) === position + columns) {
    position += columns + 1;
    if (position - start > maxBodyLength * 2) return 'too large';
  }
  const lastEnd = bytes.indexOf(lineFeed, position);
  if (lastEnd < 0) return bytes.length - position > columns ? 'malformed' : 'truncated';
  if (lastEnd - position > columns) return 'malformed';
  const fullLines = (position - start) / (columns + 1);
  const length = fullLines * bytesPerLine + Math.floor(((lastEnd - position) * 3) / 4);
  if (length > maxBodyLength) return 'too large';
  const body = keep ? Buffer.allocUnsafeSlow(length) : scratch;
  for (let line = 0; line < fullLines; line++) {
    const from = start + line * (columns + 1);
    const at = keep ? line * bytesPerLine : 0;
    if (decodeBase64Into(bytes, from, from + columns, body, at) < 0) return 'malformed';
  }
  const at = keep ? fullLines * bytesPerLine : 0;
  if (decodeBase64Into(bytes, position, lastEnd, body, at) < 0) return 'malformed';
  return { bytes: keep ? body : noBody, next: lastEnd + 1 };
}

function readMac(bytes: Buffer, start: number, lineEnd: number, stanzas: Stanza[]): Outcome<RawHeader> {
  const macStart = start + 4;
  const marked = bytes[start + 2] === 0x2d && bytes[start + 3] === space;
  const mac = Buffer.alloc(32);
  if (
    !marked ||
    lineEnd - macStart !== macColumns ||
    decodeBase64Into(bytes, macStart, lineEnd, mac, 0) !== 32
  ) {
    return damaged('the last line of the header is malformed');
  }
  if (stanzas.length === 0) return damaged('the header has no recipients');
  // A passphrase stanza beside others would let its author pretend that the file is authenticated by it.
  if (stanzas.length > 1 && stanzas.some((stanza) => stanza.type === 'scrypt')) {
    return damaged('a passphrase stands beside other recipients');
  }
  return ok({ stanzas, macCovers: start + 3, mac, length: lineEnd + 1 });
}
