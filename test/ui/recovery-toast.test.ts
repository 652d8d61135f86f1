import { expect, test } from 'vitest';
import type { Recovery } from '../../src/store/transaction/recover.ts';
import { recoveryToast } from '../../src/ui/state/recovery-toast.ts';

const recovery = (parts: Partial<Recovery>): Recovery => ({
  did: 'finished',
  label: 'set db.age',
  files: ['db.age'],
  foreign: [],
  aside: null,
  ...parts,
});

test('nothing is said where nothing was interrupted', () => {
  expect(recoveryToast({ settled: [], error: null })).toBeNull();
});

test('a finished write is told, and stays until a key is pressed', () => {
  expect(recoveryToast({ settled: [recovery({})], error: null })).toEqual({
    level: 'info',
    text: 'an earlier write (set db.age) was interrupted, and is finished now',
    until: null,
  });
});

test('what needs a decision is a warning with the files and the command', () => {
  const toast = recoveryToast({
    settled: [recovery({ did: 'undecided', foreign: ['a\u001b[2J.age'] })],
    error: null,
  });
  expect(toast?.level).toBe('warning');
  expect(toast?.text).toContain('keyhole recover --finish');
  expect(toast?.text).not.toContain('\u001b');
});

test('what could not be settled is an error', () => {
  const error = { code: 'io', says: 'the disk is full' } as const;
  expect(recoveryToast({ settled: [], error })).toMatchObject({ level: 'error' });
});
