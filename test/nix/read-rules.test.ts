import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJail } from '../../src/store/jail.ts';
import { evaluateWithNix } from '../../src/store/nix/nix-instantiate.ts';
import { readRules } from '../../src/store/nix/read-rules.ts';
import { nixFilesOf } from '../../src/store/nix-files.ts';
import { describeWithPeers } from '../support/peers.ts';
import { memoryFiles } from './support/memory-files.ts';
import { plainJson, plainRules } from './support/plain-rules.ts';
import { bob, rulesFixtures } from './support/rules-fixtures.ts';
import { writeFiles } from './support/write-files.ts';

const read = (files: Readonly<Record<string, string>>, rules = 'secrets.nix') =>
  readRules({ root: '/r', rulesPath: `/r/${rules}`, files: memoryFiles(files) });

const reading = (text: string) => {
  const result = read({ 'secrets.nix': text });
  if (!result.ok) throw new Error(result.error.says);
  return result.value;
};

describe('rules are read', () => {
  test.each(rulesFixtures)('$layout', ({ files, rules, gives }) => {
    const result = read(files, rules);
    if (typeof gives['fails'] === 'string') {
      expect(result).toMatchObject({ ok: false, error: { says: expect.stringContaining(gives['fails']) } });
    } else {
      expect(result).toMatchObject({ ok: true });
      expect(result.ok && plainRules(result.value)).toEqual(gives);
    }
  });

  test.each(rulesFixtures)('from disk through the jail: $layout', ({ files, rules, gives }) => {
    const root = writeFiles(files);
    const jail = openJail(root);
    const result = readRules({ root, rulesPath: join(root, rules), files: nixFilesOf(jail) });
    jail.close();
    expect(result.ok).toBe(typeof gives['fails'] !== 'string');
    if (result.ok) expect(plainRules(result.value)).toEqual(gives);
  });

  test('says which files they depend on', () => {
    const fixture = rulesFixtures.find(({ layout }) => layout.startsWith('generated'));
    const result = read(fixture?.files ?? {});
    expect(result.ok && result.value.filesRead).toEqual([
      '/r/secrets.nix',
      '/r/hosts',
      '/r/hosts/web1/key.pub',
      '/r/hosts/web2/key.pub',
    ]);
  });
});

describe('what is wrong', () => {
  test('an entry without keys is broken, never open to nobody', () => {
    const { entries, broken } = reading('{\n  "a.age".publicKeys = [ ];\n}');
    expect(entries).toEqual([]);
    expect(broken).toEqual([
      {
        key: 'a.age',
        at: { file: 'secrets.nix', line: 2, column: 3 },
        error: {
          code: 'bad-rules',
          says: 'a.age has no public keys, so nobody could read it',
          where: 'secrets.nix:2',
        },
      },
    ]);
  });

  test.each([
    ['publicKeys = "x"', 'expected a list, found a string'],
    ['publicKeys = [ 1 ]', 'expected a string, found a int'],
    ['publicKeys = [ ./a.pub ]', 'expected a string, found a path'],
    ['publicKeys = [ "k" ]; x.armor = 1', null],
    ['publicKeys = [ "k" ]; armor = "yes"', 'armor is a string, not a boolean'],
    ['publicKeys = [ (throw "later") ]', 'throw: later'],
    ['publicKeys = [ (builtins.fetchurl "x") ]', 'builtins.fetchurl is not supported'],
  ])('in one entry stays there: %s', (attributes, says) => {
    const { entries, broken } = reading(`{ "a.age" = { ${attributes}; }; "b.age".publicKeys = [ "k" ]; }`);
    expect(entries.map(({ key }) => key)).toEqual(says === null ? ['a.age', 'b.age'] : ['b.age']);
    expect(broken.map(({ error }) => error.says)).toEqual(
      says === null ? [] : [expect.stringContaining(says)],
    );
  });

  test('a misspelt rule is a broken one, and other data is passed over', () => {
    const { entries, broken } = reading(
      `{ "a.age".publicKeys = [ "${bob}" ];\nnote = 1;\n"b.age".publicKey = [ "${bob}" ]; }`,
    );
    expect(entries).toHaveLength(1);
    expect(broken).toMatchObject([
      { key: 'b.age', error: { code: 'bad-rules', says: 'it has no publicKeys', where: 'secrets.nix:3' } },
    ]);
  });

  test('a file of such attributes alone is no rules file', () => {
    expect(read({ 'secrets.nix': '{ "a.age".file = ./a.age; }' })).toMatchObject({
      ok: false,
      error: { code: 'unsupported', says: 'none of its attributes has publicKeys' },
    });
  });

  test('names file, line and construct', () => {
    const result = read({
      'secrets.nix': 'let\n  k = import ./keys.nix;\nin { "a.age".publicKeys = [ k.a ]; }',
      'keys.nix': '# keys\n\n{\n  a = builtins.currentSystem;\n',
    });
    expect(result).toEqual({
      ok: true,
      value: expect.objectContaining({
        broken: [
          expect.objectContaining({
            error: {
              code: 'bad-rules',
              says: 'not valid Nix: expected a name, found end-of-file',
              where: 'keys.nix:5',
            },
          }),
        ],
      }),
    });
    expect(read({ 'secrets.nix': '# x\nimport (builtins.fetchTarball "u")' })).toEqual({
      ok: false,
      error: {
        code: 'bad-rules',
        says: 'rules may not fetch, build or run anything: builtins.fetchTarball is not supported',
        where: 'secrets.nix:2',
      },
    });
  });

  test('a name that is not UTF-8 is told, not mangled', () => {
    const files = memoryFiles({
      'secrets.nix': Buffer.from(
        '{ "\xff.age".publicKeys = [ "k" ]; "\xc3\xbc.age".publicKeys = [ "k" ]; }',
        'latin1',
      ),
    });
    const result = readRules({ root: '/r', rulesPath: '/r/secrets.nix', files });
    expect(result.ok && result.value.entries.map(({ key }) => key)).toEqual(['ü.age']);
    expect(result.ok && result.value.broken.map(({ error }) => error.says)).toEqual([
      'the name of a rule is not UTF-8',
    ]);
  });
});

describeWithPeers('real Nix reads the same', ['nix-instantiate'], () => {
  test.each(rulesFixtures)('$layout', async ({ files, rules, gives, nix }) => {
    const root = writeFiles(files);
    const result = await evaluateWithNix({
      root,
      rulesPath: join(root, rules),
      env: process.env,
      timeout: 10_000,
    });
    expect(result.ok).toBe(nix !== 'fails');
    if (result.ok) expect(plainJson(result.value)).toEqual(typeof gives['fails'] === 'string' ? {} : gives);
  });
});
