/** One line of a hex view, in the manner of `hexdump -C`. */
export interface HexLine {
  /** Eight hexadecimal digits. */
  readonly offset: string;
  /** Two digits a byte, a space between bytes and two after each eighth; padded so that all lines are as wide. */
  readonly hex: string;
  /** Printable ASCII, and `.` for everything else. */
  readonly text: string;
}

export const hexLineCount = (size: number, perLine = 16): number => Math.ceil(size / perLine);

/** The `count` lines from line `first` on, fewer at the end: nothing is built that is not shown. */
export function hexLines(bytes: Uint8Array, first: number, count: number, perLine = 16): readonly HexLine[] {
  const start = Math.max(0, first);
  const end = Math.min(hexLineCount(bytes.length, perLine), start + Math.max(0, count));
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => {
    const at = (start + index) * perLine;
    return hexLine(at, bytes.subarray(at, at + perLine), perLine);
  });
}

function hexLine(at: number, bytes: Uint8Array, perLine: number): HexLine {
  let hex = '';
  for (let index = 0; index < perLine; index += 1) {
    if (index > 0) hex += index % 8 === 0 ? '  ' : ' ';
    hex += bytes[index]?.toString(16).padStart(2, '0') ?? '  ';
  }
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  return { offset: at.toString(16).padStart(8, '0'), hex, text: text.join('') };
}
