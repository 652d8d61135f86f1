import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
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
const { repository, identityFile } = demo.value;
const compileAhead = path.resolve(import.meta.dirname, '../../scripts/compile-ahead.mjs');

describe('compiled code', () => {
  const program = path.join(scratch, 'program');
  const compiled = path.join(program, 'compiled');
  beforeEach(() => {
    rmSync(program, { recursive: true, force: true });
    cpSync(path.dirname(builtProgram()), program, { recursive: true, preserveTimestamps: true });
    rmSync(compiled, { recursive: true, force: true });
  });

  const run = (words: readonly string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [path.join(program, 'keyhole.js'), ...words, '-C', repository], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: scratch, ...env },
      timeout: 20_000,
    });

  const kept = (): readonly string[] =>
    !existsSync(compiled)
      ? []
      : readdirSync(compiled, { recursive: true, withFileTypes: true })
          // Loaded only where the scratch of another keyhole lies about.
          .filter((entry) => entry.isFile() && !entry.name.endsWith('sweep-scratch'))
          .map((entry) => path.join(entry.parentPath, entry.name))
          .sort();
  const ofReading = (): string => kept().find((file) => file.endsWith('list-store-open-repository')) ?? '';

  test('is kept beside the program by the first start, and used by the second', () => {
    const first = run(['list', '--json']);
    const files = kept();
    expect(files.map((file) => path.basename(file))).toEqual([
      'list-main-run-keyhole',
      'list-store-open-repository',
    ]);
    const written = files.map((file) => statSync(file).ino);
    expect(run(['list', '--json']).stdout).toBe(first.stdout);
    // Code that V8 refuses is written anew.
    expect(kept().map((file) => statSync(file).ino)).toEqual(written);
  });

  test('lies where no variable of the environment can name', () => {
    const chosen = path.join(scratch, 'chosen');
    mkdirSync(chosen, { recursive: true });
    expect(run(['list'], { HOME: chosen, XDG_CACHE_HOME: chosen, TMPDIR: chosen }).status).toBe(0);
    expect(readdirSync(chosen)).toEqual([]);
    expect(kept().length).toBe(2);
  });

  test('that is damaged is not run, but made again', () => {
    const { stdout } = run(['list', '--json']);
    const good = readFileSync(ofReading());
    const bad = Buffer.from(good);
    bad[Math.floor(bad.length / 3)] = (bad[Math.floor(bad.length / 3)] ?? 0) ^ 0x10;
    for (const damaged of [bad, good.subarray(0, 5000), Buffer.alloc(0), Buffer.alloc(good.length)]) {
      writeFileSync(ofReading(), damaged);
      const again = run(['list', '--json']);
      expect({ status: again.status, stdout: again.stdout }).toEqual({ status: 0, stdout });
      expect(readFileSync(ofReading()).equals(damaged)).toBe(false);
    }
  });

  test('gives way to a chunk that somebody changed since', () => {
    expect(run(['list']).stdout).toContain('readable:');
    const chunk = path.join(program, 'chunks/main-run-keyhole.js');
    const text = readFileSync(chunk, 'utf8');
    expect(text).toContain('readable:');
    writeFileSync(chunk, text.replaceAll('`readable:', '`READABLE:'));
    const later = new Date(Date.now() + 5_000);
    utimesSync(chunk, later, later);
    expect(run(['list']).stdout).toContain('READABLE:');
  });

  test('is not kept by a command that failed, which ran too little of it', () => {
    expect(run(['list', '--no-such-option']).status).toBe(2);
    expect(kept()).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)("is not kept by root in another user's program", () => {
    chownSync(program, 65_534, 65_534);
    expect(run(['list']).status).toBe(0);
    expect(kept()).toEqual([]);
  });

  describe('that was made ahead', () => {
    const everything = (): readonly string[] => [
      program,
      ...readdirSync(program, { recursive: true }).map((name) => path.join(program, String(name))),
    ];
    /** As a store of packages leaves it: all times the same, and nothing to be written. */
    const seal = (): void => {
      for (const file of everything()) {
        utimesSync(file, 1, 1);
        chmodSync(file, statSync(file).mode & 0o555);
      }
    };
    const unseal = (): void => {
      for (const file of everything()) chmodSync(file, statSync(file).mode | 0o200);
    };
    const inodes = () => new Map(kept().map((file) => [path.basename(file), statSync(file).ino]));

    test('is used where all times are the same, and nothing is written there any more', async () => {
      const ahead = spawnSync(process.execPath, [compileAhead, path.join(program, 'keyhole.js')], {
        encoding: 'utf8',
        env: { ...process.env, HOME: scratch },
      });
      expect(ahead.status).toBe(0);
      const hasTerminal = spawnSync('script', ['--version']).status === 0;
      expect(ahead.stderr).toBe(hasTerminal ? '' : 'not compiled ahead: the UI (ENOENT)\n');
      const commands = new Set([...inodes().keys()].map((name) => name.split('-')[0]));
      for (const command of ['demo', 'list', 'get', 'set']) expect(commands).toContain(command);
      expect(commands.has('ui')).toBe(hasTerminal);

      seal();
      const before = inodes();
      // Compiles what nobody did before, and may not keep it: neither its owner nor root.
      expect(run(['matrix']).status).toBe(0);
      expect(inodes()).toEqual(before);
      unseal();
      // Now what V8 refuses, or what seems to be older than its chunk, would be written anew; and what is new is kept.
      const file = 'secrets/services/immich/admin-password.age';
      const keys = ['--no-default-identities', '-i', identityFile];
      expect(run(['list', '--json']).status).toBe(0);
      expect(run([...keys, 'get', file]).status).toBe(0);
      expect(inodes()).toEqual(before);
      expect(run(['matrix']).status).toBe(0);
      expect([...inodes().keys()]).toContain('matrix-main-run-keyhole');
    });
  });

  test('of other builds goes', () => {
    mkdirSync(path.join(compiled, '0123456789abcdef-v22.12.0-x64'), { recursive: true });
    run(['list']);
    expect(readdirSync(compiled)).toEqual([path.basename(path.dirname(ofReading()))]);
  });

  test('and a chunk that is gone ends the program with a line', () => {
    rmSync(path.join(program, 'chunks'), { recursive: true });
    const { status, stderr } = run(['list']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^keyhole: unexpected error \(Error ENOENT/);
  });
});
