import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Stanza } from '../../core/stanza.ts';
import { encodeBase64 } from '../base64.ts';
import { aead, aeadOptions, hkdf } from './file-key.ts';
import { chunkLength, chunkNonce, nonceLength } from './payload.ts';

const columns = 64;

/** A binary age file with these stanzas, which hold this file key. The plaintext stays the caller's. */
export function sealWithStanzas(
  fileKey: Uint8Array,
  stanzas: readonly Stanza[],
  plaintext: Uint8Array,
): Buffer {
  return Buffer.concat([header(fileKey, stanzas), ...payload(fileKey, plaintext)]);
}

/** C2SP age.md, "Header". */
function header(fileKey: Uint8Array, stanzas: readonly Stanza[]): Buffer {
  const covered = `age-encryption.org/v1\n${stanzas.map(stanzaText).join('')}---`;
  const key = hkdf(fileKey, '', 'header');
  const mac = createHmac('sha256', key).update(covered, 'latin1').digest();
  key.fill(0);
  return Buffer.from(`${covered} ${encodeBase64(mac)}\n`, 'latin1');
}

function stanzaText({ type, args, body }: Stanza): string {
  const words = [type, ...args];
  // What a reader of ours would refuse is never written: it would take the file from everybody.
  if (!words.every((word) => /^[\x21-\x7e]+$/.test(word))) throw new Error('a stanza argument is malformed');
  const text = encodeBase64(body);
  const lines: string[] = [];
  // Full lines and then one shorter line, which may be empty.
  for (let at = 0; at <= text.length; at += columns) lines.push(text.slice(at, at + columns));
  return `-> ${words.join(' ')}\n${lines.join('\n')}\n`;
}

/** C2SP age.md, "Payload": a nonce, and chunks of which only the last may be shorter. */
function payload(fileKey: Uint8Array, plaintext: Uint8Array): readonly Buffer[] {
  const nonce = randomBytes(nonceLength);
  const key = hkdf(fileKey, nonce, 'payload');
  const chunks = Math.max(Math.ceil(plaintext.length / chunkLength), 1);
  const pieces: Buffer[] = [nonce];
  for (let chunk = 0; chunk < chunks; chunk++) {
    const cipher = createCipheriv(aead, key, chunkNonce(chunk, chunk === chunks - 1), aeadOptions);
    const start = chunk * chunkLength;
    pieces.push(
      cipher.update(plaintext.subarray(start, start + chunkLength)),
      cipher.final(),
      cipher.getAuthTag(),
    );
  }
  key.fill(0);
  return pieces;
}
