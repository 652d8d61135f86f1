import { describe, expect, test } from 'vitest';
import { keyDoubts, type NewKey } from '../../src/core/look-alikes.ts';
import type { RecipientId } from '../../src/core/recipient.ts';
import { recipientOf, repositoryOf } from './repository-of.ts';

const start = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI';
const web1 = recipientOf(`${start}DSmd1mwrA1Q5VtRFDwAaCiQPwn9ArdQmrJS3wRoHKOv`, 'ssh-ed25519', 'web1');
const alice = recipientOf(`${start}LT2ekD2O2GOxKFVR9kKwq3TGcFXTBbkKv1WOY8UNBUp`, 'ssh-ed25519', 'alice');
const repository = repositoryOf(
  [],
  [web1, alice],
  [
    { name: 'web1', kind: 'host', recipients: [web1.id] },
    { name: 'alice', kind: 'person', recipients: [alice.id] },
  ],
);

const keyOf = (body: string, ...beside: readonly string[]): NewKey => ({
  id: `${start}${body}` as RecipientId,
  kind: 'ssh-ed25519',
  beside,
});
const fresh = 'Pq8v1mwrA1Q5VtRFDwZaCiQPwn9ArdQmrJS3wRoHzzz';
const kindsOf = (key: NewKey, name: string): readonly string[] =>
  keyDoubts(repository, key, name).map(({ kind }) => kind);

describe('a new key is looked at twice', () => {
  test('not when nothing is odd about it', () => {
    expect(kindsOf(keyOf('Zk3p1qwrB9Q5XtRGDwBcDiQPwm9BrdQnrJT3wSoHKQ7', 'root@web2'), 'web2')).toEqual([]);
    expect(kindsOf(keyOf('Zk3p1qwrB9Q5XtRGDwBcDiQPwm9BrdQnrJT3wSoHKQ7'), 'web2')).toEqual([]);
  });

  test('when another name has it already', () => {
    const [doubt] = keyDoubts(repository, { id: web1.id, kind: web1.kind, beside: [] }, 'web2');
    expect(doubt).toEqual({ kind: 'known', says: 'the repository has this key already, as web1' });
  });

  test.each([
    ['differs in a character', 'DSmd1mwrA1Q5VtRFDwAaCiQPwn9ArdQmrJS3wRoHKOw'],
    ['lacks a character', 'DSmd1mwrA1Q5VtRFDwAaCiQPwn9ArdQmrJS3wRoHOv'],
    ['ends alike', `${fresh.slice(0, -4)}HKOv`],
    ['begins alike', `DSmd${fresh.slice(4)}`],
  ])('when it %s from one that is there', (_, body) => {
    expect(kindsOf(keyOf(body), 'web2')).toEqual(['like-key']);
  });

  test('when the name reads like one that is there; numbers tell hosts apart', () => {
    expect(kindsOf(keyOf(fresh), 'Web-1')).toEqual(['like-name']);
    expect(kindsOf(keyOf(fresh), 'web2')).toEqual([]);
  });

  test('when its comment, or the host that was asked, is another reader', () => {
    expect(kindsOf(keyOf(fresh, 'root@web1.example.org'), 'web2')).toEqual(['other-name']);
    expect(kindsOf(keyOf(fresh, 'alice@desk'), 'web2')).toEqual(['other-name']);
    expect(kindsOf(keyOf(fresh, 'bob@desk'), 'web2')).toEqual([]);
  });
});
