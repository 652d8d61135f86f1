import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-builtins-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Bundles a program as keyhole is bundled, runs it, and parses what it prints. */
function bundleAndRun<T>(program: string): T {
  const entry = path.join(scratch, 'entry.ts');
  writeFileSync(entry, program);
  const build = path.resolve(import.meta.dirname, '../../scripts/build.mjs');
  execFileSync(process.execPath, [build, path.join(scratch, 'out'), entry]);
  return JSON.parse(
    execFileSync(process.execPath, [path.join(scratch, 'out/entry.js')], { encoding: 'utf8' }),
  ) as T;
}

test('functions, classes and constants of slow built-ins answer as they do unbundled', () => {
  const answers = bundleAndRun(`
    import { createHash, KeyObject, generateKeyPairSync, constants as crypto, webcrypto } from 'node:crypto';
    import { execFileSync, ChildProcess, execFile } from 'node:child_process';
    import fs, { constants, realpathSync, Stats, statSync } from 'node:fs';
    import * as everything from 'node:fs';
    import { promisify } from 'node:util';
    const { privateKey } = generateKeyPairSync('x25519');
    class Special extends ChildProcess {}
    void promisify(execFile)('echo', ['there']).then(({ stdout }) => console.log(JSON.stringify([
      createHash('sha256').update('a').digest('hex').slice(0, 8),
      privateKey instanceof KeyObject,
      crypto.RSA_PKCS1_OAEP_PADDING,
      typeof webcrypto.subtle.digest,
      execFileSync('echo', ['hi']).toString(),
      new Special() instanceof ChildProcess,
      stdout,
      constants.O_NOFOLLOW === fs.constants.O_NOFOLLOW && constants.O_NOFOLLOW > 0,
      realpathSync.native('/') + realpathSync('/'),
      statSync('/') instanceof Stats,
      everything.existsSync('/'),
    ])));`);
  expect(answers).toEqual(['ca978112', true, 4, 'function', 'hi\n', true, 'there\n', true, '//', true, true]);
});

test('what is imported and not used is not loaded', () => {
  const loaded = bundleAndRun<string[]>(`
    import { createHash, KeyObject, constants } from 'node:crypto';
    import { spawn } from 'node:child_process';
    const used = process.argv.length > 5 ? [createHash, KeyObject, constants, spawn] : [];
    console.log(JSON.stringify([...process.moduleLoadList.filter((name) => /NativeModule (crypto|child_process)$/.test(name)), ...used]));`);
  expect(loaded).toEqual([]);
});
