import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { marker } from '../support/leak-marks.ts';
import { describeWithPeers } from '../support/peers.ts';
import { watch } from '../support/watch.ts';
import { fresh, old, values, type Workflow, workflows } from './support/leak-workflows.ts';
import { copyOf, keyhole, makeTemplate, plaintextOf, type Scene, type SceneCopy } from './support/scene.ts';
import { run } from './support/start.ts';

describeWithPeers('plaintext, as the kernel sees it,', ['strace', 'git'], () => {
  let scene: Scene;
  const runtime = mkdtempSync('/dev/shm/keyhole-leak-');
  beforeAll(async () => {
    const template = await makeTemplate(Object.keys(values), (file) => values[file] ?? '');
    const author = '[user]\n  name = Alice\n  email = alice@example.org\n';
    writeFileSync(path.join(template, 'home/.gitconfig'), author);
    scene = { name: '', template, command: [], input: '', files: [], isNew: async () => false };
  });
  afterAll(() => {
    for (const directory of [runtime, scene.template]) rmSync(directory, { recursive: true, force: true });
  });

  async function onCopy(use: (at: SceneCopy) => Promise<void>): Promise<void> {
    const at = copyOf(scene);
    try {
      await use(at);
    } finally {
      at.remove();
    }
  }

  const environment = (at: SceneCopy): readonly string[] => [
    'env',
    `XDG_RUNTIME_DIR=${runtime}`,
    `VISUAL=${at.directory}/editor/run`,
  ];

  function prepareEditor(at: SceneCopy, script: string): void {
    const directory = path.join(at.directory, 'editor');
    mkdirSync(directory);
    writeFileSync(path.join(directory, 'typed'), fresh);
    writeFileSync(path.join(directory, 'run'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  async function check(at: SceneCopy, flow: Workflow): Promise<void> {
    const { words, before = [], input, killedAt, goesTo, status = 0 } = flow;
    prepareEditor(at, flow.editor ?? 'false');
    for (const earlier of before) await run(at.started(keyhole(...earlier), input));
    const fault = killedAt ? ['-e', `inject=${killedAt[0]}:signal=KILL:when=${killedAt[1]}`] : [];
    const seen = watch(path.join(at.directory, 'watch'), fault);
    const ran = await run(at.started([...seen.words, ...environment(at), ...keyhole(...words)], input));
    expect(killedAt ? ran.signal : ran.status, ran.output).toBe(killedAt ? 'SIGKILL' : status);

    const made = await Promise.all((flow.makes ?? []).map((file) => piecesOf(at.repository, file)));
    for (const pieces of made) expect(pieces.length).toBeGreaterThan(0);
    const leaks = seen.leaks([old, fresh, ...made.flat()]);
    expect(leaks.filter((call) => goesTo?.test(call) !== true)).toEqual([]);
    if (goesTo) expect(leaks.length).toBeGreaterThan(0);
    if (!killedAt) return;
    const after = watch(path.join(at.directory, 'watch-recovery'));
    await run(at.started([...after.words, ...environment(at), ...keyhole('recover')]));
    expect(after.leaks([old, fresh])).toEqual([]);
  }

  const titled = Object.entries(workflows).flatMap(([group, flows]) =>
    flows.map((flow) => [group, titleOf(flow), flow] as const),
  );

  test.each(titled)('goes only where it is meant to: %s: %s', (_, __, flow) =>
    onCopy((at) => check(at, flow)),
  );

  test(
    'is found in what a careless program does',
    () =>
      onCopy(async (at) => {
        const mark = marker();
        let count = 0;
        const leaks = async (body: string): Promise<number> => {
          count += 1;
          const program = path.join(at.directory, 'careless.mjs');
          writeFileSync(
            program,
            `import fs from 'node:fs'; const value = fs.readFileSync(0); const text = String(value); ${body}`,
          );
          const seen = watch(path.join(at.directory, `careless-${count}`));
          await run(at.started([...seen.words, process.execPath, program], mark));
          return seen.leaks([mark]).length;
        };
        const careless = [
          `fs.writeFileSync('scratch', value);`,
          `fs.writeFileSync('scratch', 'x' + value.toString('base64'));`,
          `fs.writeFileSync('scratch', value.toString('hex'));`,
          `fs.writeFileSync('scratch', value.subarray(0, -3));`,
          `fs.writeFileSync('scratch', text, 'utf16le');`,
          `fs.writeFileSync(text, '');`,
          `(await import('node:child_process')).execFileSync('true', [text]);`,
          `(await import('node:child_process')).execFileSync('true', { env: { text } });`,
          `(await import('node:net')).connect(9, '127.0.0.1').on('error', () => {}); throw new Error(text);`,
        ];
        for (const body of careless) expect([body, await leaks(body)]).not.toEqual([body, 0]);
        expect(await leaks(`fs.writeFileSync('scratch', 'nothing');`)).toBe(0);
      }),
    120_000,
  );
});

const titleOf = ({ words, editor, killedAt, before = [] }: Workflow): string =>
  [
    ...before.map((earlier) => `${earlier.join(' ')};`),
    ...words,
    ...(editor === undefined ? [] : [`(editor: ${editor})`]),
    ...(killedAt === undefined ? [] : [`(kill -9 at ${killedAt.join(' ')})`]),
  ].join(' ');

/** The lines of a value, but for those that its public half has too. */
async function piecesOf(repository: string, file: string): Promise<readonly string[]> {
  const value = (await plaintextOf(readFileSync(path.join(repository, file)))) ?? '';
  const half = path.join(repository, file.replace(/age$/, 'pub'));
  const known = statSync(half, { throwIfNoEntry: false }) ? readFileSync(half, 'utf8') : '';
  const halves = (line: string) => [line.slice(0, line.length / 2), line.slice(line.length / 2)];
  return value
    .split('\n')
    .filter((line) => line.length >= 16 && !/^(-----|#)/.test(line))
    .filter((line) => !halves(line).some((one) => known.includes(one)));
}
