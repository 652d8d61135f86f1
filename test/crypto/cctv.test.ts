import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { armor, Decrypter } from 'age-encryption';
import * as kit from 'cctv-age';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';

interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  readonly armored: boolean;
  readonly file: Buffer;
}

function readVector(name: string, bytes: Uint8Array): Vector {
  const whole = Buffer.from(bytes);
  const split = whole.indexOf('\n\n');
  const fields = whole.toString('utf8', 0, split).split('\n');
  const all = (key: string): string[] =>
    fields.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const body = whole.subarray(split + 2);
  return {
    name,
    expect: all('expect')[0] ?? '',
    payload: all('payload')[0],
    identities: all('identity'),
    passphrases: all('passphrase'),
    armored: all('armored').length > 0,
    file: all('compressed')[0] === 'zlib' ? inflateSync(body) : body,
  };
}

/** The vector's words for how it ended, read off our error. */
function verdictOf(outcome: Outcome<unknown>, armored: boolean): string {
  if (outcome.ok) return 'success';
  const { code, says } = outcome.error;
  if (code === 'no-key' || code === 'wrong-passphrase') return 'no match';
  if (armored && (says.startsWith('armor: ') || says === 'not an age file')) return 'armor failure';
  if (says.startsWith('the header is not authentic')) return 'HMAC failure';
  if (says.startsWith('the content is not authentic') || says === 'the file is truncated')
    return 'payload failure';
  return ['damaged', 'unsupported', 'refused'].includes(code) ? 'header failure' : `unexpected ${code}`;
}

/** Where our words are coarser than the vectors': a file cut in its nonce, and an armored file without content. */
const alsoKnownAs: Readonly<Record<string, string>> = {
  stream_no_nonce: 'payload failure',
  stream_short_nonce: 'payload failure',
  armor_empty: 'armor failure',
};

async function withTypage(vector: Vector): Promise<string | null> {
  const decrypter = new Decrypter();
  for (const identity of vector.identities) decrypter.addIdentity(identity);
  for (const passphrase of vector.passphrases) decrypter.addPassphrase(passphrase);
  try {
    const file = vector.armored ? armor.decode(vector.file.toString('latin1')) : new Uint8Array(vector.file);
    return createHash('sha256')
      .update(await decrypter.decrypt(file))
      .digest('hex');
  } catch {
    return null;
  }
}

const vectors = Object.entries(kit)
  .filter((entry): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array)
  .map(([name, bytes]) => readVector(name, bytes));

test('the kit is whole', () => {
  expect(vectors).toHaveLength(143);
  expect(vectors.filter((vector) => vector.expect === 'success')).toHaveLength(26);
});

describe('age test vectors of C2SP CCTV', () => {
  test.each(vectors)('$name: $expect', async (vector) => {
    const keyring = createKeyring([
      { origin: 'vector', bytes: Buffer.from(`# keys\n${vector.identities.join('\r\n')}\n`) },
    ]);
    let asked = 0;
    const ask = async () => {
      const passphrase = vector.passphrases[asked++ % Math.max(1, vector.passphrases.length)];
      return passphrase === undefined ? null : Buffer.from(passphrase);
    };
    const outcome = await decryptFile(vector.file, keyring, ask);
    expect(verdictOf(outcome, vector.armored)).toBe(alsoKnownAs[vector.name] ?? vector.expect);
    const hash = outcome.ok ? createHash('sha256').update(outcome.value).digest('hex') : null;
    if (vector.expect === 'success') expect(hash).toBe(vector.payload);
    expect(await withTypage(vector)).toBe(hash);
    if (outcome.ok) expect(parseHeader(vector.file).ok).toBe(true);
  });
});
