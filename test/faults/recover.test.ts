import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { interrupted } from './support/interrupt.ts';
import { copyOf, keyhole, type Scene, type SceneCopy } from './support/scene.ts';
import { undoScene } from './support/scenes.ts';
import { run } from './support/start.ts';
import { begins, removeScene, sweep } from './support/sweep.ts';
import { changing } from './support/system-calls.ts';

/** Three files and the rules, of which two were replaced when the program was killed. */
async function cutOff(): Promise<Scene> {
  const scene = await undoScene(3);
  onTestFinished(() => removeScene(scene));
  const half = await interrupted(scene);
  onTestFinished(() => removeScene(half));
  return half;
}

function copy(scene: Scene): SceneCopy {
  const made = copyOf(scene);
  onTestFinished(made.remove);
  return made;
}

const start = (at: SceneCopy, ...words: readonly string[]) => run(at.started(keyhole(...words)));

describeWithPeers('a write that was killed half-way', ['strace', 'git'], () => {
  test('is finished by the next start, whatever command that is, and by no later one', async () => {
    const scene = await cutOff();
    for (const command of ['list', 'check', 'recover']) {
      const at = copy(scene);
      expect(new Set(await at.standings())).toEqual(new Set(['old', 'new']));
      const first = await start(at, command);
      expect(first.output).toContain('was interrupted, and is finished now');
      expect(new Set(await at.standings())).toEqual(new Set(['new']));
      expect(at.leftovers()).toEqual([]);
      expect((await start(at, command)).output).not.toContain('an earlier write');
    }
  }, 120_000);

  test('is finished also when the recovery is killed at any of its changes', async () => {
    const scene = await cutOff();
    const result = await sweep(scene, { calls: changing, from: begins, faults: ['KILL'] });
    expect(result).toMatchObject({ missed: [], broken: [], mixedAfter: [], leftovers: [], old: 0 });
    expect(result.fresh).toBe(result.points);
    expect(result.points).toBeGreaterThan(8);
  }, 300_000);

  describe('and of which somebody changed a file since', () => {
    async function withForeign(): Promise<{ at: SceneCopy; file: string; isUntouched: () => boolean }> {
      const scene = await cutOff();
      const at = copy(scene);
      const file = path.join(at.repository, scene.files[0] ?? '');
      writeFileSync(file, 'by somebody else');
      return { at, file, isUntouched: () => readFileSync(file, 'utf8') === 'by somebody else' };
    }

    test('is reported with status 15 and not touched, however often one asks', async () => {
      const { at, isUntouched } = await withForeign();
      const before = await at.standings();
      for (const _ of [1, 2]) {
        const asked = await start(at, 'recover');
        expect(asked.status).toBe(15);
        expect(asked.output).toContain('changed by somebody else since');
        expect(await at.standings()).toEqual(before);
      }
      expect(isUntouched()).toBe(true);
    }, 60_000);

    test('stands in the way of other writes, and of no reading', async () => {
      const { at } = await withForeign();
      const refused = await run(at.started(keyhole('set', 'kept.age'), 'x'));
      expect(refused.status).toBe(15);
      expect(refused.output).toContain('keyhole recover');
      expect((await start(at, 'get', 'kept.age')).status).toBe(0);
    }, 60_000);

    test.each([
      ['--finish', 'new'],
      ['--abort', 'old'],
    ])(
      'recover %s makes the others %s, and keeps what it had prepared',
      async (option, wanted) => {
        const { at, isUntouched } = await withForeign();
        const decided = await start(at, 'recover', option);
        expect(decided.status).toBe(0);
        const [foreign, ...others] = await at.standings();
        expect([foreign, new Set(others)]).toEqual(['broken', new Set([wanted])]);
        expect(isUntouched()).toBe(true);
        expect(at.leftovers()).toEqual(['aside-1']);
        expect((await start(at, 'recover')).output).toContain('nothing was interrupted');
      },
      60_000,
    );
  });
});
