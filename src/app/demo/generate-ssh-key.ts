import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';

/** An ssh-ed25519 key pair as `ssh-keygen -t ed25519 -N ''` would write it. */
export interface SshKeyPair {
  /** Text of the private key file; secret, though these only ever open demos. */
  readonly privateFile: string;
  /** One line without a newline: `ssh-ed25519 AAAA… comment`. */
  readonly publicLine: string;
}

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex'); // RFC 8410, then the 32-byte seed

/** Format: PROTOCOL.key of OpenSSH, unencrypted. */
export function generateSshKey(comment: string): SshKeyPair {
  const seed = randomBytes(32);
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicBytes = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const publicBlob = Buffer.concat([field('ssh-ed25519'), field(publicBytes)]);
  const check = randomBytes(4);
  const privateBlob = Buffer.concat([
    check,
    check,
    field('ssh-ed25519'),
    field(publicBytes),
    field(Buffer.concat([seed, publicBytes])),
    field(comment),
  ]);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'), // cipher
    field('none'), // kdf
    field(''),
    uint32(1), // keys
    field(publicBlob),
    field(padded(privateBlob)),
  ]);
  return {
    privateFile: pem('OPENSSH PRIVATE KEY', file, 70),
    publicLine: `ssh-ed25519 ${publicBlob.toString('base64')} ${comment}`,
  };
}

/** PEM text of any bytes, with the line length the format's own tools use. */
export function pem(label: string, bytes: Uint8Array, lineLength = 64): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function field(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** To whole blocks of 8 with the bytes 1, 2, 3 …, as the format wants even without a cipher. */
function padded(bytes: Buffer): Buffer {
  const missing = (8 - (bytes.length % 8)) % 8;
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}
