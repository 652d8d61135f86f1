import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createDemo } from '../../src/app/demo/create-demo.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { encrypted, member } from '../support/agenix-repository.ts';
import { builtProgram } from '../support/built-program.ts';
import { gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';

interface Answer {
  readonly declared: string;
  readonly onFile: string;
}

interface MatrixOutput {
  readonly readers: readonly { readonly name: string; readonly keys: readonly { readonly key: string }[] }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly Answer[] }[];
}

interface OracleOutput {
  readonly rows: Readonly<
    Record<
      string,
      { readonly declared: readonly string[]; readonly onFile: Readonly<Record<string, string>> }
    >
  >;
}

const oracle = path.join(import.meta.dirname, 'matrix_oracle.py');
const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-matrix-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function matrixOf(root: string): MatrixOutput {
  const args = [builtProgram(), 'matrix', '--json', '--no-default-identities', '-C', root];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', input: '' })) as MatrixOutput;
}

function oracleOf(root: string, keys: readonly string[]): OracleOutput {
  const ran = spawnSync('python3', [oracle, root], { input: JSON.stringify(keys), encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as OracleOutput;
}

/** Every cell in which the two differ, in words; and how many there are. */
function compare(
  root: string,
  { readers, rows } = matrixOf(root),
): { readonly cells: number; readonly differences: readonly string[] } {
  const theirs = oracleOf(root, [...new Set(readers.flatMap(({ keys }) => keys.map(({ key }) => key)))]).rows;
  const ours = new Map(rows.map((row) => [row.id, row.cells]));
  const differences: string[] = [];
  for (const id of new Set([...ours.keys(), ...Object.keys(theirs)])) {
    const cells = ours.get(id);
    const row = theirs[id];
    if (cells === undefined || row === undefined) {
      differences.push(`${id} is a row of ${cells ? 'keyhole' : 'the oracle'} only`);
      continue;
    }
    for (const [index, { name, keys }] of readers.entries()) {
      const answers = keys.map(({ key }) => row.onFile[key]);
      const expected: Answer = {
        declared: keys.some(({ key }) => row.declared.includes(key)) ? 'yes' : 'no',
        onFile: answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no',
      };
      const cell = cells[index];
      if (cell?.declared === expected.declared && cell.onFile === expected.onFile) continue;
      const say = (answer?: Answer) => (answer ? `${answer.declared}/${answer.onFile}` : 'nothing');
      differences.push(`${id} × ${name}: ${say(cell)}, the oracle says ${say(expected)}`);
    }
  }
  return { cells: rows.length * readers.length, differences };
}

describeWithPeers('every cell of the matrix is what an independent script says', matrixPeers(), () => {
  test('in the demo repository', async () => {
    const demo = await createDemo(path.join(scratch, 'demo'));
    if (!demo.ok) throw new Error(demo.error.says);
    const { cells, differences } = compare(demo.value.repository);
    expect(differences).toEqual([]);
    expect(cells).toBeGreaterThan(700);
  });

  test('where kinds of keys, armor, drift, orphans, twice declared files and other rules meet', async () => {
    const { cells, differences } = compare(await mixedRepository());
    expect(differences).toEqual([]);
    expect(cells).toBeGreaterThan(30);
  });

  test('and a cell that is wrong is found', async () => {
    const root = await mixedRepository();
    const { readers, rows } = matrixOf(root);
    const wrong = rows.map(({ id, cells }) => ({
      id,
      cells: cells.map((cell, at) =>
        id === 'lacks.age' && readers[at]?.name === 'atlas' ? { ...cell, onFile: 'yes' } : cell,
      ),
    }));
    expect(compare(root, { readers, rows: wrong }).differences).toEqual([
      'lacks.age × atlas: yes/yes, the oracle says yes/no',
    ]);
  });
});

const repositories = process.env['KEYHOLE_REAL_REPOSITORIES'];

describe.skipIf(!repositories)(
  repositories ? 'real repositories' : 'SKIPPED, KEYHOLE_REAL_REPOSITORIES is not set: real repositories',
  () => {
    describeWithPeers('agree with the script', matrixPeers(), () => {
      test.each(repositories ? readdirSync(repositories) : [])('%s', (name) => {
        const { differences } = compare(path.join(repositories ?? '', name));
        // Rules that Nix cannot evaluate may name any file: nobody knows who is meant to read it.
        expect(differences.filter((one) => !/: unknown\//.test(one))).toEqual([]);
      });
    });
  },
);

function matrixPeers() {
  return ['python3', 'nix-instantiate', 'git'] as const;
}

/** Two rules files, one of them in a directory, with keys relative to it and to the root. */
async function mixedRepository(): Promise<string> {
  const [alice, atlas, borealis, gone] = ['alice', 'atlas', 'borealis', 'gone'].map((name) => member(name));
  if (!alice || !atlas || !borealis || !gone) throw new Error('four members');
  const native = [generateX25519(), generateX25519()].map(({ recipient }) => recipient.id);
  const [carol = '', dave = ''] = native;
  return gitRepository({
    'keys/atlas.pub': `${atlas.publicLine}\n`,
    'secrets.nix': `let
  alice = "${alice.publicLine}";
  atlas = builtins.readFile ./keys/atlas.pub;
  carol = "${carol}";
  hosts = [ atlas "${borealis.publicLine}" ];
in {
  "exact.age".publicKeys = [ alice ] ++ hosts;
  "extra.age".publicKeys = [ alice ];
  "lacks.age".publicKeys = [ alice ] ++ hosts;
  "armored.age" = { publicKeys = [ alice carol ]; armor = true; };
  "native.age".publicKeys = [ carol ];
  "absent.age".publicKeys = [ alice ] ++ hosts;
  "deep/own/shared.age".publicKeys = [ alice ];
}
`,
    'deep/own/secrets.nix': `{
  "shared.age".publicKeys = [ "${alice.publicLine}" ];
  "inner.age".publicKeys = [ "${borealis.publicLine}" "${dave}" ];
}
`,
    'exact.age': await encrypted('x', [alice, atlas, borealis]),
    'extra.age': await encrypted('x', [alice, atlas, gone]),
    'lacks.age': await encrypted('x', [alice, borealis]),
    'armored.age': await encrypted('x', [alice, carol], true),
    'native.age': await encrypted('x', [dave]),
    'orphan.age': await encrypted('x', [alice, carol]),
    'damaged.age': 'no age file at all',
    'deep/own/shared.age': await encrypted('x', [alice]),
    'deep/own/inner.age': await encrypted('x', [borealis, carol]),
  });
}
