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
  const entries: TextEntry[] = [];
  let label: string | null = null;
  let block = '';
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.trimEnd();
    if (label === null) {
      label = /^-----BEGIN ([^-]+)-----$/.exec(bare)?.[1] ?? null;
      if (label === null && !besidesBlocks.test(bare)) return null;
      block = line;
      continue;
    }
    block += line;
    if (bare === `-----END ${label}-----`) {
      entries.push({ path: [label], text: block });
      label = null;
    } else if (bare.startsWith('-----')) return null;
  }
  return label === null && entries.length > 0 ? entries : null;
};
