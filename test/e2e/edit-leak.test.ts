import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { disguisesOf, marker, watchedCalls } from '../support/leak-marks.ts';
import { describeWithPeers } from '../support/peers.ts';

const password = 'secrets/services/immich/admin-password.age';

describeWithPeers('plaintext that is edited in the terminal', ['tmux', 'git', 'age', 'strace'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
  });
  afterEach(() => demo.dispose());

  /** The shell command under strace, and the calls through which the mark left the program for anything but a terminal. */
  function watched(command: string): {
    readonly command: string;
    readonly leaks: (mark: string) => readonly string[];
  } {
    const traces = path.join(demo.home, 'traces');
    mkdirSync(traces);
    const strace = `strace -ff -yy -s 1000000 -o ${path.join(traces, 't')} -e trace=${watchedCalls}`;
    return {
      command: `${strace} ${command}`,
      leaks(mark) {
        const lines = readdirSync(traces).flatMap((name) =>
          readFileSync(path.join(traces, name), 'latin1').split('\n'),
        );
        // What is drawn goes to the terminal; that there is any shows that the mark would be seen.
        const found = lines.filter((line) => disguisesOf(mark).some((disguise) => line.includes(disguise)));
        const isDrawn = (line: string): boolean => /^writev?\(\d+<\/dev\/(pts\/\d+|tty)/.test(line);
        expect(found.some(isDrawn)).toBe(true);
        return found.filter((line) => !isDrawn(line));
      },
    };
  }

  test('goes to the terminal and nowhere else: typed, cut, duplicated, saved, dropped, undone', async () => {
    const mark = marker();
    const { command, leaks } = watched(demo.openDemo);
    const terminal = await demo.start({ columns: 100, rows: 24 });
    enter(terminal, command);
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('e');
    await terminal.waitFor('on save');
    terminal.type(mark);
    await terminal.waitFor(mark);
    terminal.press('Enter', 'C-x', 'C-y', 'C-d', 'C-u', 'C-r', 'C-s');
    await terminal.waitFor('saved');
    terminal.press('e');
    await terminal.waitFor(mark);
    terminal.type('dropped');
    terminal.press('Escape');
    await terminal.waitFor('leave without saving?');
    terminal.press('y');
    await terminal.waitFor('dropped; nothing');
    terminal.press('u');
    await terminal.waitFor('taken back');
    terminal.press('C-r');
    await terminal.waitFor('done again');
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
    expect(leaks(mark)).toEqual([]);
    const file = path.join(demo.repository, password);
    expect(execFileSync('age', ['-d', '-i', demo.identityFile, file], { encoding: 'utf8' })).toContain(mark);
    expect(terminal.command('capture-pane', '-p', '-S', '-')).not.toContain(mark);
  });

  test('is found where a careless program puts it', async () => {
    const mark = marker();
    const script = path.join(demo.home, 'careless.mjs');
    writeFileSync(
      script,
      `import fs from 'node:fs'; console.log('${mark}'); fs.writeFileSync('swap', 'x${mark}');`,
    );
    const { command, leaks } = watched(`${process.execPath} ${script}`);
    const terminal = await demo.start({ columns: 80, rows: 24 });
    enter(terminal, command);
    await terminal.waitFor(mark);
    await terminal.waitFor(/ready\$$/);
    expect(leaks(mark)).toHaveLength(1);
  });
});
