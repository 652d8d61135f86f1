import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { deriveCommand } from '../../src/app/derivation/derivation-frame.ts';
import { deriveInChild } from '../../src/app/derivation/derive-in-child.ts';
import { deriveScrypt } from '../../src/crypto/age/derive-scrypt.ts';
import type { ScryptRequest } from '../../src/crypto/unlocking.ts';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runningProcesses } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const canary = 'canary-2f81-battery-staple';
const self = [process.execPath, builtProgram()];
const never = (): AbortSignal => new AbortController().signal;
const request = (workFactor: number, passphrase = canary): ScryptRequest => ({
  passphrase: Buffer.from(passphrase),
  salt: Buffer.from('age-encryption.org/v1/scrypt0123456789abcdef'),
  workFactor,
});
/** Longer than any test. */
const endless = request(22);
const generous = { spareMemory: 1024 * 1024, patience: () => 600_000 };

const childrenOf = (starter: number): readonly number[] =>
  runningProcesses()
    .filter(({ parent, commandLine }) => parent === starter && commandLine.includes(deriveCommand))
    .map(({ pid }) => pid);
const isRunning = (pid: number): boolean => runningProcesses().some((one) => one.pid === pid);

/** The child that tries a passphrase for this process, once it has begun to. */
async function theChildOf(starter: number): Promise<number> {
  await expect.poll(() => childrenOf(starter).length, { timeout: 20_000 }).toBe(1);
  return childrenOf(starter)[0] ?? 0;
}

describe('a passphrase tried in a process of its own', () => {
  test.each([canary, '', 'ü'.repeat(2000)])('gives the same key as one tried here', async (passphrase) => {
    const wanted = await deriveScrypt(request(10, passphrase), never());
    expect(wanted.ok).toBe(true);
    expect(await deriveInChild(request(10, passphrase), never(), self)).toEqual(wanted);
  });

  test('leaves the passphrase to its owner', async () => {
    const mine = request(10);
    await deriveInChild(mine, never(), self);
    expect(Buffer.from(mine.passphrase).toString()).toBe(canary);
  });

  test('that cannot be started is a failure', async () => {
    const failed = await deriveInChild(request(10), never(), ['/nowhere/node']);
    expect(failed).toMatchObject({ ok: false, error: { code: 'io' } });
  });

  test('whose work is more than keyhole ever asks for does none', () => {
    const frame = Buffer.from([23, 1, 0, 1, 0x73, 0x70]);
    const { status, stdout } = spawnSync(process.execPath, [builtProgram(), deriveCommand], { input: frame });
    expect({ status, length: stdout.length }).toEqual({ status: 2, length: 0 });
  });
});

