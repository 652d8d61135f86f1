import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const password = 'secrets/services/immich/admin-password.age';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

describeWithPeers('a commit from the terminal', ['tmux', 'git', 'age'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
    git('config', 'user.name', 'Alice Example');
    git('config', 'user.email', 'alice@example.org');
  });
  afterEach(() => demo.dispose());

  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', demo.repository, ...words], { encoding: 'utf8' });
  const file = (name: string): string => path.join(demo.repository, name);
  const hook = (name: string, script: string): void => {
    mkdirSync(file('.git/hooks'), { recursive: true });
    writeFileSync(file(`.git/hooks/${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };

  async function edited(size: { columns: number; rows: number }): Promise<Tmux> {
    const terminal = await demo.start(size);
    enter(terminal, demo.openDemo);
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('e');
    await terminal.waitFor(/line 1\/\d+/);
    terminal.type('NEW-');
    terminal.press('C-s');
    await terminal.waitFor('saved');
    return terminal;
  }

  test.each(sizes)('holds what was edited, and not what others staged, at $columns×$rows', async (size) => {
    writeFileSync(file('staged.txt'), 'somebody else\n');
    git('add', 'staged.txt');
    const before = git('rev-parse', 'HEAD').trim();
    const terminal = await edited(size);
    await terminal.waitFor('+1');
    terminal.press('c');
    const asked = await terminal.waitFor(/commit 1 file on main\?/);
    expect(asked.replace(/[│\s]+/g, ' ')).toContain('secrets: edit services/immich/admin-password');
    expect(asked).not.toContain('NEW-');
    terminal.press('Enter');
    terminal.press('m');
    terminal.press('C-u');
    terminal.type('rotate immich');
    await terminal.waitFor('rotate immich');
    terminal.press('Enter');
    await terminal.waitFor(/message: rotate immich/);
    expect(git('rev-parse', 'HEAD').trim()).toBe(before);
    terminal.press('y');
    const done = await terminal.waitFor(/committed [0-9a-f]{7}/);
    expect(done).not.toContain('+1');
    expect(git('log', '-1', '--format=%s by %an').trim()).toBe('rotate immich by Alice Example');
    expect(git('show', '--name-only', '--format=', 'HEAD').trim()).toBe(password);
    expect(git('rev-parse', 'HEAD~1').trim()).toBe(before);
    expect(git('status', '--short')).toBe('A  staged.txt\n');

    // The commit is not taken back by taking the write back, and that is said before.
    terminal.press('u');
    const back = await terminal.waitFor('take back');
    expect(back.replace(/[│\s]+/g, ' ')).toContain('the commit stays');
    terminal.press('Escape');
    expect(git('status', '--short')).toBe('A  staged.txt\n');
  });

  test('made by somebody else in the meantime is not forgotten by undo', async () => {
    const terminal = await edited({ columns: 80, rows: 24 });
    git('commit', '-qam', 'by hand');
    terminal.press('u');
    const asked = await terminal.waitFor('take back');
    expect(asked.replace(/[│\s]+/g, ' ')).toContain('the commit stays');
    expect(git('status', '--short')).toBe('');
    terminal.press('y');
    await terminal.waitFor('taken back');
    expect(git('status', '--short')).toBe(` M ${password}\n`);
  });

  test('gives the terminal to a hook that asks, and quotes one that refuses', async () => {
    hook(
      'pre-commit',
      'printf "really? " > /dev/tty; read answer < /dev/tty; echo "heard $answer" >&2; [ "$answer" = yes ]',
    );
    const terminal = await edited({ columns: 80, rows: 24 });
    terminal.press('c');
    await terminal.waitFor('hooks run, with your rights: pre-commit');
    terminal.press('y');
    const lent = await terminal.waitFor('really?');
    expect(lent).toContain('git commits, and runs pre-commit');
    enter(terminal, 'no');
    await terminal.waitFor('git did not commit: heard no');
    terminal.press('y');
    await terminal.waitFor('really?');
    enter(terminal, 'yes');
    await terminal.waitFor(/committed [0-9a-f]{7}/);
    expect(git('status', '--short')).toBe('');
    // The screen is ours again, and keys are too.
    terminal.press('x');
    await terminal.waitFor('NEW-');
    terminal.press('q');
    await terminal.waitFor(/ready\$$/);
  });

  test('that nobody may be asked about does not wait at the terminal it was started from', async () => {
    hook('pre-commit', 'read answer < /dev/tty && exit 0; echo "no terminal" >&2; exit 1');
    const terminal = await demo.start({ columns: 80, rows: 24 });
    const options = `--no-default-identities -i ${demo.identityFile} -C ${demo.repository}`;
    enter(
      terminal,
      `echo new | ${demo.keyhole} set ${options} ${password}; ${demo.keyhole} commit ${options} --non-interactive; echo "status $?"`,
    );
    await terminal.waitFor('status 18');
    expect(terminal.screen()).toContain('no terminal');
    expect(readFileSync(file('.git/hooks/pre-commit'), 'utf8')).toContain('/dev/tty');
  });
});
