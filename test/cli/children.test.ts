import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
const inHouse = (name: string): string => path.join(house.root, name);
const started = (): string => path.join(house.elsewhere, 'started');

beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => house.remove());
afterEach(() => rmSync(started(), { force: true }));

/** A clipboard program that writes down its environment. */
function plant(directory: string, name: string): void {
  mkdirSync(directory, { recursive: true });
  const script = `#!/bin/sh\n/usr/bin/env > '${started()}'\n`;
  writeFileSync(path.join(directory, name), script, { mode: 0o755 });
}

const copyThroughTmux = (searchPath: string) =>
  runKeyhole(['copy', 'secrets/db.age'], {
    home: house.home,
    cwd: house.root,
    env: { KEYHOLE_CLIPBOARD: 'tmux', PATH: searchPath },
  });

describe('programs that are started', () => {
  test('are those of the user', () => {
    const bin = path.join(house.elsewhere, 'bin');
    plant(bin, 'tmux');
    copyThroughTmux(bin);
    expect(existsSync(started())).toBe(true);
  });

  test.each(['.', '', './bin:', 'bin'])('are never those of the repository, with PATH=%j', (searchPath) => {
    plant(house.root, 'tmux');
    plant(inHouse('bin'), 'tmux');
    copyThroughTmux(searchPath);
    expect(existsSync(started())).toBe(false);
  });

  test('do not inherit the private key that keyhole got in its environment', async () => {
    const { identity, recipient } = generateX25519();
    const key = Buffer.from(identity).toString();
    const file = await encryptFile(Buffer.from(canary), [recipient], { armor: true });
    if (!file.ok) throw new Error(file.error.says);
    writeFileSync(inHouse('secrets/env.age'), file.value);
    const bin = path.join(house.elsewhere, 'desktop');
    for (const name of ['wl-copy', 'wl-paste', 'xsel']) plant(bin, name);
    const env = { SOPS_AGE_KEY: key, KEYHOLE_CLIPBOARD: 'desktop', WAYLAND_DISPLAY: 'none', PATH: bin };
    const run = (...words: string[]) => runKeyhole(words, { home: house.elsewhere, cwd: house.root, env });

    expect(run('get', 'secrets/env.age').text).toBe(canary); // so the key was there
    run('copy', 'secrets/env.age');
    const inherited = readFileSync(started(), 'utf8');
    expect(inherited).toContain('WAYLAND_DISPLAY=none');
    expect(inherited).not.toContain(key);
  });
});

test('completing a word takes nothing out of a pipe given with -i', async () => {
  const pipe = path.join(house.elsewhere, 'pipe');
  spawnSync('mkfifo', [pipe]);
  // Opening the pipe waits until somebody reads from it.
  const writer = spawn('sh', ['-c', `: > '${pipe}'; : > '${started()}'`], { stdio: 'ignore' });
  try {
    const words = ['internal-complete', '--', 'get', '-i', pipe, 'secrets/db'];
    const completed = runKeyhole(words, { home: house.home, cwd: house.root });
    expect(completed.text).toContain('secrets/db.age');
    expect(existsSync(started())).toBe(false);
  } finally {
    writer.kill();
  }
});
