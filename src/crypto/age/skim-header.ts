import type { Stanza } from '../../core/stanza.ts';

/** The stanzas of a header without their bodies, grease included, and its length through the newline after the MAC. */
export interface SkimmedHeader {
  readonly stanzas: readonly Stanza[];
  readonly length: number;
}

/** 19 ssh-ed25519 readers take 2.3 kB; what is longer is read with care. */
const longest = 16 * 1024;
const maxStanzas = 1000;
const versionLine = 'age-encryption.org/v1\n';
// C2SP age.md, "Header": arguments, full lines of 64 columns, one shorter line. Neither can be matched in two ways.
const stanza = /-> ([!-~]+(?: [!-~]+)*)\n(?:[A-Za-z0-9+/]{64}\n)*([A-Za-z0-9+/]{0,63})\n/y;
const footer = /--- ([A-Za-z0-9+/]{43})\n/y;
const noBody = new Uint8Array(0);

/**
 * Reads a plainly well-formed header of a binary age file by patterns: 90 headers are the most of what `list` does, and
 * byte for byte takes it three times as long. `null` says nothing about the file: `readHeader` finds out.
 */
export function skimHeader(file: Uint8Array): SkimmedHeader | null {
  const text = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, longest)).toString('latin1');
  if (!text.startsWith(versionLine)) return null;
  const stanzas: Stanza[] = [];
  let position = versionLine.length;
  for (;;) {
    stanza.lastIndex = position;
    const [whole = '', words = '', lastLine = ''] = stanza.exec(text) ?? [];
    if (whole === '') break;
    const [type = '', ...args] = words.split(' ');
    if (stanzas.length === maxStanzas || !isCanonical(lastLine)) return null;
    stanzas.push({ type, args, body: noBody });
    position += whole.length;
  }
  footer.lastIndex = position;
  const [end = '', mac = ''] = footer.exec(text) ?? [];
  if (end === '' || !isCanonical(mac) || stanzas.length === 0) return null;
  // A passphrase beside other readers is malformed.
  if (stanzas.length > 1 && stanzas.some(({ type }) => type === 'scrypt')) return null;
  return { stanzas, length: position + end.length };
}

/** Whether the bits that unpadded base64 has over are zero (RFC 4648, section 3.5). */
function isCanonical(text: string): boolean {
  const last = text.at(-1) ?? '';
  switch (text.length % 4) {
    case 0:
      return true;
    case 2:
      return 'AQgw'.includes(last);
    case 3:
      return 'AEIMQUYcgkosw048'.includes(last);
    default:
      return false;
  }
}
