import { ok } from '../../../src/core/outcome.ts';
import type { Recipient } from '../../../src/core/recipient.ts';
import type { DriveOptions } from './drive.ts';
import { recipientId } from './fake-session.ts';

/** A value that must never be seen while it is masked. */
export const canary = 'CANARY-correct-horse-battery';

const recipient = (id: string, name: string): Recipient => ({
  id: recipientId(id),
  kind: id.startsWith('ssh-') ? 'ssh-ed25519' : 'x25519',
  names: [{ text: name, source: 'binding' }],
});

const alice = recipient('ssh-ed25519 AAAAalice', 'alice');
const db1 = recipient('ssh-ed25519 AAAAdb1', 'db1');
const db2 = recipient('ssh-ed25519 AAAAdb2', 'db2');
const backup = recipient('age1qqqqqqqqqqqqqqqqqqqqqq8f3k', 'backup');
const four = [alice.id, db1.id, db2.id, backup.id];
const nothingMissing = { count: 0, of: [] } as const;

/** Seven secrets of which each shows something else. */
export const sample: DriveOptions = {
  secrets: [
    {
      id: 'hosts/db1/postgres.age',
      kind: 'dotenv',
      value: `user=app\npassword=${canary}\nhost=db1\n`,
      secret: {
        declared: four,
        comparison: {
          verdict: 'match',
          matched: four,
          extra: [],
          missing: [],
          missingAmong: nothingMissing,
          unknown: 0,
          stanzaTypes: ['ssh-ed25519'],
        },
      },
    },
    { id: 'hosts/db2/postgres.age', value: `${canary}-two`, secret: { declared: four } },
    {
      id: 'hosts/web1/postgres-ro.age',
      value: 'x',
      secret: {
        declared: four.slice(0, 3),
        state: 'drift',
        comparison: {
          verdict: 'drift',
          matched: four.slice(0, 2),
          extra: [{ kind: 'ssh-ed25519', tag: 'Zm9v' }],
          missing: [db2.id],
          missingAmong: nothingMissing,
          unknown: 1,
          stanzaTypes: ['ssh-ed25519', 'X25519'],
        },
      },
    },
    {
      id: 'keys/wireguard.bin.age',
      kind: 'binary',
      value: Uint8Array.from({ length: 40 }, (_, index) => index * 7),
    },
    { id: 'lost.age', secret: { state: 'missing', size: 0 } },
    {
      id: 'mail/dkim.age',
      secret: {
        state: 'damaged',
        problem: { code: 'damaged', says: 'the header ends early', hint: 'restore it from git' },
      },
    },
    { id: 'shared/postgres-admin.age', readable: 'no', secret: { declared: four.slice(0, 2) } },
  ],
  readers: [
    { name: 'alice', kind: 'person', recipients: [alice.id] },
    { name: 'db1', kind: 'host', recipients: [db1.id] },
    { name: 'db2', kind: 'host', recipients: [db2.id] },
  ],
  recipients: [alice, db1, db2, backup],
  identities: [
    { origin: '~/.ssh/id_ed25519', kind: 'ssh-ed25519', recipient: alice.id, lock: 'open' },
    {
      origin: '~/.config/age/old.txt',
      kind: 'unusable',
      lock: 'unusable',
      error: { code: 'bad-identity', says: 'no identity in this file' },
    },
  ],
  problems: [{ code: 'refused', where: 'hosts/evil.age', says: 'is a symbolic link out of the repository' }],
  lastChange: ok({ commit: 'a1b2c3d4e5f6', author: 'bob', when: Date.now() - 22 * 86_400_000 }),
};
