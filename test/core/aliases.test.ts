import { describe, expect, test } from 'vitest';
import { withAliases } from '../../src/core/aliases.ts';
import { findCalled, findReader } from '../../src/core/matrix.ts';
import type { Recipient, RecipientId } from '../../src/core/recipient.ts';
import { readerLabel } from '../../src/core/recipient-label.ts';
import type { Repository } from '../../src/core/repository.ts';

const id = (text: string): RecipientId => text as RecipientId;
const recipient = (key: string, name: string): Recipient => ({
  id: id(key),
  kind: 'x25519',
  names: [{ text: name, source: 'binding' }],
});
const repository: Repository = {
  root: '/r',
  name: 'r',
  git: null,
  backends: ['agenix'],
  rules: [],
  secrets: [],
  recipients: new Map(
    [recipient('key-of-alice', 'alice'), recipient('key-of-bob', 'bob')].map((one) => [one.id, one]),
  ),
  readers: [
    { name: 'admin', kind: 'person', recipients: [id('key-of-alice')] },
    { name: 'alice', kind: 'person', recipients: [id('key-of-alice')] },
    { name: 'bob', kind: 'host', recipients: [id('key-of-bob')] },
  ],
  problems: [],
};
const called = (names: Readonly<Record<string, string>>): Repository =>
  withAliases(repository, {
    names: new Map(Object.entries(names).map(([key, name]) => [id(key), name])),
    problems: [],
  });
const labels = ({ readers }: Repository): readonly string[] => readers.map(readerLabel);

describe('aliases', () => {
  test('change nothing where there are none', () => {
    expect(called({})).toBe(repository);
  });

  test('tell readers apart who have one key', () => {
    expect(labels(called({ 'key-of-alice': 'me' }))).toEqual(['me (admin)', 'me (alice)', 'bob']);
  });

  test('find a key for whoever asks, and never add one to a name of the rules where readers are changed', () => {
    const both = called({ 'key-of-bob': 'alice' });
    expect(findCalled(both, 'alice')?.recipients).toEqual(['key-of-alice', 'key-of-bob']);
    expect(findReader(both, 'alice')?.recipients).toEqual(['key-of-alice']);
    expect(new Set(labels(both)).size).toBe(3);
  });
});
