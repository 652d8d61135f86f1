import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentSchema } from '../../src/cli/schema/outputs.ts';
import { buildHouseOfSecrets, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';
import { mismatches } from './support/validate-schema.ts';

let house: HouseOfSecrets;
beforeAll(async () => {
  house = await buildHouseOfSecrets();
  writeFileSync(path.join(house.root, 'broken.nix'), '{ "a.age".publicKeys = ');
  symlinkSync('/etc/passwd', path.join(house.root, 'secrets/outside.age'));
  writeFileSync(path.join(house.root, 'secrets/git-crypt.age'), '\0GITCRYPT\0 and more');
});
afterAll(() => house.remove());

interface Situation {
  readonly says: string;
  readonly words: readonly string[];
  readonly exit: number;
  readonly code: string;
  readonly cwd?: 'elsewhere';
  readonly env?: Record<string, string>;
}

/** Each is met by running the program, without a terminal, once for a person and once with --json. */
const situations: readonly Situation[] = [
  { says: 'no command and no terminal', words: [], exit: 2, code: 'usage' },
  { says: 'a path and no terminal', words: ['.'], exit: 2, code: 'usage' },
  { says: 'an unknown command', words: ['lst'], exit: 2, code: 'usage' },
  { says: 'a command of a later version', words: ['export'], exit: 2, code: 'usage' },
  { says: 'an unknown option', words: ['list', '--nope'], exit: 2, code: 'usage' },
  { says: 'an unknown help topic', words: ['help', 'nope'], exit: 2, code: 'usage' },
  { says: '--force without a file', words: ['get', 'db.age', '--force'], exit: 2, code: 'usage' },
  { says: 'a bad key path', words: ['get', 'secrets/db.age#a..b'], exit: 2, code: 'usage' },
  {
    says: 'values for an agent',
    words: ['get', 'db.age'],
    env: { KEYHOLE_AGENT: '1' },
    exit: 2,
    code: 'usage',
  },
  { says: 'a debugger', words: ['list'], env: { NODE_OPTIONS: '--inspect=0' }, exit: 2, code: 'usage' },
  { says: 'no repository', words: ['list'], cwd: 'elsewhere', exit: 10, code: 'not-found' },
  { says: 'no such directory', words: ['-C', '/nonexistent', 'list'], exit: 10, code: 'not-found' },
  { says: 'no such secret', words: ['get', 'nope.age'], exit: 10, code: 'not-found' },
  { says: 'no such key', words: ['get', 'secrets/app.env.age#NOPE'], exit: 10, code: 'not-found' },
  { says: 'a key of a value without keys', words: ['get', 'secrets/db.age#a'], exit: 10, code: 'not-found' },
  { says: 'a rule without a file', words: ['get', 'secrets/missing.age'], exit: 10, code: 'not-found' },
  { says: 'no such reader', words: ['what', 'mallory'], exit: 10, code: 'not-found' },
  {
    says: 'no such reader to filter by',
    words: ['list', '--reader', 'mallory'],
    exit: 10,
    code: 'not-found',
  },
  { says: 'a name that fits two secrets', words: ['get', 'same.age'], exit: 10, code: 'ambiguous' },
  { says: 'a secret for somebody else', words: ['get', 'secrets/foreign.age'], exit: 11, code: 'no-key' },
  { says: 'no keys at all', words: ['get', '--no-default-identities', 'db.age'], exit: 11, code: 'no-key' },
  {
    says: 'an existing file to write to',
    words: ['get', 'db.age', '-o', 'secrets.nix'],
    exit: 13,
    code: 'needs-prompt',
  },
  {
    says: 'rules that are no Nix',
    words: ['list', '--rules', 'broken.nix'],
    exit: 16,
    code: 'bad-rules',
  },
  {
    says: 'a file that cannot be written',
    words: ['get', 'db.age', '-o', '/nonexistent/x'],
    exit: 18,
    code: 'io',
  },
  { says: 'a link out of the repository', words: ['get', 'secrets/outside.age'], exit: 18, code: 'refused' },
  {
    says: 'a file another tool locked',
    words: ['get', 'secrets/git-crypt.age'],
    exit: 20,
    code: 'unsupported',
  },
  { says: 'a truncated secret', words: ['get', 'secrets/truncated.age'], exit: 20, code: 'damaged' },
  { says: 'a secret that is no age file', words: ['get', 'secrets/garbage.age'], exit: 20, code: 'damaged' },
];

describe('the exit status', () => {
  const run = ({ words, cwd, env = {} }: Situation, ...more: string[]) =>
    runKeyhole([...more, ...words], { home: house.home, cwd: cwd ? house.elsewhere : house.root, env });

  test.each(
    situations.map((situation) => [situation.exit, situation.code, situation.says, situation] as const),
  )('is %i (%s) for %s', (exit, code, _, situation) => {
    const plain = run(situation);
    expect({ status: plain.status, text: plain.text }).toEqual({ status: exit, text: '' });
    const lines = plain.stderr.trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('keyhole: '))).toHaveLength(1);

    const json = run(situation, '--json');
    expect(json.status).toBe(exit);
    const printed: unknown = JSON.parse(json.text);
    expect(printed).toMatchObject({ schema: 1, ok: false, error: { code, exit } });
    expect(mismatches(documentSchema('error'), printed)).toEqual([]);
  });

  test('is 14 when check finds something, and that is no error', () => {
    const ran = runKeyhole(['check', '--json'], { home: house.home, cwd: house.root });
    expect(ran.status).toBe(14);
    expect(JSON.parse(ran.text)).toMatchObject({ ok: false, summary: { drift: 1, missing: 1, orphan: 1 } });
  });

  test('is 0 when a command did what it was asked', () => {
    for (const words of [
      ['list'],
      ['--version'],
      ['--help'],
      ['help', 'exit-codes'],
      ['what', 'alice'],
      ['completion', 'bash'],
    ]) {
      expect(runKeyhole(words, { home: house.home, cwd: house.root })).toMatchObject({
        status: 0,
        stderr: '',
      });
    }
  });

  test('is 18 when the output cannot be written, as on a full disk', () => {
    for (const words of [['list'], ['get', 'secrets/db.age'], ['list', '--json'], ['completion', 'zsh']]) {
      const ran = runKeyhole(words, { home: house.home, cwd: house.root, stdout: '/dev/full' });
      expect({ status: ran.status, stderr: ran.stderr }).toMatchObject({
        status: 18,
        stderr: 'keyhole: cannot write the output (ENOSPC)\n',
      });
    }
  });
});
