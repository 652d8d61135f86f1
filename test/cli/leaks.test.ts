import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-leaks-'));
beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => {
  house.remove();
  rmSync(scratch, { recursive: true, force: true });
});

const keyhole = (words: readonly string[], env: Record<string, string> = {}) =>
  runKeyhole(words, { home: house.home, cwd: house.root, env: { TMPDIR: scratch, ...env } });

const escapes = /\u001b|\u009b|\u0007/;

describe('a value', () => {
  test('is printed by get: otherwise the tests below would prove nothing', () => {
    expect(keyhole(['get', 'secrets/db.age']).text).toContain(canary);
  });

  const quiet: readonly (readonly string[])[] = [
    ['list'],
    ['list', '-v'],
    ['matrix'],
    ['matrix', '--format', 'csv'],
    ['who', 'secrets/db.age'],
    ['what', 'alice'],
    ['check'],
    ['check', '-v'],
    ['get', 'secrets/app.env.age#'],
    ['get', 'secrets/app.env.age#NO_SUCH_KEY'],
    ['get', 'secrets/app.env.age#DB_PASSWORD.deeper'],
    ['get', 'secrets/db.age#key'],
    ['get', 'secrets/truncated.age'],
    ['get', 'secrets/garbage.age'],
    ['get', 'secrets/foreign.age'],
    ['get', 'secrets/db.age', '-o', '/nonexistent/file'],
    ['rekey', '--all', '--partial', '--dry-run'],
    ['rekey', '--all'],
    ['grant', 'bob', 'secrets/db.age', '--dry-run'],
    ['revoke', 'carol', 'secrets/app.env.age', '--dry-run'],
    ['reader', 'remove', 'carol', '--dry-run'],
    ['reader', 'rename', 'carol', 'dora', '--dry-run'],
    ['internal-complete', '--', 'get', 's'],
  ];

  test.each(
    quiet.flatMap((words) => [words, [words[0] ?? '', '--json', ...words.slice(1)]]).map((words) => [words]),
  )('never comes out of %j', (words) => {
    const ran = keyhole(words);
    expect(ran.text + ran.stderr).not.toContain(canary);
    expect(ran.text + ran.stderr).not.toBe('');
  });

  test.each([['get'], ['copy']])('never comes out of %s for an agent', (command) => {
    for (const ran of [
      keyhole([command, 'secrets/db.age'], { KEYHOLE_AGENT: '1' }),
      keyhole([command, 'secrets/db.age', '--json'], { KEYHOLE_AGENT: 'yes' }),
      keyhole(['--agent', command, 'secrets/app.env.age#DB_PASSWORD']),
      keyhole([
        '--agent',
        command,
        'secrets/db.age',
        ...(command === 'get' ? ['-o', path.join(scratch, 'out')] : []),
      ]),
    ]) {
      expect(ran.status).toBe(2);
      expect(ran.text + ran.stderr).toContain('turned off for agents');
      expect(ran.text + ran.stderr).not.toContain(canary);
    }
    expect(keyhole(['list', '--agent']).status).toBe(0);
  });

  test('is in no file afterwards, neither temporary nor cached', () => {
    for (const name of Object.keys(values)) keyhole(['get', '--', name]);
    expect(filesBelow(scratch)).toEqual([]);
    expect(filesBelow(house.home).filter((file) => readFileSync(file).includes(canary))).toEqual([]);
    // What V8 compiled is kept beside the program, and holds none of what the program has read.
    const compiled = filesBelow(path.join(path.dirname(builtProgram()), 'compiled'));
    expect(compiled.length).toBeGreaterThan(0);
    expect(compiled.filter((file) => readFileSync(file).includes(canary))).toEqual([]);
  });
});

describe('a hostile name', () => {
  test.each([
    ['list'],
    ['matrix'],
    ['check'],
    ['list --json'],
    ['matrix --format csv'],
    ['matrix --format md'],
  ])('does not reach the terminal through %s', (words) => {
    const ran = keyhole(words.split(' '));
    expect(ran.text).toMatch(/a(\^|\\\^|\\u001b)/);
    expect(ran.text + ran.stderr).not.toMatch(escapes);
  });

  test('does not reach the terminal through an error', () => {
    const ran = keyhole(['get', 'no\u001b]0;x\u0007such\u202e']);
    expect(ran.stderr).toContain('no^[]0;x^Gsuch<U+202E>');
  });
});

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
