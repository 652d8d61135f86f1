import { applySplices, type Splice } from '../../splice.ts';

/** A text as the readers of payloads see it, and the way back to the bytes' own text. */
export interface PlainText {
  readonly original: string;
  /** Without a byte order mark, every CRLF a newline. */
  readonly text: string;
}

const byteOrderMark = '\ufeff';

export const plainText = (original: string): PlainText => ({
  original,
  text: original.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'),
});

/** The original with splices of the plain text done: what lies outside them stays byte for byte. */
export function spliceOriginal({ original, text }: PlainText, splices: readonly Splice[]): string {
  const mark = original.startsWith(byteOrderMark) ? 1 : 0;
  // In plain offsets, where each CRLF that became one character stands.
  const crlf: number[] = [];
  for (let at = original.indexOf('\r\n'); at >= 0; at = original.indexOf('\r\n', at + 2)) {
    crlf.push(at - mark - crlf.length);
  }
  const own = (offset: number): number => offset + mark + crlf.filter((at) => at < offset).length;
  const lineEndNear = (offset: number): string => {
    const before = text.lastIndexOf('\n', offset - 1);
    const newline = before >= 0 && offset > 0 ? before : text.indexOf('\n');
    return crlf.includes(newline) ? '\r\n' : '\n';
  };
  return applySplices(
    original,
    splices.map((splice) => ({
      start: own(splice.start),
      end: own(splice.end),
      text: splice.text.replaceAll('\n', lineEndNear(splice.start)),
    })),
  );
}
