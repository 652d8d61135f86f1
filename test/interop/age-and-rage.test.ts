import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Recipient } from '../../src/core/recipient.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import type { Keyring } from '../../src/crypto/keyring.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { answering, must, nobodyAnswers } from '../crypto/support.ts';
import { describeWithPeers } from '../support/peers.ts';
import { inPairs, runTool, writePinentry } from './peer-tools.ts';
import { drawCases, type InteropCase, type KeyChoice, type Kind, keysPerKind, kinds } from './random-case.ts';

const passphrase = 'correct-horse';

interface TestKey {
  readonly path: string;
  readonly recipient: Recipient;
  readonly keyring: Keyring;
}

describeWithPeers('files exchanged with age and rage', ['age', 'rage', 'ssh-keygen'], () => {
  let directory = '';
  let pinentry = '';
  const keys = new Map<string, TestKey>();
  const keyOf = ({ kind, index }: KeyChoice): TestKey => {
    const key = keys.get(`${kind} ${index}`);
    if (key === undefined) throw new Error(`no test key ${kind} ${index}`);
    return key;
  };

  const makers: Readonly<Record<Exclude<Kind, 'passphrase'>, (path: string) => void>> = {
    x25519: (path) => execFileSync('age-keygen', ['-o', path], { stdio: 'ignore' }),
    hybrid: (path) => execFileSync('age-keygen', ['-pq', '-o', path], { stdio: 'ignore' }),
    'ssh-ed25519': (path) => execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]),
    'ssh-rsa': (path) => execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', path]),
  };

  function makeKey(kind: Exclude<Kind, 'passphrase'>, index: number): void {
    const path = join(directory, `${kind}-${index}`);
    makers[kind](path);
    const isSsh = kind === 'ssh-ed25519' || kind === 'ssh-rsa';
    const publicText = isSsh
      ? readFileSync(`${path}.pub`, 'utf8')
      : execFileSync('age-keygen', ['-y', path], { encoding: 'utf8' });
    const recipient = parseRecipient(publicText);
    expect(recipient.kind).toBe(kind);
    const keyring = createKeyring([{ origin: path, bytes: readFileSync(path) }]);
    keys.set(`${kind} ${index}`, { path, recipient, keyring });
  }

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'keyhole-interop-'));
    pinentry = writePinentry(directory, passphrase);
    for (const kind of kinds) {
      for (let index = 0; kind !== 'passphrase' && index < keysPerKind; index++) makeKey(kind, index);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const batchpass = { AGE_PASSPHRASE: passphrase, AGE_PASSPHRASE_WORK_FACTOR: '8' };

  async function theirsToOurs(drawn: InteropCase, plaintext: Buffer): Promise<void> {
    const { tool, readers, armor } = drawn;
    const reader = readers[drawn.opens];
    if (reader === undefined) throw new Error('no reader');
    const armorFlag = armor ? ['-a'] : [];
    if (reader.kind === 'passphrase') {
      const args = ['-e', '-j', 'batchpass', ...armorFlag];
      const file = await runTool({ tool, args, input: plaintext, env: batchpass });
      const outcome = await decryptFile(file, createKeyring([]), answering(passphrase).ask);
      expect(plaintext.equals(must(outcome))).toBe(true);
      return;
    }
    const recipients = readers.flatMap((choice) => ['-r', keyOf(choice).recipient.id]);
    const file = await runTool({ tool, args: ['-e', ...armorFlag, ...recipients], input: plaintext });
    const opened = must(await decryptFile(file, keyOf(reader).keyring, nobodyAnswers));
    expect(plaintext.equals(opened)).toBe(true);
  }

  async function oursToTheirs(drawn: InteropCase, plaintext: Buffer): Promise<void> {
    const { tool, readers, armor } = drawn;
    const reader = readers[drawn.opens];
    if (reader === undefined) throw new Error('no reader');
    if (reader.kind === 'passphrase') {
      const options = { armor, workFactor: 8 };
      const file = must(await encryptWithPassphrase(plaintext, Buffer.from(passphrase), options));
      const opened = await runTool({ tool, args: ['-d', '-j', 'batchpass'], input: file, env: batchpass });
      expect(plaintext.equals(opened)).toBe(true);
      return;
    }
    const recipients = readers.map((choice) => keyOf(choice).recipient);
    const file = must(await encryptFile(plaintext, recipients, { armor }));
    const opened = await runTool({ tool, args: ['-d', '-i', keyOf(reader).path], input: file });
    expect(plaintext.equals(opened)).toBe(true);
  }

  const drawn = drawCases(1000);
  const groups = [
    ['age', 'theirs to ours'],
    ['age', 'ours to theirs'],
    ['rage', 'theirs to ours'],
    ['rage', 'ours to theirs'],
  ] as const;

  test('the draw covers every kind and both tools', () => {
    expect(drawn).toHaveLength(1000);
    for (const [tool, direction] of groups) {
      const own = drawn.filter((one) => one.tool === tool && one.direction === direction);
      for (const kind of kinds) {
        const opened = own.filter((one) => one.readers[one.opens]?.kind === kind).length;
        if (tool === 'rage' && (kind === 'hybrid' || kind === 'passphrase')) expect(opened).toBe(0);
        else expect(opened, `${tool}, ${direction}, ${kind}`).toBeGreaterThan(25);
      }
    }
  });

  test.each(groups)('%s, %s', async (tool, direction) => {
    const own = drawn.filter((one) => one.tool === tool && one.direction === direction);
    let done = 0;
    await inPairs(own, async (one) => {
      const plaintext = randomBytes(one.size);
      await (direction === 'theirs to ours' ? theirsToOurs(one, plaintext) : oursToTheirs(one, plaintext));
      done++;
    });
    expect(done).toBe(own.length);
  });

  test("rage opens our passphrase files, and we open rage's", async () => {
    const env = { PINENTRY_PROGRAM: pinentry };
    const plaintext = Buffer.from('battery staple');
    const options = { armor: true, workFactor: 10 };
    const ours = must(await encryptWithPassphrase(plaintext, Buffer.from(passphrase), options));
    expect(await runTool({ tool: 'rage', args: ['-d'], input: ours, env })).toEqual(plaintext);
    const theirs = await runTool({ tool: 'rage', args: ['-p'], input: plaintext, env });
    const { ask, asked } = answering(passphrase);
    const opened = await decryptFile(theirs, createKeyring([]), ask);
    // rage measures the machine: on a fast one it picks more work than keyhole agrees to.
    if (opened.ok) expect(Buffer.from(opened.value)).toEqual(plaintext);
    else
      expect(opened.error).toMatchObject({
        code: 'refused',
        says: expect.stringMatching(/work factor 2[3-9]/),
      });
    expect(asked).toHaveLength(opened.ok ? 1 : 0);
  });

  test('age and we refuse the same mix of post-quantum and classic keys', async () => {
    const mix = [keyOf({ kind: 'hybrid', index: 0 }), keyOf({ kind: 'x25519', index: 0 })];
    const args = ['-e', ...mix.flatMap((key) => ['-r', key.recipient.id])];
    await expect(runTool({ tool: 'age', args, input: Buffer.from('x') })).rejects.toThrow(/post-quantum/);
    const outcome = await encryptFile(
      Buffer.from('x'),
      mix.map((key) => key.recipient),
      { armor: false },
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: 'cannot-encrypt' } });
  });

  test('an identity file that age encrypted with a passphrase', async () => {
    const inside = keyOf({ kind: 'x25519', index: 1 });
    const args = ['-e', '-a', '-j', 'batchpass'];
    const bytes = await runTool({ tool: 'age', args, input: readFileSync(inside.path), env: batchpass });
    writeFileSync(join(directory, 'identity.age'), bytes);
    const keyring = createKeyring([{ origin: 'identity.age', bytes }]);
    expect(keyring.statuses()).toMatchObject([{ kind: 'encrypted-file', lock: 'needs-passphrase' }]);
    const file = must(await encryptFile(Buffer.from('x'), [inside.recipient], { armor: false }));
    const { ask, asked } = answering(passphrase);
    expect(must(await decryptFile(file, keyring, ask)).length).toBe(1);
    expect(must(await decryptFile(file, keyring, ask)).length).toBe(1);
    expect(asked).toHaveLength(1);
    expect(keyring.statuses()).toMatchObject([
      { kind: 'x25519', recipient: inside.recipient.id, lock: 'open' },
    ]);
  });
});
