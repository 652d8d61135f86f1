import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createDemo } from '../../src/app/demo/create-demo.ts';
import { builtProgram } from '../support/built-program.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-compiled-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const demo = await createDemo(path.join(scratch, 'demo'));
if (!demo.ok) throw new Error(demo.error.says);
const { repository } = demo.value;

describe('compiled code', () => {
  let home: string;
  beforeEach(() => {
    home = path.join(scratch, 'home');
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
  });

  const run = (...words: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [builtProgram(), ...words, '-C', repository], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home },
    });

  const kept = (): readonly string[] => {
    const cache = path.join(home, '.cache/keyhole');
    if (!existsSync(cache)) return [];
    return readdirSync(cache, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  };
  const ofReading = (): string => kept().find((file) => file.endsWith('list-store-open-repository')) ?? '';

  test('is kept by the first start, for its owner alone, and used by the second', () => {
    const first = run('list', '--json');
    const files = kept();
    expect(files.map((file) => path.basename(file))).toEqual([
      'list-main-run-keyhole',
      'list-store-open-repository',
    ]);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(statSync(path.dirname(ofReading())).mode & 0o777).toBe(0o700);

    const written = files.map((file) => statSync(file).ino);
    expect(run('list', '--json').stdout).toBe(first.stdout);
    // Code that V8 refuses is written anew.
    expect(kept().map((file) => statSync(file).ino)).toEqual(written);
  });

  test('that is damaged is not run, but made again', () => {
    const { stdout } = run('list', '--json');
    const good = readFileSync(ofReading());
    const bad = Buffer.from(good);
    bad[Math.floor(bad.length / 3)] = (bad[Math.floor(bad.length / 3)] ?? 0) ^ 0x10;
    for (const damaged of [bad, good.subarray(0, 5000), Buffer.alloc(0), Buffer.alloc(good.length)]) {
      writeFileSync(ofReading(), damaged);
      const again = run('list', '--json');
      expect({ status: again.status, stdout: again.stdout }).toEqual({ status: 0, stdout });
      expect(readFileSync(ofReading()).equals(damaged)).toBe(false);
    }
  });

  test('is not kept by a command that failed, which ran too little of it', () => {
    expect(run('list', '--reader', 'nobody', '--no-such-option').status).toBe(2);
    expect(kept()).toEqual([]);
  });

  test('is not kept where somebody else could put theirs', () => {
    mkdirSync(path.join(home, '.cache/keyhole'), { recursive: true });
    chmodSync(path.join(home, '.cache/keyhole'), 0o777);
    expect(run('list').status).toBe(0);
    expect(kept()).toEqual([]);
  });

  test('of other builds goes when nobody has added to it for a month', () => {
    const cache = path.join(home, '.cache/keyhole');
    const [old, young] = ['0123456789abcdef-v22.12.0-x64', 'fedcba9876543210-v22.12.0-x64'];
    for (const name of [old, young, 'notes']) mkdirSync(path.join(cache, name), { recursive: true });
    const touched = spawnSync('touch', [
      '-d',
      '40 days ago',
      path.join(cache, old),
      path.join(cache, 'notes'),
    ]);
    expect(touched.status).toBe(0);
    run('list');
    expect(readdirSync(cache).filter((name) => [old, young, 'notes'].includes(name))).toEqual([
      young,
      'notes',
    ]);
  });
});
