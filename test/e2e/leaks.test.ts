import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { leftIn, runtimeDirectory, scriptedEditor } from '../cli/support/scripted-editor.ts';
import { atHome, createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { marker } from '../support/leak-marks.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';
import { type Watch, watch } from '../support/watch.ts';

const password = 'secrets/services/immich/admin-password.age';
const oldValue = 'not-real-admin-password-immich';

const toTerminal = /^writev?\(\d+<\/dev\/(pts\/\d+|tty)/;
/** To the program that owns the clipboard and from it to its server, or to a process of keyhole's own. */
const toProcess = /^(write|sendto|sendmsg)\(\d+<(pipe|socket|UNIX-STREAM):/;

const toEditor = /^p?write(64)?\(\d+<[^>]*\/keyhole\/owner\./;

describeWithPeers('plaintext in the terminal', ['tmux', 'git', 'age', 'strace', 'ssh-keygen'], () => {
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

  /** A value was asked for, and the passphrase given that it took. */
  async function unlocked(key: string, passphrase: string) {
    const { words, leaks } = watched();
    const terminal = await demo.start({ columns: 100, rows: 24 });
    const identity = `--no-default-identities -i ${key}`;
    enterWatched(
      terminal,
      { words, leaks },
      `${demo.keyhole} get ${password} -C ${demo.repository} ${identity}`,
    );
    await terminal.waitFor('passphrase for');
    terminal.type(passphrase);
    terminal.press('Enter');
    await terminal.waitFor(oldValue);
    await terminal.waitFor(/ready\$$/);
    return { leaks };
  }

  function expectOnly(leaks: readonly string[], ...allowed: readonly RegExp[]): void {
    for (const one of allowed) expect(leaks.some((call) => one.test(call))).toBe(true);
    expect(leaks.filter((call) => !allowed.some((one) => one.test(call)))).toEqual([]);
  }

  test('goes to the terminal and nowhere else: typed, cut, copied, saved, dropped, undone', async () => {
    const mark = marker();
    const seen = watched();
    const terminal = await open(seen);
    terminal.press('e');
    await terminal.waitFor('on save');
    terminal.type(mark);
    await terminal.waitFor(mark);
    terminal.press('Enter', 'C-x', 'C-y', 'C-d', 'M-a', 'M-w', 'C-y', 'C-u', 'C-u', 'C-r', 'C-s');
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

  test('of something new goes there only: typed, left, taken up again, written, added as a key', async () => {
    const mark = marker();
    const seen = watched();
    const terminal = await open(seen);
    terminal.press('n');
    terminal.type('typed.env.age');
    terminal.press('Enter');
    await terminal.waitFor('on save');
    terminal.type(`KEY=${mark}`);
    await terminal.waitFor(mark);
    terminal.press('Escape');
    await terminal.waitFor('new secret');
    terminal.press('Enter');
    await terminal.waitFor(mark);
    terminal.press('C-s');
    expect(await terminal.waitFor(/make .*typed\.env\.age\?/)).not.toContain(mark);
    terminal.press('y');
    await terminal.waitFor('created');
    terminal.press('Enter');
    await terminal.waitFor(/▌−/);
    terminal.press('Down', 'n');
    await terminal.waitFor('new key in');
    terminal.type('OTHER');
    terminal.press('Enter');
    await terminal.waitFor('on save');
    terminal.type(mark);
    terminal.press('C-s');
    expect(await terminal.waitFor(/make .*#OTHER\?/)).not.toContain(mark);
    terminal.press('y');
    await terminal.waitFor(/created .*#OTHER/);
    await leave(terminal);
    expectOnly(seen.leaks([mark]), toTerminal);
    const file = path.join(demo.repository, 'secrets/services/immich/typed.env.age');
    expect(execFileSync('age', ['-d', '-i', demo.identityFile, file], { encoding: 'utf8' })).toBe(
      `KEY=${mark}\nOTHER=${mark}`,
    );
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
    expectOnly(seen.leaks([oldValue]), toProcess);
    const commandSeen = watch(path.join(demo.home, 'watch-command'));
    enterWatched(
      terminal,
      commandSeen,
      `${demo.keyhole} copy ${password} -C ${demo.repository} --no-default-identities -i ${demo.identityFile}`,
    );
    await terminal.waitFor('no terminal is attached');
    await terminal.waitFor(/ready\$$/);
    expectOnly(commandSeen.leaks([oldValue]), toProcess);
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

  test('that unlocks an OpenSSH key goes nowhere', async () => {
    const passphrase = marker();
    const key = path.join(demo.home, 'locked');
    copyFileSync(demo.identityFile, key);
    chmodSync(key, 0o600);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', key]);
    const { leaks } = await unlocked(key, passphrase);
    expectOnly(leaks([passphrase]));
    expectOnly(leaks([oldValue]), toTerminal);
  });

  test('that unlocks an identity file goes only to the process that tries it', async () => {
    const passphrase = marker();
    const key = path.join(demo.home, 'locked.age');
    const { identity, recipient } = generateX25519();
    const options = { armor: true, workFactor: 15 };
    const locked = await encryptWithPassphrase(identity, Buffer.from(passphrase), options);
    const secret = await encryptFile(Buffer.from(oldValue), [recipient], options);
    if (!locked.ok || !secret.ok) throw new Error('not encrypted');
    writeFileSync(key, locked.value, { mode: 0o600 });
    writeFileSync(path.join(demo.repository, password), secret.value);
    const { leaks } = await unlocked(key, passphrase);
    expectOnly(leaks([passphrase]), toProcess);
  });

  test("goes to memory, to the terminal and nowhere else in one's own editor", async () => {
    const mark = marker();
    const set = `printf ${mark} | ${demo.keyhole} set -i "$0" ${password}`;
    execFileSync('sh', ['-c', set, demo.identityFile], { cwd: demo.repository, env: atHome(demo) });
    const runtime = runtimeDirectory();
    const seen = watched();
    const editor = scriptedEditor(demo.temporary, 'printf more >> "$1"', 'printf most >> "$1"');
    const terminal = await open(seen, { XDG_RUNTIME_DIR: runtime, VISUAL: editor });
    terminal.press('x');
    await terminal.waitFor(mark);
    terminal.press('E');
    await terminal.waitFor(/ saved /);
    terminal.press('e');
    await terminal.waitFor(`${mark}more`);
    terminal.press('C-e');
    await terminal.waitFor(`${mark}moremost`);
    terminal.press('C-s');
    await terminal.waitFor(/u takes it back/);
    await leave(terminal);
    expectOnly(seen.leaks([mark]), toTerminal, toEditor);
    expect(leftIn(runtime)).toEqual([]);
    expect(decrypted()).toBe(`${mark}moremost`);
    expect(terminal.command('capture-pane', '-p', '-S', '-')).not.toContain(mark);
  });

  test('that an editor had when keyhole was killed is gone once the UI starts', async () => {
    const runtime = runtimeDirectory();
    const env = { XDG_RUNTIME_DIR: runtime, VISUAL: scriptedEditor(demo.home, 'kill -9 $PPID') };
    const terminal = await demo.start({ columns: 100, rows: 24 }, { env });
    const identity = `--no-default-identities -i ${demo.identityFile}`;
    enter(terminal, `${demo.keyhole} edit ${password} -C ${demo.repository} ${identity}`);
    await terminal.waitFor('Killed');
    const [left = ''] = leftIn(runtime);
    expect(readFileSync(path.join(runtime, 'keyhole', left, 'value.txt'), 'utf8')).toBe(oldValue);
    enter(terminal, demo.openDemo);
    await terminal.waitFor(/\?( help)?\s*$/);
    expect(leftIn(runtime)).toEqual([]);
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
