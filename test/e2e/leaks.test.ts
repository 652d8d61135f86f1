import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { marker } from '../support/leak-marks.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';
import { type Watch, watch } from '../support/watch.ts';

const password = 'secrets/services/immich/admin-password.age';
const oldValue = 'not-real-admin-password-immich';

const toTerminal = /^writev?\(\d+<\/dev\/(pts\/\d+|tty)/;
/** To the program that owns the clipboard, and from it to its server. */
const toTmux = /^(write|sendto|sendmsg)\(\d+<(pipe|socket|UNIX-STREAM):/;

describeWithPeers('plaintext in the terminal', ['tmux', 'git', 'age', 'strace'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
  });
  afterEach(() => demo.dispose());

  const decrypted = (): string =>
    execFileSync('age', ['-d', '-i', demo.identityFile, path.join(demo.repository, password)], {
      encoding: 'utf8',
    });

  const watched = (more: readonly string[] = []): Watch => watch(path.join(demo.home, 'watch'), more);

  /** Types a command line whose program is watched. */
  function enterWatched(terminal: Tmux, seen: Watch, commandLine: string): void {
    const script = path.join(demo.home, 'watched.sh');
    const words = seen.words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    writeFileSync(script, `exec ${words} ${commandLine}\n`);
    enter(terminal, `sh ${script}`);
  }

  async function open(seen: Watch, env: Readonly<Record<string, string>> = {}): Promise<Tmux> {
    const terminal = await demo.start({ columns: 100, rows: 24 }, { env });
    enterWatched(terminal, seen, demo.openDemo);
    await search(terminal, 'immich/admin', /min-password\.age/);
    return terminal;
  }

  async function leave(terminal: Tmux): Promise<void> {
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
  }

  function expectOnly(leaks: readonly string[], ...allowed: readonly RegExp[]): void {
    for (const one of allowed) expect(leaks.some((call) => one.test(call))).toBe(true);
    expect(leaks.filter((call) => !allowed.some((one) => one.test(call)))).toEqual([]);
  }

  test('goes to the terminal and nowhere else: typed, cut, duplicated, saved, dropped, undone', async () => {
    const mark = marker();
    const seen = watched();
    const terminal = await open(seen);
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
    await leave(terminal);
    expectOnly(seen.leaks([mark]), toTerminal);
    expect(decrypted()).toContain(mark);
    expect(terminal.command('capture-pane', '-p', '-S', '-')).not.toContain(mark);
  });

  test('goes there only: revealed, copied by OSC 52, deleted, brought back, locked', async () => {
    const seen = watched();
    const terminal = await open(seen, { KEYHOLE_CLIPBOARD: 'osc52' });
    terminal.press('x');
    await terminal.waitFor(oldValue);
    terminal.press('x');
    await terminal.waitFor((screen) => !screen.includes(oldValue));
    terminal.press('y');
    await terminal.waitFor('sent to your terminal');
    terminal.press('d');
    await terminal.waitFor('delete');
    terminal.press('y');
    await terminal.waitFor('deleted');
    terminal.press('u');
    await terminal.waitFor('taken back');
    terminal.press('L');
    await terminal.waitFor('locked');
    await leave(terminal);
    expectOnly(seen.leaks([oldValue]), toTerminal);
    expect(decrypted()).toBe(oldValue);
  });

  test('goes to tmux when it is copied in tmux, by the UI and by the command', async () => {
    const seen = watched();
    const terminal = await open(seen);
    terminal.press('y');
    await terminal.waitFor('no terminal is attached');
    await leave(terminal);
    expectOnly(seen.leaks([oldValue]), toTmux);
    const commandSeen = watch(path.join(demo.home, 'watch-command'));
    enterWatched(
      terminal,
      commandSeen,
      `${demo.keyhole} copy ${password} -C ${demo.repository} --no-default-identities -i ${demo.identityFile}`,
    );
    await terminal.waitFor('no terminal is attached');
    await terminal.waitFor(/ready\$$/);
    expectOnly(commandSeen.leaks([oldValue]), toTmux);
  });

  test('is nowhere after kill -9 in the midst of saving it, nor after the next start', async () => {
    const mark = marker();
    const seen = watched(['-e', 'inject=rename:signal=KILL:when=3']);
    const terminal = await open(seen);
    terminal.press('e');
    await terminal.waitFor('on save');
    terminal.type(mark);
    await terminal.waitFor(mark);
    terminal.press('C-s');
    await terminal.waitFor('Killed');
    expectOnly(seen.leaks([mark]), toTerminal);
    const after = watch(path.join(demo.home, 'watch-after'));
    const next = await demo.start({ columns: 100, rows: 24 });
    enterWatched(next, after, `${demo.keyhole} recover -C ${demo.repository}`);
    await next.waitFor(/^finished {2}set/m);
    await next.waitFor(/ready\$$/);
    expectOnly(after.leaks([mark]));
    expect(decrypted()).toContain(mark);
  });

  test('is found where a careless program puts it', async () => {
    const mark = marker();
    const script = path.join(demo.home, 'careless.mjs');
    writeFileSync(
      script,
      `import fs from 'node:fs'; console.log('${mark}'); fs.writeFileSync('swap', 'x${mark}');`,
    );
    const seen = watched();
    const terminal = await demo.start({ columns: 80, rows: 24 });
    enterWatched(terminal, seen, `${process.execPath} ${script}`);
    await terminal.waitFor(mark);
    await terminal.waitFor(/ready\$$/);
    const leaks = seen.leaks([mark]);
    expect(leaks.filter((call) => !toTerminal.test(call))).toHaveLength(1);
    expect(leaks.length).toBeGreaterThan(1);
  });
});
