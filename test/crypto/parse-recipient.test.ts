import { describe, expect, test } from 'vitest';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { rsaBlob } from '../../src/crypto/ssh/public-key.ts';

const age = 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg';
const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDSmd1mwrA1Q5VtRFDwAaCiQPwn9ArdQmrJS3wRoHKOv';

const rsa = (exponent: number, lastByte: number): string => {
  const modulus = Buffer.alloc(256, 0xff);
  modulus[255] = lastByte;
  return `ssh-rsa ${rsaBlob(Buffer.from([exponent]), modulus).toString('base64')}`;
};

describe('a public key as people write it', () => {
  test('an age key is known by its lower-case form', () => {
    expect(parseRecipient(` ${age}\n`)).toEqual({ id: age, kind: 'x25519', names: [] });
    expect(parseRecipient(age.toUpperCase()).id).toBe(age);
  });

  test('an ssh key loses its comment, which becomes a name', () => {
    expect(parseRecipient(`${ed25519}  root@alpha box `)).toEqual({
      id: ed25519,
      kind: 'ssh-ed25519',
      names: [{ text: 'root@alpha box', source: 'comment' }],
    });
    expect(parseRecipient(ed25519).names).toEqual([]);
  });

  test('a plugin key says which plugin', () => {
    const yubikey = 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t';
    expect(parseRecipient(yubikey)).toMatchObject({ kind: 'plugin', detail: 'yubikey', id: yubikey });
  });

  test.each([
    ['a mistyped age key', `${age.slice(0, -1)}q`, /checksum/],
    ['mixed case', `${age.slice(0, -1)}G`, /checksum/],
    [
      'a security key',
      'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIA==',
      /kind of ssh key/,
    ],
    ['an rsa key that hides nothing (e = 1)', rsa(1, 0xff), /unsafe/],
    ['an even rsa modulus', rsa(3, 0xfe), /unsafe/],
    ['a placeholder', 'TODO: ask bob', /not an age or ssh/],
    ['a cut ssh key', ed25519.slice(0, -6), /malformed|not an age/],
    ['nothing', '  ', /empty/],
    ['text beyond all measure', 'x'.repeat(9000), /8 KiB/],
  ])('%s is shown and cannot be encrypted to', (_, text, why) => {
    const recipient = parseRecipient(text);
    expect(recipient.kind).toBe('unsupported');
    expect(recipient.detail).toMatch(why);
  });

  test('a private key in this place is never repeated', () => {
    const secret = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX';
    const shown = JSON.stringify(parseRecipient(secret));
    expect(JSON.stringify(parseRecipient(`x${age}`))).toContain(age); // what is not secret is repeated
    expect(shown).not.toContain('GFPYYSJ');
    expect(shown).toContain('private key');
  });
});
