import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hashWithSha512Crypt } from '../../../src/crypto/generate/sha512-crypt.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { must } from '../support.ts';
import { chosenBytes } from './chosen-bytes.ts';

const digits = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const saltOf = (salt: string) => chosenBytes([...salt].map((character) => digits.indexOf(character)));

describe('a sha-512-crypt hash', () => {
  // From Drepper's paper, those with a salt of full length.
  it.each([
    [
      10_000,
      'saltstringsaltst',
      'Hello world!',
      '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
    ],
    [
      1400,
      'anotherlongsalts',
      'a very much longer text to encrypt.  This one even stretches over morethan one line.',
      '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
    ],
  ])('of %i rounds is that of its author', (rounds, salt, password, hash) => {
    expect(must(hashWithSha512Crypt(Buffer.from(password), rounds, saltOf(salt)))).toBe(hash);
  });

  it('has a salt of its own each time', () => {
    const hashes = Array.from({ length: 20 }, () => must(hashWithSha512Crypt(Buffer.from('x'), 1000)));
    for (const hash of hashes)
      expect(hash).toMatch(/^\$6\$rounds=1000\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}$/);
    expect(new Set(hashes.map((hash) => hash.split('$')[3])).size).toBe(20);
  });

  it.each([
    ['', 5000],
    ['a\0b', 5000],
    ['x'.repeat(1025), 5000],
    ['x', 999],
    ['x', 2_000_000],
  ])('is refused for %j and %i rounds', (password, rounds) => {
    expect(hashWithSha512Crypt(Buffer.from(password), rounds)).toMatchObject({
      ok: false,
      error: { code: 'usage' },
    });
  });
});

describeWithPeers('openssl makes the same hash', ['openssl'], () => {
  it.each([
    'x',
    'correct horse battery staple',
    'ümlaut 😀',
    'y'.repeat(63),
    'z'.repeat(64),
    'w'.repeat(65),
    '$`\'"\\',
  ])('of %j', (password) => {
    const hash = must(hashWithSha512Crypt(Buffer.from(password)));
    const salt = hash.split('$')[2] ?? '';
    const theirs = spawnSync('openssl', ['passwd', '-6', '-salt', salt, '-stdin'], {
      input: `${password}\n`,
      encoding: 'utf8',
    });
    expect(theirs.stdout.trim()).toBe(hash);
  });
});
