import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeArmor } from '../../src/crypto/age/armor.ts';
import { encodeBase64 } from '../../src/crypto/base64.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';

const mac = `--- ${encodeBase64(Buffer.alloc(32, 7))}\n`;
const share = encodeBase64(Buffer.alloc(32, 1));
const body = encodeBase64(Buffer.alloc(32, 2));
const x25519 = `-> X25519 ${share}\n${body}\n`;
const header = (stanzas: string): Buffer => Buffer.from(`age-encryption.org/v1\n${stanzas}${mac}`);

function codeOf(file: Uint8Array): string {
  const outcome = parseHeader(file);
  return outcome.ok ? 'ok' : outcome.error.code;
}

describe('reading a header without keys', () => {
  test('lists the recipients and where the payload begins', () => {
    const bytes = header(`${x25519}-> ssh-ed25519 AbCdEf ${share}\n${body}\n`);
    const outcome = parseHeader(Buffer.concat([bytes, randomBytes(100)]));
    expect(outcome.ok && outcome.value).toEqual({
      armored: false,
      headerLength: bytes.length,
      stanzas: [
        { type: 'X25519', args: [share], body: Buffer.alloc(32, 2) },
        { type: 'ssh-ed25519', args: ['AbCdEf', share], body: Buffer.alloc(32, 2) },
      ],
    });
  });

  test('grease is left out', () => {
    const outcome = parseHeader(header(`${x25519}-> abc-grease x y\n\n`));
    expect(outcome.ok && outcome.value.stanzas.map((stanza) => stanza.type)).toEqual(['X25519']);
  });

  test('armor with LF, with CRLF, with blanks around it, and a mere beginning of it', () => {
    const armored = encodeArmor(Buffer.concat([header(x25519), randomBytes(5000)])).toString();
    const variants = [
      armored,
      armored.replaceAll('\n', '\r\n'),
      `\n  ${armored}\n\n`,
      armored.slice(0, 1000),
    ];
    for (const variant of variants) {
      const outcome = parseHeader(Buffer.from(variant));
      expect(outcome.ok && outcome.value).toMatchObject({ armored: true, stanzas: [{ type: 'X25519' }] });
    }
  });

  test.each([
    ['another version', Buffer.from('age-encryption.org/v2\n'), 'unsupported'],
    ['no age file', Buffer.from('hello'), 'damaged'],
    ['nothing', Buffer.alloc(0), 'damaged'],
    ['CRLF in a binary header', Buffer.from(header(x25519).toString().replaceAll('\n', '\r\n')), 'damaged'],
    ['no recipients', header(''), 'damaged'],
    ['an empty word', header(`-> X25519  ${share}\n${body}\n`), 'damaged'],
    ['a word with a control character', header(`-> X25519 a\u0007\n${body}\n`), 'damaged'],
    ['padded base64', header(`-> X25519 ${share}\n${body}=\n`), 'damaged'],
    ['base64 with hidden bits', header(`-> X25519 ${share}\n${body.slice(0, -1)}J\n`), 'damaged'],
    ['a line of 65 columns', header(`-> x y\n${'A'.repeat(65)}\n`), 'damaged'],
    ['no short line at the end', header(`-> x y\n${'A'.repeat(64)}\n`), 'damaged'],
    ['a short MAC', Buffer.from(`age-encryption.org/v1\n${x25519}--- AAAA\n`), 'damaged'],
    ['a passphrase beside others', header(`${x25519}-> scrypt ${share} 10\n${body}\n`), 'damaged'],
    ['1,001 recipients', header(x25519.repeat(1001)), 'refused'],
    ['a header above 1 MiB', header(`-> x ${'y'.repeat(1 << 20)}\n\n`), 'refused'],
    ['one recipient above 64 KiB', header(`-> x y\n${`${'A'.repeat(64)}\n`.repeat(1400)}\n`), 'refused'],
  ])('refuses %s', (_, file, code) => {
    expect(codeOf(file)).toBe(code);
  });

  test('1,000 recipients are still read', () => {
    expect(codeOf(header(x25519.repeat(1000)))).toBe('ok');
  });

  test('every cut of a header is damaged, and never an exception', () => {
    const bytes = header(`${x25519}-> x y\n${'A'.repeat(64)}\n\n`);
    for (let length = 0; length < bytes.length; length++)
      expect(codeOf(bytes.subarray(0, length))).toBe('damaged');
    expect(codeOf(bytes)).toBe('ok');
  });

  test('any bytes get an answer', () => {
    const start = fc.constantFrom('', 'age-encryption.org/v1\n', '-----BEGIN AGE ENCRYPTED FILE-----\n');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 400 }), fc.string(), (prefix, bytes, text) => {
        for (const tail of [Buffer.from(bytes), Buffer.from(text)]) {
          const outcome = parseHeader(Buffer.concat([Buffer.from(prefix), tail]));
          if (!outcome.ok) expect(['damaged', 'unsupported', 'refused']).toContain(outcome.error.code);
        }
      }),
      { numRuns: 500 },
    );
  });
});
