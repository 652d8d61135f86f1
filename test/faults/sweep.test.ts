import { expect, onTestFinished, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import type { Scene } from './support/scene.ts';
import {
  copyScene,
  createScene,
  editScene,
  inPlaceScene,
  moveScene,
  newScene,
  redoScene,
  rekeyScene,
  removeScene,
  revokeScene,
  setScene,
  undoScene,
} from './support/scenes.ts';
import type { Fault } from './support/start.ts';
import { begins, removeScene as remove, type SweepResult, sweep } from './support/sweep.ts';
import { changing } from './support/system-calls.ts';

const errors: readonly Fault[] = ['ENOSPC', 'EIO', 'EACCES', 'EINTR'];

const flawless = { missed: [], broken: [], mixedAfter: [], lies: [], leftovers: [] };

async function swept(making: Promise<Scene>, faults: readonly Fault[], from = begins): Promise<SweepResult> {
  const scene = await making;
  onTestFinished(() => remove(scene));
  const result = await sweep(scene, { calls: changing, from, faults });
  expect(result.absent).toBeLessThanOrEqual(2);
  return result;
}

describeWithPeers('a write that is cut off at any of its changes to the disk', ['strace', 'git'], () => {
  test.each([
    ['one file', () => setScene()],
    ['a new file', () => createScene()],
    ['a new secret, its public half and its rule', () => newScene()],
    ['an edited file', () => editScene()],
    ['two files with other names, and the rules', () => moveScene(2)],
    ['two copies for another reader, and the rules', () => copyScene(2)],
    ['three deletions and the rules', () => removeScene(3)],
    ['three files written again, and the rules', () => undoScene(3)],
    ['a deletion done again', () => redoScene(1)],
    ['three files for other readers', () => rekeyScene(3)],
    ['two files that a reader loses, and the rules', () => revokeScene(2)],
  ])(
    'kill -9: %s is all old or all new after the next start',
    async (_, scene) => {
      const result = await swept(scene(), ['KILL']);
      expect(result).toMatchObject(flawless);
      expect(result.points).toBeGreaterThan(20);
      expect(result.old).toBeGreaterThan(0);
      expect(result.fresh).toBeGreaterThan(0);
      expect(result.old + result.fresh).toBe(result.points);
    },
    300_000,
  );

  test.each([
    ['one file', () => setScene()],
    ['a new secret, its public half and its rule', () => newScene()],
    ['an edited file', () => editScene()],
    ['two files with other names, and the rules', () => moveScene(2)],
    ['three files written again, and the rules', () => undoScene(3)],
    ['three files for other readers', () => rekeyScene(3)],
    ['two files that a reader loses, and the rules', () => revokeScene(2)],
  ])(
    'an error of the system: %s is what the program says it is',
    async (_, scene) => {
      const result = await swept(scene(), errors);
      expect(result).toMatchObject(flawless);
      expect(result.old).toBeGreaterThan(0);
    },
    300_000,
  );

  test.each([
    ['one file', () => setScene()],
    ['an edited file', () => editScene()],
    ['three files written again, and the rules', () => undoScene(3)],
    ['three files for other readers', () => rekeyScene(3)],
  ])(
    'a signal that asks to stop: %s is all old or all new at once',
    async (_, scene) => {
      const result = await swept(scene(), ['TERM', 'INT', 'HUP']);
      expect(result).toMatchObject({ ...flawless, mixedBefore: 0, leftBefore: 0 });
      expect(result.old).toBeGreaterThan(0);
      expect(result.fresh).toBeGreaterThan(0);
    },
    300_000,
  );

  test('a program that writes in place is found out', async () => {
    const result = await swept(inPlaceScene(), ['KILL'], /O_TRUNC/);
    expect(result.missed).toEqual([]);
    expect(result.broken.length).toBeGreaterThan(0);
    expect(result.mixedAfter.length).toBeGreaterThan(0);
  }, 300_000);
});
