import { describe, expect, it } from 'vitest';
import { hashWithBcrypt, htpasswdLine } from '../../../src/crypto/generate/bcrypt.ts';
import { must } from '../support.ts';
import { chosenBytes } from './chosen-bytes.ts';

describe('a bcrypt hash', () => {
  // Made by crypt(3) of libxcrypt 4.4 from the salt of the bytes 0 to 15.
  it.each([
    ['hunter2', 4, '$2b$04$..CA.uOD/eaGAOmJB.yMBurkTM.teJW4P/NXJXOT49X8IHvXALk4i'],
    ['ümlaut 😀', 5, '$2b$05$..CA.uOD/eaGAOmJB.yMBu4Wz6i0n20mMC7gY6VGTBVS0AvNOSkeq'],
    ['x'.repeat(72), 4, '$2b$04$..CA.uOD/eaGAOmJB.yMBu24DYAHplShSVc53t1oiXS/HC99GyeTi'],
  ])('of %j at cost %i is that of libxcrypt', async (password, cost, hash) => {
    const salt = chosenBytes(Array.from({ length: 16 }, (_, index) => index));
    expect(must(await hashWithBcrypt(Buffer.from(password), { cost }, salt))).toBe(hash);
    expect(must(await hashWithBcrypt(Buffer.from(password), { cost, mark: '2y' }, salt))).toBe(
      hash.replace('2b', '2y'),
    );
  });

  it('has a salt of its own each time, and cost 12 unless told otherwise', async () => {
    const hashes = [
      must(await hashWithBcrypt(Buffer.from('x'))),
      must(await hashWithBcrypt(Buffer.from('x'))),
    ];
    for (const hash of hashes) expect(hash).toMatch(/^\$2b\$12\$[./A-Za-z0-9]{53}$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it.each([
    ['', 4],
    ['a\0b', 4],
    ['x'.repeat(73), 4],
    ['x', 3],
    ['x', 17],
    ['x', 4.5],
  ])('is refused for %j at cost %d', async (password, cost) => {
    expect(await hashWithBcrypt(Buffer.from(password), { cost })).toMatchObject({
      ok: false,
      error: { code: 'usage' },
    });
  });

  it('is refused for bytes that are no text', async () => {
    expect(await hashWithBcrypt(Uint8Array.of(0xff))).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});

describe('a line of an htpasswd file', () => {
  it('is name, colon, hash', () => {
    expect(htpasswdLine('alice', '$2y$…')).toEqual({ ok: true, value: 'alice:$2y$…\n' });
    for (const user of ['', 'a:b', 'a\nb', 'a'.repeat(256)]) {
      expect(htpasswdLine(user, 'x')).toMatchObject({ ok: false, error: { code: 'usage' } });
    }
  });
});
