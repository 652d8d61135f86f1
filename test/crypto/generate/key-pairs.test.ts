import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { generateAgeIdentity } from '../../../src/crypto/generate/age-identity.ts';
import type { Generated } from '../../../src/crypto/generate/generated.ts';
import { rsaLengths } from '../../../src/crypto/generate/rsa-lengths.ts';
import { generateSshEd25519, generateSshRsa } from '../../../src/crypto/generate/ssh-key.ts';
import { generateWireguard } from '../../../src/crypto/generate/wireguard.ts';
import { parseRecipient } from '../../../src/crypto/parse-recipient.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { must } from '../support.ts';
import { chosenBytes } from './chosen-bytes.ts';

/** What a program prints when it is given the private half as a file. */
function printed(program: string, args: readonly string[], { secret }: Generated): string {
  const directory = mkdtempSync(join(tmpdir(), 'keyhole-generate-'));
  try {
    const file = join(directory, 'key');
    writeFileSync(file, secret, { mode: 0o600 });
    const { stdout, stderr, status } = spawnSync(program, [...args, file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout.trim();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describeWithPeers('ssh-keygen derives the same public half', ['ssh-keygen'], () => {
  it('of an ssh-ed25519 key, with its comment', () => {
    for (const comment of ['', 'root@web1', 'two words ümlaut', 'seven..']) {
      const pair = must(generateSshEd25519(comment));
      expect(printed('ssh-keygen', ['-y', '-f'], pair)).toBe(pair.publicLine);
    }
  });

  it.each(rsaLengths)('of an ssh-rsa key of %i bits', async (bits) => {
    const pair = must(await generateSshRsa(bits, 'me'));
    expect(printed('ssh-keygen', ['-y', '-f'], pair)).toBe(pair.publicLine);
    expect(printed('ssh-keygen', ['-l', '-f'], pair)).toMatch(new RegExp(`^${bits} SHA256:.* \\(RSA\\)$`));
  });
});

describe('an ssh pair', () => {
  it('is a recipient of its kind', async () => {
    expect(parseRecipient(must(generateSshEd25519('me')).publicLine ?? '')).toMatchObject({
      kind: 'ssh-ed25519',
      names: [{ text: 'me' }],
    });
    expect(parseRecipient(must(await generateSshRsa(2048, '')).publicLine ?? '').kind).toBe('ssh-rsa');
  });

  it('has lines of 70 characters and a newline at the end', () => {
    const text = Buffer.from(must(generateSshEd25519('x')).secret).toString();
    expect(text).toMatch(
      /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/]{70}\n)+[A-Za-z0-9+/=]{1,70}\n-----END OPENSSH PRIVATE KEY-----\n$/,
    );
  });

  it('takes no comment of two lines', async () => {
    const refusal = { ok: false, error: { code: 'usage', says: 'a comment is one line' } };
    expect(generateSshEd25519('a\nb')).toMatchObject(refusal);
    expect(await generateSshRsa(2048, 'a\0')).toMatchObject(refusal);
  });
});

describeWithPeers('age-keygen derives the same recipient', ['age'], () => {
  it('of an age identity', () => {
    const pair = generateAgeIdentity();
    expect(printed('age-keygen', ['-y'], pair)).toBe(pair.publicLine);
    expect(Buffer.from(pair.secret).toString()).toMatch(
      /^# public key: age1[a-z0-9]{58}\nAGE-SECRET-KEY-1[A-Z0-9]{58}\n$/,
    );
  });
});

describe('a WireGuard pair', () => {
  it('has the shape of wg genkey and wg pubkey: 32 bytes, clamped', () => {
    const { secret, publicLine } = generateWireguard(chosenBytes([255]));
    const text = Buffer.from(secret).toString();
    expect(text).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    const scalar = Buffer.from(text, 'base64');
    expect([scalar.length, scalar[0], scalar[1], scalar[31]]).toEqual([32, 248, 255, 127]);
    expect(publicLine).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(
      Buffer.from(Buffer.from(generateWireguard(chosenBytes([0])).secret).toString(), 'base64')[31],
    ).toBe(64);
  });

  it('has the public half that another implementation derives from its private one', () => {
    const { secret, publicLine } = generateWireguard();
    const scalar = Buffer.from(Buffer.from(secret).toString(), 'base64');
    expect(Buffer.from(x25519.getPublicKey(scalar)).toString('base64')).toBe(publicLine);
  });
});
