import { lineAt } from './text-lines.ts';

/** What a person takes for one character: a grapheme cluster, with the bytes it takes. */
export interface Cluster {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

let segmenter: Intl.Segmenter | undefined;

/** The text of some bytes that are known to be UTF-8; it holds plaintext and must not be kept. */
const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');

/** Whether every byte is a printable character of its own, which takes one cell. */
export function isSimple(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

/** The clusters between two offsets of one line. */
export function clustersOf(bytes: Uint8Array, from: number, to: number): readonly Cluster[] {
  const text = textOf(bytes, from, to);
  if (isSimple(bytes, from, to)) {
    return Array.from(text, (character, index) => ({
      from: from + index,
      to: from + index + 1,
      text: character,
    }));
  }
  segmenter ??= new Intl.Segmenter();
  const clusters: Cluster[] = [];
  let at = from;
  for (const { segment } of segmenter.segment(text)) {
    const end = at + Buffer.byteLength(segment);
    clusters.push({ from: at, to: end, text: segment });
    at = end;
  }
  return clusters;
}

/** The nearest boundary before `offset`: of a cluster, or across a line break. */
export function boundaryBefore(bytes: Uint8Array, offset: number): number {
  if (offset === 0) return 0;
  const line = lineAt(bytes, offset);
  if (offset === line.start) return lineAt(bytes, offset - 1).end;
  // Within a break of two bytes, where nothing but a program puts a cursor.
  if (offset > line.end) return line.end;
  const clusters = clustersOf(bytes, line.start, line.end);
  return clusters.findLast(({ from }) => from < offset)?.from ?? line.start;
}

/** The nearest boundary after `offset`. */
export function boundaryAfter(bytes: Uint8Array, offset: number): number {
  const line = lineAt(bytes, offset);
  if (offset >= line.end) return line.next;
  return clustersOf(bytes, line.start, line.end).find(({ to }) => to > offset)?.to ?? line.end;
}
