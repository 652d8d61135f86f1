import type { Comparison } from '../../src/core/comparison.ts';
import type { Recipient, RecipientId, RecipientKind } from '../../src/core/recipient.ts';
import type { Reader, Repository } from '../../src/core/repository.ts';
import type { Secret, SecretId } from '../../src/core/secret.ts';

export const recipientId = (text: string): RecipientId => text as RecipientId;
export const secretId = (text: string): SecretId => text as SecretId;

export const recipientOf = (id: string, kind: RecipientKind, name?: string): Recipient => ({
  id: recipientId(id),
  kind,
  names: name === undefined ? [] : [{ text: name, source: 'binding' }],
});

export const comparisonOf = (more: Partial<Comparison>): Comparison => ({
  verdict: 'match',
  matched: [],
  extra: [],
  missing: [],
  missingAmong: { count: 0, of: [] },
  unknown: 0,
  stanzaTypes: ['ssh-ed25519', 'ssh-rsa'],
  ...more,
});

export const secretOf = (id: string, more: Partial<Secret> = {}): Secret => ({
  id: secretId(id),
  backend: 'agenix',
  format: 'age',
  declared: [],
  state: 'ok',
  armored: false,
  size: 1,
  ...more,
});

export const repositoryOf = (
  secrets: readonly Secret[],
  recipients: readonly Recipient[] = [],
  readers: readonly Reader[] = [],
): Repository => ({
  root: '/repo',
  name: 'repo',
  git: null,
  backends: ['agenix'],
  rules: [],
  secrets,
  recipients: new Map(recipients.map((recipient) => [recipient.id, recipient])),
  readers,
  problems: [],
});
