import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { atHome, createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const password = 'secrets/services/immich/admin-password.age';
const oldValue = 'not-real-admin-password-immich';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

describeWithPeers('a value that is edited in the terminal', ['tmux', 'git', 'age'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
  });
  afterEach(() => demo.dispose());

  /** What the real age says. */
  const decrypted = (file: string): string =>
    execFileSync('age', ['-d', '-i', demo.identityFile, path.join(demo.repository, file)], {
      encoding: 'utf8',
    });
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', demo.repository, ...words], { encoding: 'utf8' });
  const changed = (): string => git('diff', '--stat', '--', '.').trim();
  const bytes = (file: string): Buffer => readFileSync(path.join(demo.repository, file));

  async function open(what: string, best: RegExp, size = { columns: 80, rows: 24 }): Promise<Tmux> {
    const terminal = await demo.start(size);
    enter(terminal, demo.openDemo);
    await search(terminal, what, best);
    return terminal;
  }
  const openPassword = (size?: { columns: number; rows: number }): Promise<Tmux> =>
    open('immich/admin', /min-password\.age/, size);

  async function edit(terminal: Tmux): Promise<void> {
    terminal.press('e');
    await terminal.waitFor(/line 1\/\d+/);
  }

  test.each(sizes)(
    'is saved for the same readers, and nothing else changes, at $columns×$rows',
    async (size) => {
      const terminal = await openPassword(size);
      await edit(terminal);
      terminal.press('End', 'C-w');
      terminal.type('新しい é 👩‍👩‍👧');
      terminal.press('Enter');
      terminal.type('second line');
      const screen = await terminal.waitFor(/▌2 second line/);
      for (const line of screen.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
      expect(changed()).toBe('');

      terminal.press('C-s');
      const saved = await terminal.waitFor('saved');
      expect(saved).not.toContain('second line');
      expect(decrypted(password)).toBe('not-real-admin-password-新しい é 👩‍👩‍👧\nsecond line');
      expect(changed()).toMatch(/^ ?\S*admin-password\.age +\| .*\n 1 file changed/);
      expect(saved).toContain('1 of 88');

      // What was saved is what is shown, without reading anything again by hand.
      if (size.columns < 60) terminal.press('Enter');
      terminal.press('x');
      await terminal.waitFor('second line');
      const written = bytes(password);

      terminal.press('u');
      await terminal.waitFor('taken back');
      expect(changed()).toBe('');
      expect(decrypted(password)).toBe(oldValue);
      terminal.press('C-r');
      await terminal.waitFor('done again');
      expect(bytes(password)).toEqual(written);
    },
  );

  test('of one key changes that key alone', async () => {
    const file = 'secrets/services/immich/env.age';
    const before = decrypted(file);
    const terminal = await open('immich/env', /env\.age/);
    terminal.press('Enter');
    await terminal.waitFor(/▌−/);
    terminal.press('j');
    await terminal.waitFor(/▌ {4}/);
    await edit(terminal);
    const [first = ''] = before.split('\n');
    const [name, value = ''] = first.split('=');
    await terminal.waitFor(`#${name}`);
    expect(terminal.screen()).toContain('only this value changes');
    terminal.press('End');
    terminal.type('-more');
    terminal.press('C-s');
    await terminal.waitFor('saved');
    expect(decrypted(file)).toBe(before.replace(value, `${value}-more`));

    // The keys are listed as they were, for the next of them.
    await terminal.waitFor(new RegExp(`▌ {4}${name}`));
    expect(terminal.screen()).toContain('saved');
    terminal.press('x');
    await terminal.waitFor('immich-mor');
  });

  test.each(sizes)('is selected, cut, pasted and typed over, at $columns×$rows', async (size) => {
    const terminal = await openPassword(size);
    await edit(terminal);
    terminal.press('C-S-Right', 'C-S-Right');
    await terminal.waitFor('8 characters selected');
    expect(terminal.colouredScreen()).toMatch(/\u001b\[(0;)?7m(\u001b\[\d+m)*not-real\u001b\[0m/);
    terminal.press('C-x', 'End', 'C-y');
    await terminal.waitFor('immichnot-real');
    terminal.press('Home', 'C-Space', 'Right');
    await terminal.waitFor('1 character selected');
    terminal.type('over');
    terminal.press('Enter', 'S-Up');
    await terminal.waitFor('2 lines selected');
    terminal.press('Escape');
    await terminal.waitFor((screen) => !screen.includes('selected') && screen.includes('on save'));
    terminal.press('M-a', 'M-w', 'C-y', 'C-s');
    await terminal.waitFor('saved');
    const text = 'over\nadmin-password-immichnot-real';
    expect(decrypted(password)).toBe(text + text);
  });

  test('and does not parse any more is refused with its place, and kept', async () => {
    const file = 'secrets/backup/offsite.json.age';
    const before = decrypted(file);
    const terminal = await open('offsite.json', /offsite\.json\.age/);
    await edit(terminal);
    terminal.press('Down', 'End', 'C-w');
    terminal.type('BROKEN');
    terminal.press('C-s');
    const refused = await terminal.waitFor(/not saved: no json any more at line \d+, column \d+/);
    expect(refused).toContain('BROKEN');
    expect(decrypted(file)).toBe(before);
    expect(changed()).toBe('');
    terminal.press('C-u', 'C-u', 'C-u');
    terminal.press('C-s');
    await terminal.waitFor(/nothing was written/);
  });

  test('but not changed is not written; a changed one is left only after asking', async () => {
    const terminal = await openPassword();
    await edit(terminal);
    terminal.press('C-s');
    await terminal.waitFor('is as it was: nothing was written');
    await edit(terminal);
    terminal.type('UNSAVED');
    await terminal.waitFor('UNSAVED');
    terminal.press('Escape');
    const asked = await terminal.waitFor('leave without saving?');
    expect(asked).not.toContain('UNSAVED');
    terminal.press('Enter');
    terminal.press('Escape');
    await terminal.waitFor(`UNSAVED${oldValue}`);
    terminal.press('C-c');
    await terminal.waitFor('quit without saving?');
    terminal.press('Escape');
    await terminal.waitFor(`UNSAVED${oldValue}`);
    terminal.press('Escape');
    await terminal.waitFor('leave without saving?');
    terminal.press('y');
    await terminal.waitFor('the edit was dropped; nothing was written');
    expect(terminal.screen()).not.toContain('UNSAVED');
    expect(changed()).toBe('');
  });

  test.each(sizes)('takes 200 pasted lines as they are, at $columns×$rows', async (size) => {
    const lines = Array.from({ length: 200 }, (_, index) => `${index}\tpasted line ${'x'.repeat(index)} é漢`);
    const file = path.join(demo.temporary, 'paste');
    writeFileSync(file, lines.join('\n'));
    const terminal = await openPassword(size);
    await edit(terminal);
    terminal.press('End', 'Enter');
    await terminal.waitFor(/line 2\/2/);
    terminal.command('load-buffer', file);
    terminal.command('paste-buffer', '-p');
    await terminal.waitFor(/line 201\/201/);
    terminal.press('C-s');
    await terminal.waitFor('saved');
    expect(decrypted(password)).toBe(`${oldValue}\n${lines.join('\n')}`);
  });

  test.each(sizes)(
    'is deleted with its rule after asking, and comes back byte for byte, at $columns×$rows',
    async (size) => {
      const [file, rules] = [bytes(password), bytes('secrets.nix')];
      const terminal = await openPassword(size);
      terminal.press('d');
      const asked = await terminal.waitFor('edits secrets.nix');
      expect(asked.replace(/[\s│]/g, '')).toContain(`deletes${password}`);
      terminal.press('Enter');
      terminal.press('Escape');
      await terminal.waitFor(/enter open/);
      expect(changed()).toBe('');
      terminal.press('d');
      await terminal.waitFor('edits secrets.nix');
      terminal.press('y');
      await terminal.waitFor('deleted:');
      expect(git('status', '--short')).toBe(` M secrets.nix\n D ${password}\n`);
      expect(bytes('secrets.nix').toString()).not.toContain('immich/admin-password');
      terminal.press('u');
      await terminal.waitFor('taken back');
      expect(bytes(password)).toEqual(file);
      expect(bytes('secrets.nix')).toEqual(rules);
      expect(git('status', '--short')).toBe('');
    },
  );

  test.each(sizes)(
    'and was checked out meanwhile is never written over unasked, at $columns×$rows',
    async (size) => {
      const older = bytes(password);
      execFileSync(
        'sh',
        ['-c', `printf newer | ${demo.keyhole} set -i "$0" ${password}`, demo.identityFile],
        { cwd: demo.repository, env: atHome(demo) },
      );
      git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qam', 'newer');
      const terminal = await openPassword(size);
      await edit(terminal);
      terminal.press('End');
      terminal.type('-mine');
      await terminal.waitFor('newer-mine');
      git('checkout', '-q', 'HEAD~1', '--', password);
      expect(bytes(password)).toEqual(older);

      terminal.press('C-s');
      const asked = await terminal.waitFor('changed on disk');
      expect(asked.replace(/[\s│]+/g, ' ')).toContain('Nothing was written.');
      expect(bytes(password)).toEqual(older);
      terminal.press('Escape');
      await terminal.waitFor('newer-mine');

      // It may be written over, when somebody says so; and still be taken back.
      terminal.press('C-s');
      await terminal.waitFor('changed on disk');
      terminal.press('o');
      await terminal.waitFor('saved');
      expect(decrypted(password)).toBe('newer-mine');
      terminal.press('u');
      await terminal.waitFor('taken back');
      expect(bytes(password)).toEqual(older);

      // Or the edit is dropped for what is there.
      await edit(terminal);
      terminal.type('mine-');
      git('checkout', '-q', 'HEAD', '--', password);
      terminal.press('C-s');
      await terminal.waitFor('changed on disk');
      terminal.press('t');
      await terminal.waitFor('read again');
      terminal.press('x');
      const theirs = await terminal.waitFor(/newer/);
      expect(theirs).not.toContain('mine');
      expect(git('status', '--short')).toBe('');
    },
  );
});
