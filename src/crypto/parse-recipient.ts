import { sha256 } from '@noble/hashes/sha2.js';
import type { Recipient, RecipientId, RecipientKind, RecipientName } from '../core/recipient.ts';
import { decodeBech32 } from './bech32.ts';
import { parseSshBlob, parseSshLine } from './ssh/public-key.ts';

/** Longer lines are refused by age as well (8 KiB). */
const maxLength = 8192;

/** Data lengths of the recipients that age knows without a plugin, by Bech32 prefix. */
const native: ReadonlyMap<string, { readonly kind: RecipientKind; readonly length: number }> = new Map([
  ['age', { kind: 'x25519', length: 32 }],
  ['age1pq', { kind: 'hybrid', length: 1216 }],
  ['age1tag', { kind: 'tag', length: 33 }],
  ['age1tagpq', { kind: 'tagpq', length: 1249 }],
]);

// What a plugin may be called: a name becomes part of a program's name, and a path in it once ran any binary
// (GHSA-4fg7-vxc8-qx5w).
const pluginName = /^[a-z0-9][a-z0-9+._-]{0,63}$/;

/** Letters that Bech32 has, so that only what claims to be a key is explained as a broken one. */
const ageLike = /^age1[a-z0-9+._-]+$/i;

// Only the function that checked a text may mint an id.
const idOf = (text: string): RecipientId => text as RecipientId;

const unsupported = (id: string, detail: string, names: readonly RecipientName[] = []): Recipient => ({
  id: idOf(id),
  kind: 'unsupported',
  names,
  detail,
});

const shortHash = (text: string): string => Buffer.from(sha256(Buffer.from(text))).toString('hex', 0, 4);

/**
 * Reads one public key as a rules file, a recipients file or a `.pub` file holds it. Never fails: what age cannot
 * encrypt to becomes kind `unsupported` with the reason in `detail`. An SSH comment becomes a name. A private key in
 * this place is never repeated in the result.
 */
export function parseRecipient(text: string): Recipient {
  const line = text.trim();
  if (/AGE-SECRET-KEY-|^AGE-PLUGIN-|-----BEGIN [A-Z ]*PRIVATE KEY/i.test(line)) {
    return unsupported(`private-key:${shortHash(line)}`, 'a private key stands where a public key belongs');
  }
  if (line.length > maxLength) return unsupported(`too-long:${shortHash(line)}`, 'longer than 8 KiB');
  if (line === '') return unsupported('', 'empty');
  return ageLike.test(line) ? parseAgeRecipient(line) : parseSshRecipient(line);
}

function parseAgeRecipient(line: string): Recipient {
  const decoded = decodeBech32(Buffer.from(line, 'latin1'));
  if (decoded === null) return unsupported(line, 'mistyped age key: the checksum does not fit');
  const id = idOf(line.toLowerCase());
  const known = native.get(decoded.prefix);
  if (known !== undefined) {
    if (decoded.data.length !== known.length) return unsupported(line, 'age key of the wrong length');
    return { id, kind: known.kind, names: [] };
  }
  const name = decoded.prefix.slice('age1'.length);
  if (!pluginName.test(name)) return unsupported(line, 'unusable plugin name in an age key');
  return { id, kind: 'plugin', names: [], detail: name };
}

function parseSshRecipient(line: string): Recipient {
  const fields = parseSshLine(line);
  if (fields === null) return unsupported(line, 'not an age or ssh public key');
  const names: RecipientName[] = fields.comment === '' ? [] : [{ text: fields.comment, source: 'comment' }];
  const id = `${fields.type} ${fields.blob.toString('base64')}`;
  const key = parseSshBlob(fields.blob);
  if (typeof key === 'string') return unsupported(id, key, names);
  return { id: idOf(id), kind: key.kind, names };
}
