import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/core/comparison.ts';
import type { Secret } from '../../src/core/secret.ts';
import { chooseGlyphs } from '../../src/ui/glyphs.ts';
import { factLines } from '../../src/ui/parts/fact-lines.ts';
import { createPen } from '../../src/ui/pen.ts';
import { initialModel } from '../../src/ui/state/initial-model.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { fakeRepository, recipientId } from './support/fake-session.ts';
import { sample } from './support/sample.ts';

const pen = createPen(createTheme(true), chooseGlyphs(false, { LANG: 'en_US.UTF-8' }));
const alice = recipientId('ssh-ed25519 AAAAalice');

const onFile: Comparison = {
  verdict: 'drift',
  matched: [],
  extra: [
    { kind: 'ssh-ed25519', tag: 'Zm9v', recipient: alice },
    { kind: 'ssh-ed25519', tag: 'YmFy' },
  ],
  missing: [],
  missingAmong: { count: 0, of: [] },
  unknown: 1,
  stanzaTypes: ['ssh-ed25519', 'X25519'],
};

/** The facts of a secret without a rule, as text. */
function facts(more: Partial<Secret>, width = 40, isLegible = true): string[] {
  const secrets = [{ id: 'x.age', secret: { ...(isLegible && { comparison: onFile }), ...more } }];
  const repository = fakeRepository({ ...sample, secrets });
  const { rule: _, ...secret } = repository.secrets[0] ?? { id: '' };
  const model = initialModel(repository, { columns: 80, rows: 24 }, 0);
  return factLines(model, pen, secret as Secret, width).map((line) => line.map(({ text }) => text).join(''));
}

describe('a file without a rule', () => {
  const says = 'lib/keys: no such file';
  const ruleProblem = { code: 'bad-rules', says, where: 'hosts/secrets.nix:3' } as const;

  test('whose rule cannot be read says why, and calls no reader extra', () => {
    const lines = facts({ state: 'unknown', ruleProblem });
    expect(lines.join(' ')).toContain('its rule could not be read: lib/keys: no such file');
    expect(lines).toContain('rule  hosts/secrets.nix:3');
    expect(lines).toContain('readers in the file (3)');
    expect(lines.join('\n')).toMatch(
      / {2}people +alice\n +other +ssh-ed25519 YmFy\n +unknown +\(1\) anonymous/,
    );
    for (const claim of ['in no rules file', 'differs', 'extra', 'in the rules']) {
      expect(lines.join('\n')).not.toContain(claim);
    }
  });

  test('keeps the line of a long place', () => {
    const where = 'hosts/somewhere/deep/in/the/tree/secrets.nix:123';
    const place = facts({ state: 'unknown', ruleProblem: { ...ruleProblem, where } }).find((line) =>
      line.startsWith('rule'),
    );
    expect(place).toMatch(/^rule {2}hosts\/.*….*secrets\.nix:123$/);
    expect(place?.length).toBeLessThanOrEqual(40);
  });

  test('that none names is said to be in none', () => {
    const lines = facts({ state: 'orphan' });
    expect(lines).toContain('in no rules file');
    expect(lines.join('\n')).not.toMatch(/differs|extra/);
  });

  test('that is damaged says why, and makes no claim on its readers', () => {
    const problem = { code: 'damaged', says: 'the header ends early', hint: 'restore it from git' } as const;
    const lines = facts({ state: 'damaged', problem, ruleProblem }, 24, false);
    expect(lines.join(' ')).toContain('damaged: the header ends early restore it from git');
    expect(lines.join(' ')).not.toContain('readers');
  });

  test('is told in whole words however narrow the pane', () => {
    const lines = facts({ state: 'unknown', ruleProblem }, 20);
    expect(lines.join(' ').replace(/ +/g, ' ')).toContain('could not be read: lib/keys: no such file');
    expect(lines.join(' ').replace(/ +/g, ' ')).toContain('(1) anonymous');
  });
});
