import { type Fault, linesOf } from './assignment.ts';
import type { ReadEntries, TextEntry } from './text-entry.ts';

/** What OpenSSL writes around blocks, and comments. */
const besidesBlocks = /^(?:\s.*|#.*|(?:Bag|Key) Attributes.*|subject=.*|issuer=.*|)$/;

/**
 * PEM (RFC 7468, and armors shaped like it): blocks from `-----BEGIN LABEL-----` to the matching END, with nothing
 * else but comments and OpenSSL's attribute lines between them. The key is the label, the value the whole block
 * with its two lines, which is what programs read.
 */
export const readPem: ReadEntries = (text) => {
  if (!text.includes('-----BEGIN ')) return null;
  const scan = scanPem(text);
  return 'fault' in scan || scan.blocks.length === 0 ? null : scan.blocks;
};

/** Every block of the text, or where it stops being PEM. */
export function scanPem(text: string): { readonly blocks: readonly TextEntry[] } | { readonly fault: Fault } {
  const blocks: TextEntry[] = [];
  let label: string | null = null;
  let begin = 0;
  for (const { text: line, start, end } of linesOf(text)) {
    const bare = line.trimEnd();
    if (label === null) {
      label = /^-----BEGIN ([^-]+)-----$/.exec(bare)?.[1] ?? null;
      if (label === null && !besidesBlocks.test(bare)) {
        return { fault: { at: start, says: 'neither a BEGIN line nor a comment' } };
      }
      begin = start;
    } else if (bare === `-----END ${label}-----`) {
      blocks.push({ path: [label], text: text.slice(begin, end) });
      label = null;
    } else if (bare.startsWith('-----')) {
      return { fault: { at: start, says: 'not the END line of the block that is open' } };
    }
  }
  return label === null ? { blocks } : { fault: { at: begin, says: 'the block has no END line' } };
}
