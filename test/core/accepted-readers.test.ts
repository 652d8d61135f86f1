import { describe, expect, test } from 'vitest';
import { type AcceptedReader, acceptedAfter, unseenReader } from '../../src/core/accepted-readers.ts';
import type { Recipient, RecipientId } from '../../src/core/recipient.ts';

const id = (text: string): RecipientId => text as RecipientId;
const named = (key: string, ...names: readonly string[]): Recipient => ({
  id: id(key),
  kind: 'x25519',
  names: names.map((text) => ({ text, source: 'binding' })),
});
const recipients = new Map(
  [named('a', 'people.alice'), named('b', 'bob'), named('m')].map((one) => [one.id, one]),
);
const reader = (key: string, names: readonly string[] = [], isGone = false): AcceptedReader => ({
  key: id(key),
  names,
  isGone,
});
const written = (
  accepted: readonly AcceptedReader[] | null,
  ruled: readonly string[],
  now: readonly string[],
  isWhole = true,
): readonly AcceptedReader[] =>
  acceptedAfter({ accepted, ruled: new Set(ruled.map(id)), isWhole, written: now.map(id), recipients });

describe('who is accepted after a write', () => {
  test('are all whom the rules name, the first time, and later only those it was for', () => {
    const first = written(null, ['b', 'a'], ['a']);
    expect(first).toEqual([reader('a', ['alice']), reader('b', ['bob'])]);
    expect(written(first, ['a', 'b', 'm'], ['a'])).toEqual(first);
    expect(written(first, ['a', 'b', 'm'], ['m'])).toEqual([...first, reader('m')]);
  });

  test('is nobody whom the rules leave out, unless not all rules were read', () => {
    const [alice, bob] = [reader('a', ['alice']), reader('b', ['bob'])];
    expect(written([alice, bob], ['a'], ['a'])).toEqual([alice, { ...bob, isGone: true }]);
    expect(written([alice, bob], ['a'], ['a'], false)).toEqual([alice, bob]);
    // Being named again is not being accepted again.
    expect(written([alice, { ...bob, isGone: true }], ['a', 'b'], ['a'])).toEqual([
      alice,
      { ...bob, isGone: true },
    ]);
    expect(written([alice, { ...bob, isGone: true }], ['a', 'b'], ['b'])).toEqual([alice, bob]);
  });
});

describe('a key', () => {
  const accepted = [reader('a', ['alice']), reader('b', ['bob'], true)];

  test('is seen when it was accepted, whatever it is called', () => {
    expect(unseenReader(accepted, id('a'), named('a', 'somebody'))).toBeNull();
  });

  test('is new, or back, or has the name of another', () => {
    expect(unseenReader(accepted, id('m'), named('m', 'mallory'))).toMatchObject({
      id: 'm',
      isRenamed: false,
      isBack: false,
    });
    expect(unseenReader(accepted, id('b'), named('b', 'bob'))).toMatchObject({
      id: 'b',
      taken: ['alice'],
      isRenamed: false,
      isBack: true,
    });
    expect(unseenReader(accepted, id('m'), named('m', 'mallory', 'hosts.alice'))?.isRenamed).toBe(true);
    // Also that of one who is gone.
    expect(unseenReader(accepted, id('m'), named('m', 'bob'))?.isRenamed).toBe(true);
    expect(unseenReader(accepted, id('m'), undefined)?.isRenamed).toBe(false);
    const commented: Recipient = { ...named('m'), names: [{ text: 'alice', source: 'comment' }] };
    expect(unseenReader(accepted, id('m'), commented)?.isRenamed).toBe(false);
  });
});
