import { spawn } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyOf, keyhole, type SceneCopy } from './support/scene.ts';
import { setScene } from './support/scenes.ts';
import { run } from './support/start.ts';
import { removeScene } from './support/sweep.ts';

async function scene(): Promise<{ at: SceneCopy; words: readonly string[]; input: string }> {
  const made = await setScene();
  const at = copyOf(made);
  onTestFinished(() => {
    at.remove();
    removeScene(made);
  });
  return { at, words: made.command, input: made.input };
}

describe('several keyholes at once', () => {
  test('write one after the other; one that would write over another is refused', async () => {
    const { at } = await scene();
    const values = Array.from({ length: 9 }, (_, index) => ({
      value: `value ${index}`,
      file: index % 3 ? 'db.age' : 'hosts/web.age',
    }));
    const runs = await Promise.all(
      values.map(({ file, value }) => run(at.started(keyhole('set', file), value))),
    );
    const done = values.filter((_, index) => runs[index]?.status === 0);
    const refused = runs.filter(({ status }) => status !== 0);
    expect(
      refused
        .map(({ status, output }) => `${status} ${output}`)
        .filter((one) => !/^15 .*(changed|is writing)/.test(one)),
    ).toEqual([]);
    expect(done.length).toBeGreaterThan(0);
    for (const file of ['db.age', 'hosts/web.age']) {
      const now = await run(at.started(keyhole('get', file)));
      expect(done.filter((one) => one.file === file).map(({ value }) => value)).toContain(now.output);
    }
    // Every acknowledged write is in the history, once.
    let undone = 0;
    while ((await run(at.started(keyhole('undo')))).status === 0) undone += 1;
    expect(undone).toBe(done.length);
    expect(await at.standings()).toEqual(['old']);
    expect(at.leftovers()).toEqual([]);
  }, 120_000);
});

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test('while a value is awaited ends the program, and nothing is left behind', async () => {
    const { at, words } = await scene();
    const { command, cwd, env } = at.started(words);
    const child = spawn(command[0] ?? '', command.slice(1), {
      cwd,
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
      child.on('close', (status, by) => resolve(by ?? status)),
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(await at.standings()).toEqual(['old']);
    expect(at.leftovers()).toEqual([]);
  }, 30_000);
});
