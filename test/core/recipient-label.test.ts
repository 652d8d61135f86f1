import { expect, it } from 'vitest';
import { labelOf } from '../../src/core/recipient-label.ts';
import { recipientOf } from './repository-of.ts';

it.each([
  [recipientOf('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGwKzQ', 'ssh-ed25519', 'rocinante'), 'rocinante'],
  [recipientOf('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGwKzQ', 'ssh-ed25519'), 'ssh-ed25519 …wKzQ'],
  [recipientOf('age1qzvn8hq0kw7r2rdj3vvtv5d7ld8kxkhn3f6ayxkfgmkld8p5sps5s8f3k', 'x25519'), 'age1qz…8f3k'],
  [
    recipientOf('age1pq1zvn8hq0kw7r2rdj3vvtv5d7ld8kxkhn3f6ayxkfgmkld8p5sps5s8f3k', 'hybrid'),
    'age1pq1zv…8f3k',
  ],
  [recipientOf('age1yubikey1qvn8hq0kw7r2rdj3vvtv5d7ld8kxkhn3f6ayx8f3k', 'plugin'), 'age1yubikey1qv…8f3k'],
  [recipientOf('not-a-key', 'unsupported'), 'not-a-key'],
])('%# is called %s', (recipient, label) => {
  expect(labelOf(recipient)).toBe(label);
});
