import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../src/app/demo/catalogue.ts';
import { createDemo, type Demo } from '../../src/app/demo/create-demo.ts';
import { createTemporaryDemo } from '../../src/app/demo/temporary-demo.ts';
import { describeWithPeers } from '../support/peers.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-demo-test-'));
const noon = Date.UTC(2026, 0, 15, 12);
let demo: Demo;

beforeAll(async () => {
  const made = await createDemo(path.join(scratch, 'demo'), noon);
  if (!made.ok) throw new Error(made.error.says);
  demo = made.value;
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const ageFiles = () =>
  readdirSync(demo.repository, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.age'));

const secretNamed = (name: string) => {
  const secret = catalogue.find((candidate) => candidate.name === name);
  if (!secret) throw new Error(`the catalogue has no ${name}`);
  return secret;
};

describe('the demo repository', () => {
  test('has about 90 secrets, as files and as rules', () => {
    const rules = readFileSync(path.join(demo.repository, 'secrets.nix'), 'utf8');
    const declared = [...rules.matchAll(/"(secrets\/.*?)"\.publicKeys/g)].map((match) => match[1] ?? '');
    expect(declared.length).toBeGreaterThanOrEqual(85);
    expect(new Set(declared).size).toBe(declared.length);
    expect(declared.filter((file) => !existsSync(path.join(demo.repository, file)))).toEqual([
      'secrets/hosts/fornax/luks-passphrase.age',
    ]);
    expect(ageFiles().filter((file) => !declared.includes(file))).toEqual(['secrets/old/vpn-2022.age']);
  });

  test('is for its owner alone, and so is the key, which lies outside the repository', () => {
    expect(statSync(path.join(scratch, 'demo')).mode & 0o777).toBe(0o700);
    expect(statSync(demo.identityFile).mode & 0o777).toBe(0o600);
    expect(demo.identityFile.startsWith(demo.repository)).toBe(false);
  });

  test('holds no value in the clear', () => {
    for (const file of readdirSync(demo.repository, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      expect(readFileSync(path.join(file.parentPath, file.name)).includes('not-real-'), file.name).toBe(
        false,
      );
    }
  });

  test('says of every value that it is not real', () => {
    const silent = catalogue.filter(
      (secret) =>
        typeof secret.value === 'string' &&
        secret.value !== '' &&
        !/not-real|not real|Nothing here is real/.test(secret.value) &&
        !secret.value.startsWith('-----BEGIN'),
    );
    expect(silent.map((secret) => secret.name)).toEqual([]);
  });

  test('is not made over something that is there', async () => {
    const taken = mkdtempSync(path.join(scratch, 'taken-'));
    writeFileSync(path.join(taken, 'keep.txt'), 'mine');
    const refused = await createDemo(taken);
    expect(refused).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(readdirSync(taken)).toEqual(['keep.txt']);
  });

  test('is there without git too, only without a history', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = scratch;
    try {
      const made = await createDemo(path.join(scratch, 'no-git'));
      expect(made.ok && existsSync(path.join(made.value.repository, 'secrets.nix'))).toBe(true);
      expect(existsSync(path.join(scratch, 'no-git/nix-config/.git'))).toBe(false);
    } finally {
      process.env['PATH'] = before;
    }
  });

  test('a temporary one is gone when it is removed', async () => {
    const made = await createTemporaryDemo();
    if (!made.ok) throw new Error(made.error.says);
    const directory = path.dirname(made.value.repository);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    made.value.remove();
    made.value.remove();
    expect(existsSync(directory)).toBe(false);
  });
});

describeWithPeers('the demo, to git', ['git'], () => {
  const git = (...commandArguments: string[]) =>
    execFileSync('git', ['-C', demo.repository, ...commandArguments], { encoding: 'utf8' }).trim();

  test('is a clean repository with several authors over two years', () => {
    expect(git('status', '--porcelain')).toBe('');
    const log = git('log', '--format=%an %at').split('\n');
    expect(new Set(log.map((line) => line.split(' ')[0]))).toEqual(new Set(['Alice', 'Bob', 'Carol']));
    const times = log.map((line) => Number(line.split(' ')[1]) * 1000);
    expect(Math.max(...times)).toBeLessThan(noon);
    expect(noon - Math.min(...times)).toBeGreaterThan(700 * 24 * 3600 * 1000);
  });

  test('once knew the host that left', () => {
    expect(git('log', '--format=%s', '-S', 'zephyr =', '--', 'secrets.nix').split('\n')).toHaveLength(2);
  });

  test('passes its own integrity check', () => {
    expect(() => git('fsck', '--strict')).not.toThrow();
  });
});

describeWithPeers('the demo, to age', ['age'], () => {
  const decrypt = (name: string) =>
    execFileSync('age', ['-d', '-i', demo.identityFile, path.join(demo.repository, 'secrets', name)], {
      stdio: 'pipe',
    });

  test.each([
    'hosts/atlas/root-password.age',
    'services/grafana/env.age',
    'backup/keyfile.bin.age',
    'shared/motd.age',
    'shared/not-yet-set.age',
    'people/alice/recovery-codes.age',
  ])('opens %s with the throwaway key', (name) => {
    expect(decrypt(name).equals(Buffer.from(secretNamed(name).value ?? ''))).toBe(true);
  });

  test('does not open what is not yours', () => {
    expect(() => decrypt('people/bob/diary.age')).toThrow(/no identity matched/);
  });
});

describeWithPeers('the throwaway key', ['ssh-keygen'], () => {
  test('is one that ssh-keygen can read, and says whose it is', () => {
    const line = execFileSync('ssh-keygen', ['-y', '-f', demo.identityFile], { encoding: 'utf8' }).trim();
    const rules = readFileSync(path.join(demo.repository, 'secrets.nix'), 'utf8');
    expect(rules).toContain(`alice = "${line}";`);
  });
});

describeWithPeers('the rules of the demo', ['nix-instantiate'], () => {
  test('evaluate in Nix to the readers of the catalogue', () => {
    const json = execFileSync(
      'nix-instantiate',
      ['--eval', '--strict', '--json', '--readonly-mode', path.join(demo.repository, 'secrets.nix')],
      { encoding: 'utf8', env: { ...process.env, NIX_REMOTE: 'dummy://' } },
    );
    const rules = JSON.parse(json) as Record<string, { publicKeys: string[] }>;
    expect(rules['secrets/services/grafana/env.age']?.publicKeys).toHaveLength(5);
    expect(rules['secrets/shared/wifi.age']?.publicKeys).toHaveLength(8);
  });
});
