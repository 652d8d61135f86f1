import { decodeUtf8 } from '../../core/utf8.ts';

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A path as git prints it: as it is, or in C quotes where it holds what git does not print. */
export function unquotePath(written: string): string {
  if (!written.startsWith('"')) return written;
  const bytes = written
    .replace(/^"|"$/g, '')
    .replace(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : (escapes[escaped] ?? escaped),
    );
  const buffer = Buffer.from(bytes, 'latin1');
  return decodeUtf8(buffer) ?? buffer.toString('latin1');
}
