import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fail } from '../../src/core/outcome.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import type { DeriveScrypt } from '../../src/crypto/unlocking.ts';
import { answering, must } from './support.ts';

/** A file for a passphrase that says of itself how much work trying one takes. */
async function fileOfWork(factor: number): Promise<Uint8Array> {
  const sealed = must(
    await encryptWithPassphrase(Buffer.from('x'), Buffer.from('correct horse'), {
      armor: false,
      workFactor: 2,
    }),
  );
  const text = Buffer.from(sealed).toString('latin1');
  return Buffer.from(text.replace(/^(-> scrypt \S+) 2$/m, `$1 ${factor}`), 'latin1');
}

test.each([
  [18, undefined],
  [19, { seconds: 2, mebibytes: 512 }],
  [22, { seconds: 14, mebibytes: 4096 }],
])('a passphrase of work factor %i is asked for with its cost', async (factor, cost) => {
  for (const asIdentity of [false, true]) {
    const { ask, asked } = answering();
    const file = await fileOfWork(factor);
    const keyring = createKeyring(asIdentity ? [{ origin: 'keys.age', bytes: file }] : []);
    const opened = asIdentity
      ? await keyring.openFileKey([{ type: 'X25519', args: [], body: new Uint8Array() }], ask)
      : await decryptFile(file, keyring, ask);
    expect(opened).toMatchObject({ error: { code: 'needs-prompt' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.cost).toEqual(cost);
  }
});

test('one of work factor 23 is never asked for', async () => {
  const { ask, asked } = answering('correct horse');
  const opened = await decryptFile(await fileOfWork(23), createKeyring([]), ask);
  expect(opened).toMatchObject({ error: { code: 'refused', says: expect.stringContaining('23') } });
  expect(asked).toEqual([]);
});

describe('a passphrase that is being tried', () => {
  const forNative = [{ type: 'X25519', args: [], body: new Uint8Array() }];
  /** Takes until it is stopped. */
  const endless: DeriveScrypt = (_, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(fail('stopped', 'stopped')));
    });

  test('can be stopped; nobody is asked for the next key then, and later it is asked for again', async () => {
    const sources = [
      { origin: 'one.age', bytes: await fileOfWork(18) },
      { origin: 'two.age', bytes: await fileOfWork(18) },
    ];
    const keyring = createKeyring(sources, endless);
    for (let time = 1; time <= 2; time++) {
      const { ask, asked } = answering('correct horse', 'correct horse');
      const opening = [keyring.openFileKey(forNative, ask), keyring.openFileKey(forNative, ask)];
      await expect.poll(() => asked.length).toBe(1);
      keyring.stopUnlocking();
      for (const opened of opening)
        expect(await opened).toMatchObject({ ok: false, error: { code: 'stopped' } });
      expect(asked.map(({ origin }) => origin)).toEqual(['one.age']);
    }
  });

  test('is no longer once the keys are forgotten', async () => {
    const keyring = createKeyring([{ origin: 'one.age', bytes: await fileOfWork(18) }], endless);
    const { ask, asked } = answering('correct horse');
    const opening = keyring.openFileKey(forNative, ask);
    await expect.poll(() => asked.length).toBe(1);
    keyring.wipe();
    expect(await opening).toMatchObject({ ok: false, error: { code: 'stopped' } });
  });
});

// ulimit -v does nothing on macOS.
describe.skipIf(process.platform !== 'linux')('where memory is short', () => {
  test('a passphrase that takes too much is a failure and no crash', async () => {
    const module = (name: string) => pathToFileURL(`${import.meta.dirname}/../../src/crypto/${name}`).href;
    const script = `
      const { createKeyring } = await import('${module('create-keyring.ts')}');
      const { decryptFile } = await import('${module('decrypt-file.ts')}');
      const file = Buffer.from('${Buffer.from(await fileOfWork(22)).toString('hex')}', 'hex');
      const opened = await decryptFile(file, createKeyring([]), async () => Buffer.from('correct horse'));
      process.stdout.write(JSON.stringify(opened));
    `;
    const limited = [
      '-c',
      'ulimit -v 3500000; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ];
    expect(JSON.parse(execFileSync('/bin/sh', limited, { encoding: 'utf8' }))).toMatchObject({
      ok: false,
      error: { code: 'refused', says: 'not enough memory for the passphrase: it takes 4096 MiB' },
    });
  });
});
