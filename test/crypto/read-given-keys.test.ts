import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseGivenKey } from '../../src/crypto/choose-given-key.ts';
import { type GivenKeys, readGivenKeys } from '../../src/crypto/read-given-keys.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDSmd1mwrA1Q5VtRFDwAaCiQPwn9ArdQmrJS3wRoHKOv';
const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILT2ekD2O2GOxKFVR9kKwq3TGcFXTBbkKv1WOY8UNBUp';
const age = 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg';

function read(text: string): GivenKeys {
  const given = readGivenKeys(text);
  if (!given.ok) throw new Error(given.error.says);
  return given.value;
}

describe('a key that somebody gives', () => {
  test.each([
    ['as it stands in a .pub file', `${ed25519} root@web1\n`, { comment: 'root@web1', hosts: [] }],
    ['with a line end of Windows and a mark of UTF-8', `\uFEFF${ed25519} a b\r\n`, { comment: 'a b' }],
    ['of known_hosts', `web1,192.0.2.7 ${ed25519}`, { comment: '', hosts: ['web1', '192.0.2.7'] }],
    ['of a host on another port', `[web1.example.org]:2222 ${ed25519}`, { hosts: ['web1.example.org'] }],
    ['of a hashed host', `|1|4fnT2yJd2S4=|nJ0C3yQJ3nU= ${ed25519}`, { hosts: [] }],
    ['with an option', `no-pty ${ed25519} x@y`, { hosts: [], comment: 'x@y' }],
    [
      'behind an option that itself holds a key',
      `from="10.0.0.*",command="echo \\"${other}\\"" ${ed25519} x@y`,
      { hosts: [], comment: 'x@y' },
    ],
  ])('%s', (_, text, expected) => {
    const { keys, passed } = read(text);
    expect(keys).toMatchObject([{ recipient: { id: ed25519 }, ...expected }]);
    expect(passed).toEqual([]);
  });

  test('a comment that hides something is taken without it', () => {
    expect(read(`${ed25519} root@\u202eweb\u001b[2J1`).keys).toMatchObject([{ comment: 'root@web[2J1' }]);
  });

  test('an age key, and what age-keygen says on the terminal', () => {
    expect(read(`Public key: ${age}\n`).keys).toMatchObject([{ text: age, fingerprint: null }]);
    expect(read(`# alice\n${age.toUpperCase()}`).keys).toMatchObject([{ text: age }]);
  });

  test('the same key twice is one', () => {
    expect(read(`${ed25519} a\n${ed25519} b`).keys).toMatchObject([{ comment: 'a' }]);
  });

  test.each([
    ['a private key', 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZ', /private key/],
    ['an OpenSSH private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r', /private key/],
    ['nothing', '\n# web1:22 SSH-2.0\n', /no key in it/],
    ['a cut key', `${ed25519.slice(0, -9)} root@web1`, /cut or mistyped|malformed/],
    ['a mistyped age key', `${age.slice(0, -1)}q`, /checksum/],
    ['a revoked key', `@revoked * ${ed25519}`, /revoked/],
    ['prose', 'ask bob for the key', /not an age or ssh/],
    ['a key in a sentence', `the key is ${ed25519}`, /not an age or ssh/],
    ['RFC 4716', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA', /RFC 4716/],
    ['more than a person has', `${ed25519}\n`.repeat(9000), /longer than any/],
  ])('%s is refused with the reason, and never repeated', (_, text, why) => {
    const given = readGivenKeys(text);
    expect(given).toMatchObject({ ok: false, error: { code: 'bad-recipient' } });
    expect(JSON.stringify(given)).toMatch(why);
    expect(JSON.stringify(given)).not.toMatch(/GFPYY|b3Blbn/);
  });

  test('of two keys of nobody known, none is taken', () => {
    const chosen = chooseGivenKey(read(`${ed25519} a\n${other} b`));
    expect(chosen).toMatchObject({ ok: false, error: { code: 'ambiguous' } });
    expect(JSON.stringify(chosen)).toMatch(/SHA256:.*SHA256:/);
  });
});

describeWithPeers('keys of the real ssh-keygen', ['ssh-keygen'], () => {
  const generate = (...options: readonly string[]): { line: string; said: string; file: string } => {
    const file = join(temporaryDirectory(), 'key');
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'root@web1', '-f', file, ...options]);
    const said = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' });
    return { line: readFileSync(`${file}.pub`, 'utf8'), said, file };
  };

  test.each([['ed25519'], ['rsa']])('%s has the fingerprint that it prints', (type) => {
    const { line, said } = generate('-t', type);
    const [key] = read(line).keys;
    expect(key?.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(said).toContain(` ${key?.fingerprint} `);
    expect(key?.text).toBe(line.trim());
  });

  test.each([['ecdsa', /cannot encrypt to ecdsa-sha2-nistp256/]])(
    '%s is refused with the reason',
    (type, why) => {
      expect(JSON.stringify(readGivenKeys(generate('-t', type).line))).toMatch(why);
    },
  );

  test('a certificate is no key', () => {
    const authority = generate('-t', 'ed25519');
    const { file } = generate('-t', 'ed25519');
    execFileSync('ssh-keygen', ['-q', '-s', authority.file, '-I', 'web1', '-h', `${file}.pub`]);
    const certificate = readFileSync(`${file}-cert.pub`, 'utf8');
    expect(JSON.stringify(readGivenKeys(certificate))).toContain('is a certificate');
  });

  test('a security key is refused, also one that is told by its type alone', () => {
    const wire = (text: string): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      return Buffer.concat([length, Buffer.from(text)]);
    };
    const type = 'sk-ssh-ed25519@openssh.com';
    const blob = Buffer.concat([wire(type), wire('x'.repeat(32)), wire('ssh:')]).toString('base64');
    const file = join(temporaryDirectory(), 'sk.pub');
    writeFileSync(file, `${type} ${blob} alice@token\n`);
    // It is a key to ssh-keygen, or this would prove nothing.
    expect(execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' })).toContain('ED25519-SK');
    expect(JSON.stringify(readGivenKeys(readFileSync(file, 'utf8')))).toContain('signs and cannot decrypt');
  });

  test('of what ssh-keyscan prints of a host, the ed25519 key is taken and the ecdsa key passed over', () => {
    const [rsa, ecdsa, own] = ['rsa', 'ecdsa', 'ed25519'].map((type) => generate('-t', type).line);
    const lines = [rsa, ecdsa, own].map((line = '') => line.split(' ').slice(0, 2).join(' '));
    const comment = '# 192.0.2.7:2222 SSH-2.0-OpenSSH_9.6';
    const given = read(lines.map((line) => `${comment}\n[192.0.2.7]:2222 ${line}\n`).join(''));
    expect(given.passed).toMatchObject([{ line: 4, says: expect.stringContaining('ecdsa-sha2-nistp256') }]);
    expect(given.keys).toHaveLength(2);
    const chosen = chooseGivenKey(given);
    expect(chosen).toMatchObject({ ok: true, value: { text: lines[2], hosts: ['192.0.2.7'] } });
  });

  test('the line that ssh-keygen hashes is read without its host', () => {
    const { line } = generate('-t', 'ed25519');
    const file = join(temporaryDirectory(), 'known_hosts');
    writeFileSync(file, `web1.example.org ${line}`);
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    const hashed = readFileSync(file, 'utf8');
    expect(hashed).toMatch(/^\|1\|/);
    expect(read(hashed).keys).toMatchObject([{ text: line.trim(), hosts: [] }]);
  });
});
