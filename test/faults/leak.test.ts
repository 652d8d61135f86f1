import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { disguisesOf, marker, watchedCalls } from '../support/leak-marks.ts';
import { describeWithPeers } from '../support/peers.ts';
import { keyhole, makeTemplate, startedIn } from './support/scene.ts';

/** Every call through which bytes could leave the program, other than to stdout, in which a disguise of the mark is. */
function leaksOf(
  repository: string,
  command: readonly string[],
  input: string,
  mark: string,
): readonly string[] {
  const traces = mkdtempSync(path.join(tmpdir(), 'keyhole-leak-'));
  onTestFinished(() => rmSync(traces, { recursive: true, force: true }));
  const { command: started, ...options } = startedIn(repository, command, input);
  const strace = ['-ff', '-yy', '-s', '1000000', '-o', path.join(traces, 't'), '-e', `trace=${watchedCalls}`];
  const ran = spawnSync('strace', [...strace, ...started], { ...options, encoding: 'utf8' });
  expect(ran.status, ran.stderr).toBe(0);
  const lines = readdirSync(traces).flatMap((name) =>
    readFileSync(path.join(traces, name), 'latin1').split('\n'),
  );
  expect(lines.some((line) => line.startsWith('write('))).toBe(true);
  const bad =
    /^(copy_file_range|splice|vmsplice|sendfile)\(|^mmap\(.*MAP_SHARED.*PROT_WRITE|^mmap\(.*PROT_WRITE.*MAP_SHARED, \d+</;
  return lines.filter(
    (line) => bad.test(line) || disguisesOf(mark).some((disguise) => line.includes(disguise)),
  );
}

describeWithPeers('plaintext, as the kernel sees it', ['strace', 'git'], () => {
  async function repository(): Promise<string> {
    const made = await makeTemplate(['db.age', 'app.json.age']);
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  }

  test('leaves set, undo and rm by no call', async () => {
    const at = await repository();
    const mark = marker();
    const value = `${mark}\n`;
    expect(leaksOf(at, keyhole('set', 'db.age'), value, mark)).toEqual([]);
    expect(
      leaksOf(at, keyhole('set', 'app.json.age', '--any-format'), `{"a":{"b":"x"},"c":"${mark}"}`, mark),
    ).toEqual([]);
    expect(leaksOf(at, keyhole('set', 'app.json.age#a.b'), mark, mark)).toEqual([]);
    expect(leaksOf(at, keyhole('set', 'app.json.age#a.b', '--dry-run', '--json'), `${mark}2`, mark)).toEqual(
      [],
    );
    expect(leaksOf(at, keyhole('undo'), '', mark)).toEqual([]);
    expect(leaksOf(at, keyhole('rm', 'db.age'), '', mark)).toEqual([]);
  }, 120_000);

  test('leaves new, mv and cp by no call, and edit only to where the editor works', async () => {
    const at = await repository();
    const mark = marker();
    const to = ['--to', 'alice'];
    expect(leaksOf(at, keyhole('new', 'new.age', ...to), mark, mark)).toEqual([]);
    expect(leaksOf(at, keyhole('mv', 'new.age', 'moved.age'), '', mark)).toEqual([]);
    expect(
      leaksOf(at, keyhole('cp', 'moved.age', 'copy.age', '--to', 'bob', '--allow-unreadable'), '', mark),
    ).toEqual([]);
    const edited = marker();
    writeFileSync(path.join(at, 'typed'), edited);
    writeFileSync(path.join(at, 'editor'), `#!/bin/sh\ncat ${at}/typed > "$1"\n`, { mode: 0o755 });
    const edit = ['env', `VISUAL=${at}/editor`, ...keyhole('edit', 'moved.age')];
    const calls = leaksOf(at, edit, '', edited);
    expect(calls.length).toBeGreaterThan(0);
    const toEditor =
      /^p?write(64)?\(\d+<\/dev\/shm\/keyhole-\d+\/owner\.[^>]*>|^copy_file_range\(.*<\/dev\/shm\/keyhole-\d+\/owner\./;
    expect(calls.filter((call) => !toEditor.test(call))).toEqual([]);
    expect(
      leaksOf(at, edit.with(1, `VISUAL=true`), '', edited).filter((call) => !toEditor.test(call)),
    ).toEqual([]);
  }, 120_000);

  test('is found in what a careless program does', async () => {
    const at = await repository();
    const mark = marker();
    const careless = (body: string): readonly string[] => {
      const program = path.join(at, 'careless.mjs');
      writeFileSync(program, `import fs from 'node:fs'; const value = fs.readFileSync(0); ${body}`);
      return [process.execPath, program];
    };
    const leaks = (body: string) => leaksOf(at, careless(body), mark, mark).length;
    expect(leaks(`fs.writeFileSync('scratch', value);`)).toBeGreaterThan(0);
    expect(leaks(`fs.writeFileSync('scratch', 'x' + value.toString('base64'));`)).toBeGreaterThan(0);
    expect(leaks(`fs.writeFileSync('scratch', value.toString('hex'));`)).toBeGreaterThan(0);
    expect(leaks(`fs.writeFileSync('scratch', value.subarray(0, -3));`)).toBeGreaterThan(0);
    expect(
      leaks(`(await import('node:child_process')).execFileSync('true', [String(value)]);`),
    ).toBeGreaterThan(0);
    expect(leaks(`fs.writeFileSync('scratch', 'nothing');`)).toBe(0);
  }, 120_000);
});
