// Listing a repository needs these hashes and no other cryptography; loading node:crypto for them would cost a quarter
// of the time in which a bare Node starts, so they come from JavaScript.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Recipient } from '../core/recipient.ts';
import type { Stanza } from '../core/stanza.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { decodeBech32 } from './bech32.ts';
import { p256Forms } from './p256-point.ts';

/** Whether a stanza carries the 32-bit tag of one key. */
export type TagTest = (stanza: Stanza) => boolean;

const tagBytes = 4;
const hash4 = (bytes: Uint8Array): Uint8Array => sha256(bytes).subarray(0, tagBytes);

/** The first argument of `ssh-ed25519` and `ssh-rsa` stanzas for the key with this wire form. */
export const sshTag = (blob: Uint8Array): string => encodeBase64(hash4(blob));

const plainTag =
  (type: string, tag: string): TagTest =>
  (stanza) =>
    stanza.type === type && stanza.args[0] === tag;

/**
 * `p256tag` and `mlkem768p256tag` hide the key behind the ephemeral share (C2SP age.md, "p256tag"):
 * HKDF-Extract(salt = label, share || SHA-256(point)[:4])[:4].
 */
function blindedTag(type: string, shareLength: number, hashed: Uint8Array): TagTest {
  const label = Buffer.from(`age-encryption.org/${type}`);
  return (stanza) => {
    const [tag, share] = stanza.args;
    if (stanza.type !== type || tag === undefined || share === undefined) return false;
    const shareBytes = decodeBase64(share);
    if (shareBytes?.length !== shareLength) return false;
    const mac = hmac(sha256, label, Buffer.concat([shareBytes, hashed]));
    return encodeBase64(mac.subarray(0, tagBytes)) === tag;
  };
}

const anyOf =
  (...tests: readonly TagTest[]): TagTest =>
  (stanza) =>
    tests.some((test) => test(stanza));

/** Hardware keys on P-256: one point, and two or three stanza types by the age of the plugin that wrote the file. */
function p256Test(point: Uint8Array, types: readonly ('piv-p256' | 'p256tag' | 'tpm-ecc')[]): TagTest | null {
  const forms = p256Forms(point);
  if (forms === null) return null;
  const tests = types.map((type) => {
    if (type === 'p256tag') return blindedTag('p256tag', 65, hash4(forms.compressed));
    return plainTag(type, encodeBase64(hash4(type === 'piv-p256' ? forms.compressed : forms.uncompressed)));
  });
  return anyOf(...tests);
}

/**
 * age-plugin-fido2-hmac: the recipient's data is version u16, public key, PIN flag u8, salt 32 B, credential id; the
 * stanza repeats the last three as its arguments 2 to 4 (its docs/spec-v2.md; version 3 has a hybrid key).
 */
function fido2Test(data: Buffer): TagTest | null {
  const version = data.length > 2 ? data.readUInt16BE(0) : 0;
  const keyLength = version === 2 ? 32 : version === 3 ? 1216 : null;
  if (keyLength === null || data.length <= 2 + keyLength + 33) return null;
  const rest = data.subarray(2 + keyLength);
  const expected = [rest.subarray(0, 1), rest.subarray(1, 33), rest.subarray(33)].map(encodeBase64);
  return (stanza) =>
    stanza.type === 'fido2-hmac' &&
    stanza.args.length === 5 &&
    expected.every((text, i) => stanza.args[i + 2] === text);
}

function createTest(recipient: Recipient): TagTest | null {
  if (recipient.kind === 'ssh-ed25519' || recipient.kind === 'ssh-rsa') {
    const blob = Buffer.from(recipient.id.slice(recipient.kind.length + 1), 'base64');
    return plainTag(recipient.kind, sshTag(blob));
  }
  if (recipient.kind !== 'tag' && recipient.kind !== 'tagpq' && recipient.kind !== 'plugin') return null;
  const data = decodeBech32(Buffer.from(recipient.id, 'latin1'))?.data;
  if (data === undefined) return null;
  if (recipient.kind === 'tag') return p256Test(data, ['p256tag']);
  if (recipient.kind === 'tagpq') return blindedTag('mlkem768p256tag', 1153, hash4(data.subarray(1184)));
  switch (recipient.detail) {
    case 'yubikey':
    case 'se':
      return p256Test(data, ['piv-p256', 'p256tag']);
    case 'tpm':
      return p256Test(data, ['tpm-ecc', 'p256tag']);
    case 'fido2-hmac':
      return fido2Test(data);
    default:
      return null;
  }
}

const tests = new WeakMap<Recipient, { readonly test: TagTest | null }>();

/**
 * The test for this recipient's stanza, or `null` when its stanza is anonymous (X25519, hybrid) or made by a plugin
 * whose stanzas are not known. Computed once per recipient object.
 */
export function tagTestOf(recipient: Recipient): TagTest | null {
  let entry = tests.get(recipient);
  if (entry === undefined) {
    entry = { test: createTest(recipient) };
    tests.set(recipient, entry);
  }
  return entry.test;
}
