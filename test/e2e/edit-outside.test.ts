import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leftIn, runtimeDirectory, scriptedEditor } from '../cli/support/scripted-editor.ts';
import { atHome, createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const password = 'secrets/services/immich/admin-password.age';
const oldValue = 'not-real-admin-password-immich';
const json = 'secrets/backup/offsite.json.age';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;
/** The message, and no title of a question. */
const saved = /(^|\n) saved\b/;
type Size = { readonly columns: number; readonly rows: number };

describeWithPeers("a value that is edited in one's own editor", ['tmux', 'git', 'age'], () => {
  let demo: DemoTerminals;
  let runtime: string;
  beforeEach(async () => {
    demo = await createDemoTerminals();
    runtime = runtimeDirectory();
  });
  afterEach(() => demo.dispose());

  /** What the real age says. */
  const decrypted = (file: string): string =>
    execFileSync('age', ['-d', '-i', demo.identityFile, path.join(demo.repository, file)], {
      encoding: 'utf8',
    });
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', demo.repository, ...words], { encoding: 'utf8' });
  const changed = (): string => git('status', '--short');
  const note = (name: string): string => path.join(demo.temporary, name);
  const written = async (name: string): Promise<string> => {
    for (const start = Date.now(); !existsSync(note(name)); await pause())
      if (Date.now() - start > 20_000) throw new Error(`nobody wrote ${name}`);
    return readFileSync(note(name), 'utf8');
  };
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  /** A script waits for this. */
  const until = (name: string): string => `while [ ! -e ${note(name)} ]; do sleep 0.05; done`;
  const script = (...all: readonly string[]): string => scriptedEditor(demo.temporary, ...all);

  async function open(what: string, best: RegExp, editor: string, size: Size = sizes[0]): Promise<Tmux> {
    const terminal = await demo.start(size, { env: { VISUAL: editor, XDG_RUNTIME_DIR: runtime } });
    enter(terminal, demo.openDemo);
    await search(terminal, what, best);
    return terminal;
  }
  const openPassword = (editor: string, size?: Size): Promise<Tmux> =>
    open('immich/admin', /min-password\.age/, editor, size);
  const openJson = (editor: string, size?: Size): Promise<Tmux> =>
    open('offsite.json', /offsite\.json\.age/, editor, size);
  const flag = (terminal: Tmux, name: string): string =>
    terminal.command('display-message', '-p', `#{${name}}`).trim();

  /** Nothing of it is anywhere any more, once keyhole has ended. */
  async function leavesNothing(terminal: Tmux, ...values: readonly string[]): Promise<void> {
    expect(leftIn(runtime)).toEqual([]);
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
    const all = terminal.command('capture-pane', '-p', '-S', '-');
    for (const value of values) expect(all).not.toContain(value);
  }

  test.each(sizes)(
    'is masked, edited in memory, written, and the screen is back, at $columns×$rows',
    async (size) => {
      const editor = script(
        `cp "$1" ${note('seen')}; echo "$1" > ${note('where')}; echo editing; touch ${note('ready')}; ${until('go')}; printf 'from the editor' > "$1"`,
      );
      const terminal = await openPassword(editor, size);
      if (size.columns < 60) terminal.press('Enter');
      terminal.press('x');
      await terminal.waitFor(oldValue);
      terminal.press('E');
      await written('ready');
      expect(await written('seen')).toBe(oldValue);
      expect((await written('where')).startsWith(`${runtime}/keyhole/`)).toBe(true);
      expect(leftIn(runtime)).toHaveLength(1);
      const meanwhile = terminal.screen();
      expect(meanwhile).toContain('editing');
      expect(meanwhile).not.toContain(oldValue);
      expect(meanwhile).not.toContain('secrets/');
      expect(flag(terminal, 'alternate_on')).toBe('0');

      // A window that changes while the editor has it is drawn in its new size afterwards, and not before.
      terminal.command('resize-window', '-x', `${size.columns - 2}`, '-y', `${size.rows - 1}`);
      await pause();
      expect(terminal.screen()).not.toContain('secrets/');
      writeFileSync(note('go'), '');
      const after = await terminal.waitFor(saved);
      for (const line of after.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns - 2);
      expect(after.split('\n')).toHaveLength(size.rows - 1);
      expect(after.replace(/\s+/g, ' ')).toContain('may keep copies of its own');
      expect(after).not.toContain('from the editor');
      expect(flag(terminal, 'alternate_on')).toBe('1');
      expect(decrypted(password)).toBe('from the editor');
      terminal.press('u');
      await terminal.waitFor('taken back');
      expect(decrypted(password)).toBe(oldValue);
      expect(changed()).toBe('');
      await leavesNothing(terminal, oldValue, 'from the editor');
    },
  );

  test('of one key changes that key alone', async () => {
    const file = 'secrets/services/immich/env.age';
    const before = decrypted(file);
    const editor = script(`cp "$1" ${note('seen')}; printf more >> "$1"`);
    const terminal = await open('immich/env', /env\.age/, editor);
    terminal.press('Enter');
    await terminal.waitFor(/▌−/);
    terminal.press('j');
    await terminal.waitFor(/▌ {4}/);
    terminal.press('E');
    await terminal.waitFor(saved);
    const value = readFileSync(note('seen'), 'utf8');
    expect(before.split('\n')[0]?.endsWith(`=${value}`)).toBe(true);
    expect(decrypted(file)).toBe(before.replace(value, `${value}more`));
    await terminal.waitFor(/▌ {4}/);
    await leavesNothing(terminal, `${value}more`);
  });

  test.each(sizes)('and left with a failure is not written, at $columns×$rows', async (size) => {
    const terminal = await openPassword(script('printf CHANGED > "$1"; exit 1'), size);
    terminal.press('E');
    const screen = await terminal.waitFor(/status\s+1/);
    expect(screen.replace(/\s+/g, ' ')).toContain('so nothing was written');
    expect(decrypted(password)).toBe(oldValue);
    expect(changed()).toBe('');
    await leavesNothing(terminal, oldValue, 'CHANGED');
  });

  test('and not changed is not written, and it is said', async () => {
    const terminal = await openPassword(script('true'));
    terminal.press('E');
    const screen = await terminal.waitFor('nothing changed, nothing written');
    expect(screen.replace(/\s+/g, ' ')).toContain('an option that makes it wait');
    expect(changed()).toBe('');
    await leavesNothing(terminal, oldValue);
  });

  test.each(sizes)('and does not parse any more is mended in the editor, at $columns×$rows', async (size) => {
    const before = decrypted(json);
    const broken = script(
      'printf \'{"BROKEN":}\' > "$1"',
      `cp "$1" ${note('again')}; printf '{"MENDED": 1}' > "$1"`,
    );
    const terminal = await openJson(broken, size);
    terminal.press('E');
    const asked = await terminal.waitFor('d drops the edit');
    expect(asked.replace(/[\s│]+/g, ' ')).toMatch(/line 1, column \d+/);
    expect(asked).not.toContain('BROKEN');
    expect(decrypted(json)).toBe(before);
    expect(leftIn(runtime)).toHaveLength(1);
    terminal.press('Enter');
    terminal.press('e');
    await terminal.waitFor(saved);
    expect(readFileSync(note('again'), 'utf8')).toBe('{"BROKEN":}');
    expect(decrypted(json)).toBe(`{"MENDED": 1}${before.endsWith('\n') ? '\n' : ''}`);
    await leavesNothing(terminal, 'BROKEN', 'MENDED');
  });

  test('and does not parse any more is dropped on request, and quitting asks first', async () => {
    const terminal = await openJson(script('printf \'{"BROKEN":}\' > "$1"'));
    terminal.press('E');
    await terminal.waitFor('d drops the edit');
    terminal.press('C-c');
    await terminal.waitFor('quit without saving?');
    terminal.press('Escape');
    await terminal.waitFor('d drops the edit');
    terminal.press('d');
    await terminal.waitFor('the edit was dropped; nothing was written');
    expect(changed()).toBe('');
    await leavesNothing(terminal, 'BROKEN');
  });

  test('and waits for an answer is gone when keyhole is quit, hung up or ended', async () => {
    for (const end of ['C-c', 'SIGTERM', 'SIGHUP']) {
      const terminal = await openJson(script('printf \'{"BROKEN":}\' > "$1"'));
      terminal.press('E');
      await terminal.waitFor('d drops the edit');
      expect(leftIn(runtime)).toHaveLength(1);
      if (end === 'C-c') {
        terminal.press('C-c');
        await terminal.waitFor('quit without saving?');
        terminal.press('y');
      } else execFileSync('pkill', [`-${end.slice(3)}`, '-P', `${terminal.pid}`]);
      await terminal.waitFor(/ready\$$/);
      expect(leftIn(runtime)).toEqual([]);
      expect(changed()).toBe('');
    }
  });

  test('and emptied is asked about', async () => {
    const terminal = await openPassword(script(': > "$1"', `: > "$1"; touch ${note('again')}`));
    terminal.press('E');
    await terminal.waitFor('would be empty');
    terminal.press('Enter');
    terminal.press('Escape');
    await written('again');
    await terminal.waitFor('would be empty');
    expect(decrypted(password)).toBe(oldValue);
    terminal.press('y');
    await terminal.waitFor(saved);
    expect(decrypted(password)).toBe('');
    await leavesNothing(terminal, oldValue);
  });

  test.each(sizes)(
    'and was checked out meanwhile is never written over unasked, at $columns×$rows',
    async (size) => {
      const older = readFileSync(path.join(demo.repository, password));
      const set = `printf newer | ${demo.keyhole} set -i "$0" ${password}`;
      execFileSync('sh', ['-c', set, demo.identityFile], { cwd: demo.repository, env: atHome(demo) });
      git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qam', 'newer');
      const checkout = `git -C ${demo.repository} checkout -q HEAD~1 -- ${password}`;
      const back = `git -C ${demo.repository} checkout -q HEAD -- ${password}`;
      const editor = script(
        `${checkout}; printf MINE > "$1"`,
        `cat "$1" "$2" > ${note('both')}; printf MERGED > "$1"`,
        `${back}; printf MINE > "$1"`,
        `${checkout}; printf MINE > "$1"`,
      );
      const terminal = await openPassword(editor, size);

      // Both side by side.
      terminal.press('E');
      const asked = await terminal.waitFor('changed on disk');
      expect(asked.replace(/[\s│]+/g, ' ')).toContain('Nothing was written.');
      expect(readFileSync(path.join(demo.repository, password))).toEqual(older);
      terminal.press('e');
      await terminal.waitFor(saved);
      expect(readFileSync(note('both'), 'utf8')).toBe(`MINE${oldValue}`);
      expect(decrypted(password)).toBe('MERGED');

      // Mine over theirs, when somebody says so; and it can be taken back.
      terminal.press('E');
      await terminal.waitFor('changed on disk');
      expect(decrypted(password)).toBe('newer');
      terminal.press('o');
      await terminal.waitFor(saved);
      expect(decrypted(password)).toBe('MINE');
      terminal.press('u');
      await terminal.waitFor('taken back');
      expect(decrypted(password)).toBe('newer');

      // Theirs.
      terminal.press('E');
      await terminal.waitFor('changed on disk');
      terminal.press('t');
      await terminal.waitFor('read again');
      expect(readFileSync(path.join(demo.repository, password))).toEqual(older);
      await leavesNothing(terminal, oldValue, 'MINE', 'MERGED', 'newer');
    },
  );

  test.each(sizes)(
    'by an editor that is killed and leaves the terminal in a mess is not written, at $columns×$rows',
    async (size) => {
      const mess =
        "printf '\\033[?1049h\\033[?1003h\\033[?1006h\\033[?1h\\033[?7l\\033[?25l\\033[3;5r\\033[4h\\033(0'";
      const editor = script(`${mess}; cat "$1"; stty raw -echo -opost; printf CHANGED > "$1"; kill -9 $$`);
      const terminal = await demo.start(size, { env: { VISUAL: editor, XDG_RUNTIME_DIR: runtime } });
      enter(terminal, `stty -g > ${note('before.part')}; mv ${note('before.part')} ${note('before')}`);
      enter(terminal, demo.openDemo);
      await search(terminal, 'immich/admin', /min-password\.age/);
      const clean = terminal.screen().split('\n');
      terminal.press('E');
      const screen = await terminal.waitFor('SIGKILL');
      expect(screen).not.toContain(oldValue);
      // Above the facts, which come in one after the other.
      expect(screen.split('\n').slice(0, 7)).toEqual(clean.slice(0, 7));
      expect(decrypted(password)).toBe(oldValue);
      for (const name of ['mouse_any_flag', 'mouse_sgr_flag', 'keypad_cursor_flag', 'insert_flag'])
        expect([name, flag(terminal, name)]).toEqual([name, '0']);
      expect(flag(terminal, 'wrap_flag')).toBe('1');
      expect(flag(terminal, 'scroll_region_upper')).toBe('0');
      expect(flag(terminal, 'scroll_region_lower')).toBe(`${size.rows - 1}`);

      // Keys are keys, what is pasted is no key, and the arrows arrive.
      terminal.command('set-buffer', 'qqd\n');
      terminal.command('paste-buffer', '-p');
      terminal.press('Down', '?');
      await terminal.waitFor('type to filter');
      terminal.press('Escape');
      await terminal.waitFor(/\?( help)?\s*$/);
      await leavesNothing(terminal, oldValue, 'CHANGED');
      enter(terminal, `stty -g > ${note('after.part')}; mv ${note('after.part')} ${note('after')}`);
      await written('after');
      expect(readFileSync(note('after'), 'utf8')).toBe(readFileSync(note('before'), 'utf8'));
    },
  );

  test("with Ctrl-C in the editor, which is the editor's, goes on", async () => {
    const editor = script(
      `trap 'touch ${note('interrupted')}' INT; touch ${note('ready')}; ${until('interrupted')}; printf AFTER > "$1"`,
    );
    const terminal = await openPassword(editor);
    terminal.press('E');
    await written('ready');
    terminal.press('C-c');
    await terminal.waitFor(saved);
    expect(decrypted(password)).toBe('AFTER');
    await leavesNothing(terminal, 'AFTER');
  });

  test('is given back when keyhole is ended meanwhile, with the terminal as it was', async () => {
    const editor = script(`touch ${note('ready')}; printf CHANGED > "$1"; exec sleep 300`);
    const terminal = await openPassword(editor);
    terminal.press('E');
    await written('ready');
    execFileSync('pkill', ['-TERM', '-P', `${terminal.pid}`]);
    await terminal.waitFor(/ready\$$/);
    expect(flag(terminal, 'alternate_on')).toBe('0');
    expect(leftIn(runtime)).toEqual([]);
    expect(decrypted(password)).toBe(oldValue);
    enter(terminal, 'echo st""ill here');
    await terminal.waitFor('still here');
  });

  test('needs an editor that waits, and one that is there', async () => {
    const code = path.join(demo.temporary, 'code');
    writeFileSync(code, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    for (const [editor, says] of [
      [code, '--wait'],
      ['no-such-editor', 'no program called no-such-editor'],
      ['', 'no editor is set'],
    ] as const) {
      const terminal = await openPassword(editor);
      terminal.press('E');
      const screen = await terminal.waitFor(says);
      expect(screen.replace(/\s+/g, ' ')).toContain('e edits it here');
      await leavesNothing(terminal, oldValue);
    }
  });

  test.each(sizes)(
    'here goes on in the editor with Ctrl-E, comes back unsaved, and is saved here, at $columns×$rows',
    async (size) => {
      const editor = script(
        `cp "$1" ${note('seen')}; printf ' and OUTSIDE\\n' >> "$1"`,
        'printf LOST > "$1"; exit 1',
      );
      const terminal = await openPassword(editor, size);
      terminal.press('e');
      await terminal.waitFor(/line 1\/1/);
      terminal.press('End');
      terminal.type('-IN');
      terminal.press('C-e');
      await terminal.waitFor('not saved yet');
      await terminal.waitFor('OUTSIDE');
      expect(readFileSync(note('seen'), 'utf8')).toBe(`${oldValue}-IN`);
      expect(leftIn(runtime)).toEqual([]);
      expect(changed()).toBe('');
      terminal.press('C-u');
      await terminal.waitFor((screen) => !screen.includes('OUTSIDE') && screen.includes('-IN'));
      terminal.press('C-r');
      await terminal.waitFor('OUTSIDE');
      terminal.press('C-e');
      await terminal.waitFor(/status\s+1/);
      await terminal.waitFor('OUTSIDE');
      terminal.press('C-s');
      await terminal.waitFor(saved);
      expect(decrypted(password)).toBe(`${oldValue}-IN and OUTSIDE`);
      await leavesNothing(terminal, oldValue, '-IN', 'OUTSIDE', 'LOST');
    },
  );
});
