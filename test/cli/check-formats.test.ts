import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encrypted, member } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { runKeyhole } from './support/run-keyhole.ts';

const alice = member('alice');
const bob = member('bob');
/** What could end a line, begin a command, or be obeyed by a terminal. */
const hostile = 'a%0A::error::b,c:d\n::set-output name=x::y\u001b[2J.age';
let root = '';

beforeAll(async () => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-formats-')));
  const file = await encrypted('x', [alice, bob]);
  gitRepository(
    {
      'secrets.nix': `{ "db.age".publicKeys = [ "${alice.publicLine}" "${bob.publicLine}" ]; }`,
      'db.age': file,
      [hostile]: file,
      'kept.age': file,
      'hosts/a b.nix': '{\n  age.secrets.x.file = ./gone.age;\n}',
      '.keyhole-ignore': 'orphan kept.age - for later',
    },
    root,
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const check = (...words: readonly string[]) =>
  runKeyhole(['check', '--no-default-identities', ...words], { home: root, cwd: root });

describe('check --format github', () => {
  test('prints one annotation a line, and nothing that the repository says is a command', () => {
    const ran = check('--format', 'github');
    expect(ran.status).toBe(14);
    const lines = ran.text.trimEnd().split('\n');
    expect(lines).toEqual([
      '::warning file=hosts/a b.nix,line=2,title=keyhole broken-reference::hosts/gone.age: a Nix file names it, but there is no such file (hosts/a b.nix:2). To do: correct the path, or create the file',
      expect.stringMatching(
        /^::notice file=a%250A%3A%3Aerror%3A%3Ab%2Cc%3Ad\^J[^:]+,title=keyhole orphan::a%250A::error::b,c:d\^J/,
      ),
    ]);
  });
});

describe('check --format sarif', () => {
  const log = () => JSON.parse(check('--format', 'sarif').text);

  test('is a log of one run, with every rule described', () => {
    const { version, runs } = log();
    expect(version).toBe('2.1.0');
    expect(runs).toHaveLength(1);
    const { driver } = runs[0].tool;
    expect(driver.name).toBe('keyhole');
    for (const rule of driver.rules) {
      expect(rule).toEqual({
        id: expect.stringMatching(/^[a-z-]+$/),
        shortDescription: { text: expect.stringMatching(/\.$/) },
        help: { text: expect.stringMatching(/\.$/) },
        defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
      });
    }
  });

  test('points each result at its rule and place', () => {
    const { results, tool } = log().runs[0];
    expect(results).toHaveLength(3);
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      // A relative reference: no scheme, no space, nothing above the root.
      expect(uri).toMatch(/^[\w.~!*'()@%-]+(\/[\w.~!*'()@%-]+)*$/);
      expect(result.message.text).not.toMatch(/[\u0000-\u001f]/);
    }
    const [reference] = results;
    expect(reference).toMatchObject({
      ruleId: 'broken-reference',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'hosts/a%20b.nix', uriBaseId: 'ROOT' },
            region: { startLine: 2 },
          },
        },
      ],
    });
    const uris = results.map(
      (one: typeof reference) => one.locations[0].physicalLocation.artifactLocation.uri,
    );
    expect(uris.map(decodeURIComponent)).toContain(hostile);
  });

  test('tells what is ignored as suppressed, with the reason', () => {
    const suppressed = log().runs[0].results.filter((one: { suppressions?: unknown }) => one.suppressions);
    expect(suppressed).toMatchObject([
      {
        ruleId: 'orphan',
        suppressions: [{ kind: 'external', status: 'accepted', justification: 'for later' }],
      },
    ]);
  });
});

test('check --format json is the same as with --json', () => {
  expect(check('--format', 'json').text).toBe(check('--json').text);
});
