import { describe, expect, it } from 'vitest';
import { buildMatrix, findReader, isOnFile, secretsOf } from '../../src/core/matrix.ts';
import { comparisonOf, recipientOf, repositoryOf, secretId, secretOf } from './repository-of.ts';

const [alice, db1, laptop, backup, unnamed] = [
  recipientOf('ssh-ed25519 AAAAalice', 'ssh-ed25519', 'alice'),
  recipientOf('ssh-ed25519 AAAAdb1', 'ssh-ed25519', 'db1'),
  recipientOf('age1laptop', 'x25519', 'laptop'),
  recipientOf('age1backup', 'x25519', 'backup'),
  // Its comment bears the name of a reader it is not.
  recipientOf('ssh-rsa AAAAB3NzaC1yc2EAAAAunnamed', 'ssh-rsa', 'db1'),
];
const readers = [
  { name: 'alice', kind: 'person', recipients: [alice.id, laptop.id] },
  { name: 'backup', kind: 'unknown', recipients: [backup.id] },
  { name: 'db1', kind: 'host', recipients: [db1.id] },
] as const;
const repository = repositoryOf(
  [
    secretOf('ok.age', {
      declared: [alice.id, db1.id],
      comparison: comparisonOf({ matched: [alice.id, db1.id] }),
    }),
    secretOf('drift.age', {
      state: 'drift',
      declared: [alice.id, backup.id, unnamed.id],
      comparison: comparisonOf({
        verdict: 'drift',
        missing: [alice.id],
        extra: [{ kind: 'ssh-ed25519', tag: 'AAAAAA', recipient: db1.id }],
        matched: [unnamed.id],
        unknown: 1,
        stanzaTypes: ['ssh-ed25519', 'ssh-rsa', 'X25519'],
      }),
    }),
    secretOf('missing.age', { state: 'missing', declared: [backup.id], size: 0 }),
    secretOf('damaged.age', { state: 'damaged', declared: [backup.id] }),
  ],
  [alice, db1, laptop, backup, unnamed],
  readers,
);
const matrix = buildMatrix(repository);
const cell = (row: string, column: string): unknown => matrix.cell(secretId(row), column);

describe('the matrix', () => {
  it('has a row for each secret and a column for each reader and each key without one', () => {
    expect(matrix.rows).toEqual(['ok.age', 'drift.age', 'missing.age', 'damaged.age']);
    expect(matrix.columns.map(({ name }) => name)).toEqual(['alice', 'backup', 'db1', 'ssh-rsa …amed']);
  });

  it('says yes and no only where the header proves it', () => {
    expect(cell('ok.age', 'alice')).toEqual({ declared: 'yes', actual: 'yes' });
    expect(cell('ok.age', 'backup')).toEqual({ declared: 'no', actual: 'no' });
    expect(cell('drift.age', 'db1')).toEqual({ declared: 'no', actual: 'yes' });
    expect(cell('drift.age', 'ssh-rsa …amed')).toEqual({ declared: 'yes', actual: 'yes' });
  });

  it('says unknown where an anonymous stanza may be the reader', () => {
    expect(cell('drift.age', 'backup')).toEqual({ declared: 'yes', actual: 'unknown' });
    // The ssh key of alice is provably off the file, the X25519 key of her laptop may be the anonymous one.
    expect(cell('drift.age', 'alice')).toEqual({ declared: 'yes', actual: 'unknown' });
  });

  it('says no for a file that does not exist and unknown for one that cannot be read', () => {
    expect(cell('missing.age', 'backup')).toEqual({ declared: 'yes', actual: 'no' });
    expect(cell('damaged.age', 'backup')).toEqual({ declared: 'yes', actual: 'unknown' });
    expect(cell('damaged.age', 'nobody')).toEqual({ declared: 'no', actual: 'no' });
  });

  it('does not guess about a key whose tag another declared key shares', () => {
    const twins = repositoryOf(
      [
        secretOf('twins.age', {
          declared: [alice.id, db1.id],
          comparison: comparisonOf({ verdict: 'unknown', unknown: 1 }),
        }),
      ],
      [alice, db1],
      readers,
    );
    expect(buildMatrix(twins).cell(secretId('twins.age'), 'db1')).toEqual({
      declared: 'yes',
      actual: 'unknown',
    });
  });
});

describe('who and what', () => {
  it('lists the secrets of a reader by name or public key', () => {
    const expected = [
      { id: 'ok.age', declared: 'yes', actual: 'yes' },
      { id: 'drift.age', declared: 'no', actual: 'yes' },
      { id: 'damaged.age', declared: 'no', actual: 'unknown' },
    ];
    expect(secretsOf(repository, 'db1')).toEqual({ ok: true, value: expected });
    expect(secretsOf(repository, db1.id)).toEqual({ ok: true, value: expected });
  });

  it('finds a column without a name by what it is called', () => {
    expect(findReader(repository, 'ssh-rsa …amed')).toMatchObject({ recipients: [unnamed.id] });
  });

  it('says when there is no such reader', () => {
    expect(secretsOf(repository, 'nobody')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

describe('a key that could hide behind an anonymous stanza', () => {
  const plugin = recipientOf('age1sss1qqq', 'plugin', 'shares');
  const hybrid = recipientOf('age1pq1qqq', 'hybrid', 'vault');
  const onFile = (stanzaTypes: readonly string[], id: (typeof laptop)['id']) => {
    const secret = secretOf('a.age', {
      comparison: comparisonOf({ verdict: 'drift', extra: [{ kind: 'somebody' }], unknown: 1, stanzaTypes }),
    });
    return isOnFile(repositoryOf([secret], [alice, laptop, plugin, hybrid]), secret, id);
  };

  it('is provably no reader where no stanza is of its type', () => {
    expect(onFile(['ssh-ed25519', 'piv-p256'], laptop.id)).toBe('no');
    expect(onFile(['X25519'], hybrid.id)).toBe('no');
    expect(onFile(['scrypt'], laptop.id)).toBe('no');
    expect(onFile(['ssh-ed25519', 'ssh-rsa'], plugin.id)).toBe('no');
    expect(onFile(['scrypt'], plugin.id)).toBe('no');
  });

  it('may be one where there is such a stanza, and a plugin wherever age and ssh did not write all of them', () => {
    expect(onFile(['ssh-ed25519', 'X25519'], laptop.id)).toBe('unknown');
    expect(onFile(['mlkem768x25519'], hybrid.id)).toBe('unknown');
    expect(onFile(['ssh-ed25519', 'X25519'], plugin.id)).toBe('unknown');
    expect(onFile(['something-new'], plugin.id)).toBe('unknown');
  });
});
