import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openJail } from '../../src/store/jail.ts';
import { evaluateWithNix } from '../../src/store/nix/nix-instantiate.ts';
import { readRules } from '../../src/store/nix/read-rules.ts';
import { nixFilesOf } from '../../src/store/nix-files.ts';
import { describeWithPeers } from '../support/peers.ts';
import { evaluateText } from './support/evaluate-text.ts';
import { plainJson, plainRules } from './support/plain-rules.ts';
import { programs } from './support/random-program.ts';
import { nixValue, nixValues } from './support/real-nix.ts';

const seed = Number(process.env['KEYHOLE_SEED'] ?? 20_260_701);

/** SLOW=10 runs ten times as many. */
const runs = Number(process.env['SLOW'] ?? 1);

/** Splits what we evaluate to a value from what we refuse or fail. */
function evaluateAll(texts: readonly string[]) {
  const values: [text: string, value: unknown][] = [];
  const failed: string[] = [];
  const refused: string[] = [];
  for (const text of texts) {
    const found = evaluateText(text);
    if ('value' in found) values.push([text, found.value]);
    else if (found.kind === 'unsupported' || found.kind === 'limit') refused.push(text);
    else failed.push(text);
  }
  return { values, failed, refused };
}

async function expectAgreement(values: readonly (readonly [text: string, value: unknown])[]): Promise<void> {
  const theirs = await nixValues(values.map(([text]) => text));
  const differences = values.flatMap(([text, ours], index) =>
    JSON.stringify(ours) === JSON.stringify(theirs[index]) ? [] : [{ text, ours, theirs: theirs[index] }],
  );
  expect(differences.slice(0, 5)).toEqual([]);
}

describeWithPeers('real Nix and ours agree', ['nix-instantiate'], () => {
  test('on random programs', { timeout: 300_000 }, async () => {
    const texts = fc.sample(programs, { numRuns: 1500 * runs, seed });
    const { values, failed, refused } = evaluateAll(texts);
    expect(values.length).toBeGreaterThan(1300 * runs);
    expect(refused.length).toBeLessThan(50 * runs);
    await expectAgreement(values);
    for (const text of failed.slice(0, 20)) expect(await nixValue(text), text).toBeUndefined();
  });

  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '[[:alpha:]]',
    '[a-c]',
    '\\.',
    '(a)',
    '(a|b)',
    '(ab|a)',
    '(a*b)',
    '()',
  );
  const expression = fc
    .array(fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}')), { maxLength: 5 })
    .chain((parts) => {
      const one = parts.map((part) => part.join('')).join('');
      return fc.constantFrom(one, `^${one}`, `${one}$`, `${one}|b`, `(${one})`);
    });
  const subject = fc
    .array(fc.constantFrom('a', 'b', 'c', '.', ' ', '\n'), { maxLength: 8 })
    .map((all) => all.join(''));

  test('on random regular expressions', { timeout: 300_000 }, async () => {
    const pairs = fc.sample(fc.tuple(expression, subject), { numRuns: 2000 * runs, seed });
    const texts = pairs.map(([pattern, text]) => {
      const [p, t] = [JSON.stringify(pattern), JSON.stringify(text)];
      return `[ (builtins.match ${p} ${t}) (builtins.split ${p} ${t}) ]`;
    });
    const { values, failed } = evaluateAll(texts);
    expect(values.length).toBeGreaterThan(1200 * runs);
    await expectAgreement(values);
    for (const text of failed.slice(0, 10)) expect(await nixValue(text), text).toBeUndefined();
  });
});

const repositories = process.env['KEYHOLE_REAL_REPOSITORIES'];

const nixFilesBelow = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.nix') && !entry.parentPath.includes('/.git'))
    .map((entry) => join(entry.parentPath, entry.name));

describe.skipIf(!repositories)(
  repositories ? 'real rules' : 'SKIPPED, KEYHOLE_REAL_REPOSITORIES is not set: real rules',
  () => {
    describeWithPeers('are read as real Nix reads them', ['nix-instantiate'], () => {
      test.each(repositories ? readdirSync(repositories) : [])('%s', async (name) => {
        const root = realpathSync(join(repositories ?? '', name));
        const jail = openJail(root);
        for (const rulesPath of nixFilesBelow(root)) {
          if (!readFileSync(rulesPath, 'latin1').includes('publicKeys')) continue;
          const ours = readRules({ root, rulesPath, files: nixFilesOf(jail) });
          const theirs = await evaluateWithNix({ root, rulesPath, env: process.env, timeout: 10_000 });
          const file = rulesPath.slice(root.length + 1);
          const mine = ours.ok ? plainRules(ours.value) : {};
          expect({ file, rules: mine }).toEqual({ file, rules: theirs.ok ? plainJson(theirs.value) : {} });
        }
        jail.close();
      });
    });
  },
);
