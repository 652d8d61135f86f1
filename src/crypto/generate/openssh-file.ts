import { randomBytes } from 'node:crypto';
import { wireString } from '../ssh/wire.ts';
import { base64Bytes } from './encode-secret.ts';
import type { Generated } from './generated.ts';

export interface OpensshParts {
  readonly type: 'ssh-ed25519' | 'ssh-rsa';
  /** Fields behind the type in the public and in the private half, in wire form. The private ones are overwritten. */
  readonly publicFields: readonly Uint8Array[];
  readonly privateFields: readonly Uint8Array[];
  readonly comment: string;
}

const lineLength = 70;
const blockLength = 8;

/** The unencrypted private key file and its public line (PROTOCOL.key of OpenSSH). */
export function opensshFile({ type, publicFields, privateFields, comment }: OpensshParts): Generated {
  const typeField = wireString(Buffer.from(type));
  const publicBlob = Buffer.concat([typeField, ...publicFields]);
  const check = randomBytes(4);
  const open = Buffer.concat([check, check, typeField, ...privateFields, wireString(Buffer.from(comment))]);
  const missing = (blockLength - (open.length % blockLength)) % blockLength;
  // The bytes 1, 2, 3 … fill the last block even where there is no cipher.
  const padding = Buffer.from(Array.from({ length: missing }, (_, index) => index + 1));
  const privateBlob = Buffer.concat([open, padding]);
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    wireString(Buffer.from('none')), // cipher
    wireString(Buffer.from('none')), // key derivation
    wireString(Buffer.alloc(0)), // its options
    Buffer.from([0, 0, 0, 1]), // keys
    wireString(publicBlob),
    wireString(privateBlob),
  ]);
  const digits = base64Bytes(body);
  const secret = pemBlock('OPENSSH PRIVATE KEY', digits);
  for (const bytes of [...privateFields, open, privateBlob, body, digits]) bytes.fill(0);
  const end = comment === '' ? '' : ` ${comment}`;
  return { secret, publicLine: `${type} ${publicBlob.toString('base64')}${end}` };
}

function pemBlock(label: string, digits: Buffer): Buffer {
  const newline = Buffer.from('\n');
  const lines: Buffer[] = [Buffer.from(`-----BEGIN ${label}-----\n`)];
  for (let at = 0; at < digits.length; at += lineLength)
    lines.push(digits.subarray(at, at + lineLength), newline);
  return Buffer.concat([...lines, Buffer.from(`-----END ${label}-----\n`)]);
}