describe.skipIf(process.platform !== 'linux')('the process that tries a passphrase', () => {
  test('ends when nobody wants the key any more', async () => {
    const stop = new AbortController();
    const derived = deriveInChild(endless, stop.signal, self, generous);
    const child = await theChildOf(process.pid);
    stop.abort();
    expect(await derived).toMatchObject({ ok: false, error: { code: 'stopped' } });
    expect(isRunning(child)).toBe(false);
    expect(await deriveInChild(endless, stop.signal, self)).toMatchObject({ error: { code: 'stopped' } });
  });

  test('ends when it takes too long', async () => {
    const limits = { ...generous, patience: () => 400 };
    const derived = await deriveInChild(endless, never(), self, limits);
    expect(derived).toMatchObject({
      ok: false,
      error: { code: 'refused', says: expect.stringContaining('takes more than 0 s') },
    });
    expect(childrenOf(process.pid)).toEqual([]);
  });

  test('ends with whoever started it, even if that is killed', async () => {
    const module = pathToFileURL(
      path.join(import.meta.dirname, '../../src/app/derivation/derive-in-child.ts'),
    ).href;
    const script = `
      const { deriveInChild } = await import(${JSON.stringify(module)});
      const request = { passphrase: Buffer.from('x'), salt: Buffer.from('y'), workFactor: 22 };
      await deriveInChild(request, new AbortController().signal, ${JSON.stringify(self)});
    `;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const child = await theChildOf(starter.pid ?? 0);
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    await expect.poll(() => isRunning(child), { timeout: 20_000 }).toBe(false);
  });

  test('has a limit of memory, leaves no core, and is the first that Linux ends', async () => {
    const stop = new AbortController();
    const derived = deriveInChild(endless, stop.signal, self, generous);
    const child = await theChildOf(process.pid);
    await expect.poll(() => readFileSync(`/proc/${child}/oom_score_adj`, 'utf8')).toBe('1000\n');
    const limits = readFileSync(`/proc/${child}/limits`, 'utf8');
    expect(limits).toMatch(/^Max core file size +0 +0 /m);
    const most = (4096 + 1024) * 1024 ** 2;
    expect(limits).toMatch(new RegExp(`^Max data size +${most} +${most} `, 'm'));
    stop.abort();
    await derived;
  });

  test('that needs more memory than it may have is a failure and no crash', async () => {
    // Node takes some 600 MiB of it, and scrypt needs 256.
    const little = { ...generous, spareMemory: 450 * 1024 };
    expect(await deriveInChild(request(18), never(), self, little)).toMatchObject({
      ok: false,
      error: { code: 'refused', says: 'not enough memory for the passphrase: it takes 256 MiB' },
    });
    expect((await deriveInChild(request(18), never(), self, generous)).ok).toBe(true);
  });

  test('shows nobody the passphrase', async () => {
    const stop = new AbortController();
    const derived = deriveInChild(endless, stop.signal, self, generous);
    const child = await theChildOf(process.pid);
    const seen = readFileSync(`/proc/${child}/cmdline`, 'utf8');
    expect(seen).not.toContain(canary);
    const names = readFileSync(`/proc/${child}/environ`, 'utf8').match(/(?<=^|\0)[^=]+/g) ?? [];
    // What shells set by themselves.
    for (const name of names) expect(['PWD', 'OLDPWD', 'SHLVL', '_']).toContain(name);
    stop.abort();
    await derived;

    // Positive control: it is found where it was passed carelessly.
    const careless = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], CARELESS: canary } });
    await expect.poll(() => readFileSync(`/proc/${careless.pid}/environ`, 'utf8')).toContain(canary);
    careless.kill('SIGKILL');
  });
});

describeWithPeers('what trying a passphrase shows the system', ['strace'], () => {
  test('is one pipe to the child, and no file', () => {
    const trace = path.join(temporaryDirectory(), 'trace');
    const module = pathToFileURL(
      path.join(import.meta.dirname, '../../src/app/derivation/derive-in-child.ts'),
    ).href;
    // Made there, or its own command line would hold it.
    const script = `
      const { deriveInChild } = await import(${JSON.stringify(module)});
      const passphrase = Buffer.from('${Buffer.from(canary).toString('hex')}', 'hex');
      const request = { passphrase, salt: Buffer.from('y'), workFactor: 10 };
      const key = await deriveInChild(request, new AbortController().signal, ${JSON.stringify(self)});
      if (!key.ok) process.exit(1);
    `;
    const calls = 'trace=execve,write,writev,pwrite64,sendmsg,sendto';
    const strace = ['-f', '-v', '-yy', '-s', '100000', '-e', calls, '-o', trace];
    const { status } = spawnSync('strace', [
      ...strace,
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ]);
    expect(status).toBe(0);
    const lines = readFileSync(trace, 'utf8').split('\n');
    expect(lines.some((line) => line.includes('execve(') && line.includes(deriveCommand))).toBe(true);
    const holding = lines.filter((line) => line.includes(canary));
    expect(holding).toHaveLength(1);
    expect(holding[0]).toMatch(/ write\(\d+<(UNIX|socket|pipe)/);
  });
});
