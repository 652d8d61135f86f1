import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-build-'));
const [first, second] = [path.join(scratch, 'first'), path.join(scratch, 'elsewhere', 'second')];

const filesOf = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort();

const hashesOf = (directory: string) =>
  filesOf(directory).map((file) => {
    const bytes = readFileSync(path.join(directory, file));
    return `${file} ${createHash('sha256').update(bytes).digest('hex')}`;
  });

beforeAll(() => {
  for (const directory of [first, second]) {
    execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs'), directory], { stdio: 'inherit' });
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the build', () => {
  test('gives the same bytes twice, wherever it writes', () => {
    expect(hashesOf(second)).toEqual(hashesOf(first));
    expect(filesOf(first)).toContain('keyhole.js');
  });

  test('needs nothing but Node', () => {
    const imported = filesOf(first)
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [...readFileSync(path.join(first, file), 'utf8').matchAll(importSpecifiers)])
      .map((match) => match[1] ?? '');
    expect(imported).toContain('node:path');
    expect([...new Set(imported)].filter((specifier) => !isBuiltin(specifier))).toEqual([]);
  });

  test('runs from a directory of its own, with no node_modules above it', () => {
    const away = path.join(scratch, 'away');
    cpSync(first, away, { recursive: true });
    const run = spawnSync(process.execPath, ['keyhole.js', '--version'], {
      cwd: away,
      encoding: 'utf8',
      input: '',
    });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('is executable and names Node by the environment', () => {
    expect(statSync(path.join(first, 'keyhole.js')).mode & 0o777).toBe(0o755);
    expect(readFileSync(path.join(first, 'keyhole.js'), 'utf8').split('\n')[0]).toBe(
      '#!/usr/bin/env -S node --min-semi-space-size=8 --max-semi-space-size=8',
    );
    const run = spawnSync(path.join(first, 'keyhole.js'), ['--version'], { encoding: 'utf8', input: '' });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('names no directory of the machine it was built on', () => {
    const traces = filesOf(first).filter((file) =>
      readFileSync(path.join(first, file), 'utf8').includes(root),
    );
    expect(traces).toEqual([]);
  });

  test('carries the licence of every bundled package', () => {
    // esbuild heads each bundled file with its path.
    const packages = filesOf(first)
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [...readFileSync(path.join(first, file), 'utf8').matchAll(bundledFile)])
      .map((match) => match[1] ?? '');
    const texts = readFileSync(path.join(first, 'LICENSES.txt'), 'utf8');
    expect(new Set(packages).size).toBeGreaterThan(20);
    expect([...new Set(packages)].filter((name) => !texts.includes(`\n${name} `))).toEqual([]);
  });
});

const bundledFile = /^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm;
const importSpecifiers = /(?<!\.)\b(?:require|import)\(["']([^"']+)["']\)/g;
const isBuiltin = (specifier: string) => builtinModules.includes(specifier.replace(/^node:/, ''));
