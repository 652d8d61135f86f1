import { decodeBase64Into } from '../base64.ts';

const padding = 0x3d;

/** The label of the first PEM block (`OPENSSH PRIVATE KEY`), or `null` when the bytes do not begin with one. */
export function pemLabel(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
  return /^\s*-----BEGIN ([A-Z0-9 ]+)-----\r?\n/.exec(start)?.[1] ?? null;
}

/** The bytes inside a PEM block without headers; they may be secret and belong to the caller. `null` if malformed. */
export function pemBody(bytes: Uint8Array, label: string): Buffer | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const begin = `-----BEGIN ${label}-----`;
  const start = text.indexOf(begin);
  const end = text.indexOf(`-----END ${label}-----`);
  if (start < 0 || end < start) return null;
  const compact = Buffer.alloc(end - start - begin.length);
  let length = 0;
  for (const byte of text.subarray(start + begin.length, end)) if (byte > 0x20) compact[length++] = byte;
  while (length > 0 && compact[length - 1] === padding) length--;
  const body = Buffer.alloc(Math.floor((length * 3) / 4));
  const decoded = decodeBase64Into(compact, 0, length, body, 0);
  compact.fill(0);
  if (decoded === body.length) return body;
  body.fill(0);
  return null;
}
