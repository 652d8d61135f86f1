/**
 * OSC 52 (XTerm Control Sequences, "Manipulate Selection Data"): `ESC ] 52 ; c ; BASE64 BEL`. The payload is base64
 * and nothing else, so a value can carry no sequence of its own.
 */

/** Terminals take 100,000 bytes for the whole sequence: so many bytes before base64. */
export const osc52Limit = 74_994;

export const osc52 = (bytes: Uint8Array): string =>
  `\u001b]52;c;${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}\u0007`;

/** An empty payload empties the clipboard. */
export const osc52Clear = '\u001b]52;c;\u0007';

/** GNU screen cuts a string at 768 bytes (256 in old versions). */
const screenChunk = 240;

/** In pieces that GNU screen hands to its terminal unread: `ESC P … ESC \` (screen(1), "Control Sequences"). */
export function wrapForScreen(sequence: string): string {
  let wrapped = '';
  for (let at = 0; at < sequence.length; at += screenChunk) {
    wrapped += `\u001bP${sequence.slice(at, at + screenChunk)}\u001b\\`;
  }
  return wrapped;
}
