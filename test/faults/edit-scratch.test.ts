import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { copyOf, keyhole, makeTemplate, oldValue, plaintextOf, type Scene } from './support/scene.ts';
import { type Fault, run, runWithFault } from './support/start.ts';
import { callsOf, changing, settledCalls } from './support/system-calls.ts';

const secret = 'db.age';
const newValue = 'typed by somebody\n';

interface Attacked {
  readonly hits: number;
  /** Runs that left a value in memory, before and after the next start. */
  readonly leftBefore: readonly string[];
  readonly leftAfter: readonly string[];
  /** Runs that said they had written and had not, or that they had not and had. */
  readonly lies: readonly string[];
}

/** An edit that is cut off at each change it makes to where the editor works, and what is there then. */
async function attacked(faults: readonly Fault[]): Promise<Attacked> {
  const runtime = mkdtempSync('/dev/shm/keyhole-faults-');
  const template = await makeTemplate([secret]);
  onTestFinished(() => {
    for (const directory of [runtime, template]) rmSync(directory, { recursive: true, force: true });
  });
  const editor = path.join(template, 'editor');
  writeFileSync(editor, `#!/bin/sh\nprintf '%s' '${newValue}' > "$1"\n`, { mode: 0o755 });
  const within = ['env', `VISUAL=${editor}`, `XDG_RUNTIME_DIR=${runtime}`];
  const scene: Scene = {
    name: 'edit',
    template,
    command: [...within, ...keyhole('edit', secret)],
    input: '',
    files: [secret],
    isNew: async (_, content) => content !== null && (await plaintextOf(content)) === newValue,
  };
  const valuesLeft = (): readonly string[] =>
    readdirSync(runtime, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => [newValue, oldValue(secret)].includes(readFileSync(file, 'utf8')));

  const points = settledCalls(() => {
    const counted = copyOf(scene);
    const calls = callsOf(counted.started(scene.command), /\/keyhole\/owner\./, changing, runtime);
    counted.remove();
    return calls;
  });
  expect(points.length).toBeGreaterThan(4);

  const result = { hits: 0, leftBefore: [] as string[], leftAfter: [] as string[], lies: [] as string[] };
  for (const [index, point] of points.entries()) {
    const fault = faults[index % faults.length] ?? 'KILL';
    const copy = copyOf(scene);
    const ran = await runWithFault(copy.started(scene.command), point, fault);
    const at = `${fault} at ${point.text}: ${ran.output.trim()}`;
    if (ran.hit) result.hits += 1;
    if (valuesLeft().length > 0) result.leftBefore.push(at);
    const wanted = ran.status === 0 ? 'new' : 'old';
    if (fault !== 'KILL' && (await copy.standings())[0] !== wanted) result.lies.push(at);
    await run(copy.started([...within, ...keyhole('recover')]));
    if (valuesLeft().length > 0) result.leftAfter.push(at);
    copy.remove();
  }
  return result;
}

describeWithPeers('where an editor works', ['strace', 'git'], () => {
  test('no value is left after kill -9 at any change there and a new start', async () => {
    const result = await attacked(['KILL']);
    expect(result.hits).toBeGreaterThan(4);
    expect(result.leftBefore.length).toBeGreaterThan(0);
    expect(result.leftAfter).toEqual([]);
  }, 120_000);

  test('a signal leaves nothing there at once', async () => {
    const result = await attacked(['TERM', 'INT', 'HUP']);
    expect(result.hits).toBeGreaterThan(4);
    expect(result).toMatchObject({ leftBefore: [], leftAfter: [], lies: [] });
  }, 120_000);

  test('an error of the system is said, and leaves nothing behind for long', async () => {
    const result = await attacked(['ENOSPC', 'EIO', 'EACCES']);
    expect(result.hits).toBeGreaterThan(4);
    expect(result).toMatchObject({ leftAfter: [], lies: [] });
  }, 120_000);
});
