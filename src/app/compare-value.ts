import { hash } from 'node:crypto';
import type { Outcome } from '../core/outcome.ts';
import { parsePayload } from '../core/payload/parse-payload.ts';

export interface ComparePorts {
  /** The bytes are the caller's, who overwrites them. */
  readonly current: () => Promise<Outcome<Uint8Array>>;
  readonly decrypt: (file: Uint8Array) => Promise<Outcome<Uint8Array>>;
}

/** `unknown`: one of the two does not open here. */
export type ValueLikeness = 'same' | 'partly' | 'changed' | 'unknown';

/** A shorter line is no secret of its own: braces, headings. What is an entry counts however short it is. */
const telling = 6;

/**
 * How a value is like those of earlier versions of its file: `same` as one of them but for white space at its ends,
 * `partly` where an entry or a line of it is in one. Every value is overwritten before this ends.
 */
export async function compareValue(
  ports: ComparePorts,
  earlier: readonly Uint8Array[],
): Promise<ValueLikeness> {
  const current = await ports.current();
  if (!current.ok) return 'unknown';
  const now = await digestsOf(current.value);
  let likeness: ValueLikeness = 'changed';
  for (const file of earlier) {
    const opened = await ports.decrypt(file);
    if (!opened.ok) {
      if (likeness === 'changed') likeness = 'unknown';
      continue;
    }
    const then = await digestsOf(opened.value);
    if (then.whole === now.whole) return 'same';
    if ([...now.parts].some((part) => then.parts.has(part))) likeness = 'partly';
  }
  return likeness;
}

interface Digests {
  readonly whole: string;
  /** The whole among them: a value may have become an entry of a file, or the other way round. */
  readonly parts: ReadonlySet<string>;
}

/** What tells whether values are the same without keeping them; overwrites the value. */
async function digestsOf(value: Uint8Array): Promise<Digests> {
  const { entries } = await parsePayload(value);
  const parts = [...entries.map((entry) => entry.value), ...linesOf(value)];
  const whole = digestOf(value);
  const digests = { whole, parts: new Set([whole, ...parts.map(digestOf)]) };
  for (const bytes of [value, ...entries.map((entry) => entry.value)]) bytes.fill(0);
  return digests;
}

const digestOf = (bytes: Uint8Array): string => hash('sha256', trimmed(bytes));

/** Each line, and what stands after its first `=` or `:`, whatever the text is. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const line = trimmed(bytes.subarray(at, end === -1 ? bytes.length : end));
    const rest = trimmed(line.subarray(line.findIndex(isSign) + 1));
    for (const part of [line, rest]) if (part.length >= telling && !isRuler(part)) lines.push(part);
    at = end === -1 ? bytes.length : end + 1;
  }
  return lines;
}

const isSign = (byte: number): boolean => byte === 0x3d || byte === 0x3a;

/** `-----BEGIN …`, which every key has. */
const isRuler = (line: Uint8Array): boolean => line.subarray(0, 5).every((byte) => byte === 0x2d);

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);

function trimmed(bytes: Uint8Array): Uint8Array {
  let [start, end] = [0, bytes.length];
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
