import type { Comparison } from '../../../src/core/comparison.ts';
import type { Recipient, RecipientId, RecipientKind } from '../../../src/core/recipient.ts';
import type { Reader } from '../../../src/core/repository.ts';
import type { DriveOptions } from './drive.ts';
import { type FakeSecret, recipientId } from './fake-session.ts';

const keyOf = (name: string, kind: RecipientKind = 'ssh-ed25519'): Recipient => ({
  id: recipientId(kind === 'x25519' ? `age1${name}` : `${kind} ${Buffer.from(name).toString('base64')}`),
  kind,
  names: [{ text: name, source: 'binding' }],
});

const hosts = ['db1', 'db2', 'web1', 'web2'].map((name) => keyOf(name));
const people = ['alice', 'bob'].map((name) => keyOf(name));
const backup = keyOf('backup', 'x25519');
const spare = keyOf('spare', 'x25519');
const all = [...hosts, ...people, backup, spare];

export const idOf = (name: string): RecipientId =>
  all.find(({ names }) => names[0]?.text === name)?.id ?? recipientId(name);

const ids = (...names: readonly string[]): readonly RecipientId[] => names.map(idOf);

const comparisonOf = (more: Partial<Comparison>): Comparison => ({
  verdict: 'match',
  matched: [],
  extra: [],
  missing: [],
  missingAmong: { count: 0, of: [] },
  unknown: 0,
  stanzaTypes: ['ssh-ed25519'],
  ...more,
});

const admins = { name: 'admins', at: { file: 'secrets.nix', line: 12, column: 3 } };

/** A secret of which each reader's cell is known for sure, or which has another reason not to be. */
const secrets: readonly FakeSecret[] = [
  {
    id: 'hosts/db1/postgres.age',
    secret: {
      declared: ids('alice', 'db1'),
      grants: [[admins], []],
      comparison: comparisonOf({ matched: ids('alice', 'db1') }),
    },
  },
  {
    id: 'hosts/web1/env.age',
    secret: {
      declared: ids('alice', 'web1', 'web2'),
      state: 'drift',
      comparison: comparisonOf({
        verdict: 'drift',
        matched: ids('alice', 'web1'),
        missing: ids('web2'),
        extra: [
          { kind: 'ssh-ed25519', tag: 'Zm9v', recipient: idOf('db2') },
          { kind: 'ssh-ed25519', tag: 'YmFy' },
        ],
      }),
    },
  },
  {
    id: 'hosts/web2/new.age',
    secret: { declared: ids('alice', 'web2'), state: 'missing', size: 0 },
  },
  {
    id: 'mail/dkim.age',
    secret: {
      declared: ids('alice'),
      state: 'damaged',
      problem: { code: 'damaged', says: 'the header ends early' },
    },
  },
  {
    id: 'offsite.age',
    secret: {
      declared: ids('backup', 'bob'),
      state: 'unknown',
      comparison: comparisonOf({
        verdict: 'unknown',
        matched: ids('bob'),
        unknown: 1,
        stanzaTypes: ['X25519', 'ssh-ed25519'],
      }),
    },
  },
];

const orphan: FakeSecret = {
  id: 'old-vpn.age',
  isOrphan: true,
  secret: {
    declared: [],
    state: 'orphan',
    comparison: comparisonOf({
      verdict: 'drift',
      extra: [{ kind: 'ssh-ed25519', tag: 'YWJj', recipient: idOf('bob') }],
    }),
  },
};

const readersOf = (recipients: readonly Recipient[], kind: Reader['kind']): readonly Reader[] =>
  recipients.map(({ id, names }) => ({ name: names[0]?.text ?? id, kind, recipients: [id] }));

/** A row for every state that a cell can have. */
export const matrixSample: DriveOptions = {
  secrets: [...secrets, orphan],
  recipients: all,
  readers: [
    ...readersOf(people, 'person'),
    ...readersOf([backup, spare], 'unknown'),
    ...readersOf(hosts, 'host'),
  ],
  lastChange: 'never',
};
