import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

type Rules = Readonly<Record<string, { readonly publicKeys: readonly string[] }>>;

describeWithPeers('something new, made in the terminal', ['tmux', 'git', 'age', 'nix-instantiate'], () => {
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
  const status = (): string => git('status', '--short', '--untracked-files=all');
  /** What the real Nix makes of the rules. */
  const rules = (): Rules =>
    JSON.parse(
      execFileSync(
        'nix-instantiate',
        ['--eval', '--strict', '--json', path.join(demo.repository, 'secrets.nix')],
        { encoding: 'utf8', env: { ...process.env, NIX_REMOTE: 'dummy://' } },
      ),
    );

  async function begin(size: { columns: number; rows: number }): Promise<Tmux> {
    const terminal = await demo.start(size);
    enter(terminal, demo.openDemo);
    await search(terminal, 'immich/admin', /min-password\.age/);
    terminal.press('n');
    await terminal.waitFor(/path +secrets\/services\/immich\//);
    return terminal;
  }

  test.each(sizes)('a key pair is as it was shown before it was there, at $columns×$rows', async (size) => {
    const before = rules();
    const like = 'secrets/services/immich/admin-password.age';
    const made = 'secrets/services/immich/deploy.age';
    const terminal = await begin(size);
    terminal.type('deploy.age');
    terminal.press('Down', ...Array.from({ length: 7 }, () => 'Right'));
    const form = await terminal.waitFor('ssh-ed25519 key');
    for (const line of form.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
    terminal.press('Enter');
    const plan = await terminal.waitFor(/make .*deploy\.age\?/);
    expect(plan).toContain('ssh-ed25519');
    expect(plan).not.toContain('PRIVATE KEY');
    expect(status()).toBe('');

    terminal.press('y');
    const created = await terminal.waitFor('created');
    expect(created).not.toContain('PRIVATE KEY');
    // What a first write has to say lies over the list of a small window until a key is pressed.
    terminal.press('Escape');
    await terminal.waitFor(/▌.*deploy\.age/);
    expect(status()).toBe(
      ' M secrets.nix\n?? secrets/services/immich/deploy.age\n?? secrets/services/immich/deploy.pub\n',
    );
    expect(decrypted(made)).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    const publicHalf = readFileSync(path.join(demo.repository, made.replace(/age$/, 'pub')), 'utf8');
    // A wide window shows the whole of it before; a narrow one breaks it.
    const shown = plan.replace(/[│\s]/g, '');
    expect(shown).toContain(publicHalf.trim().split(' ')[1]);
    // Nix reads what it read before, and one more entry for those who read the secret beside it.
    expect(rules()).toEqual({ ...before, [made]: { publicKeys: before[like]?.publicKeys } });

    terminal.press('u');
    await terminal.waitFor('taken back');
    expect(status()).toBe('');
  });

  test.each(sizes)('a phrase for other readers, chosen by name, at $columns×$rows', async (size) => {
    const before = rules();
    const made = 'secrets/services/immich/phrase.age';
    const terminal = await begin(size);
    terminal.type('phrase.age');
    terminal.press('Down', 'Right', 'Right');
    await terminal.waitFor('88 bits of choice');
    // Behind the words and what is between them: the first reader goes, the second stays.
    terminal.press('Down', 'Down', 'Down', 'Space');
    await terminal.waitFor(/\[ \] people/);
    terminal.press('Enter');
    await terminal.waitFor(/make .*phrase\.age\?/);
    terminal.press('Escape');
    await terminal.waitFor('new secret');
    terminal.press('Space');
    await terminal.waitFor(/\[x\] people/);
    terminal.press('Enter');
    await terminal.waitFor(/make .*phrase\.age\?/);
    terminal.press('y');
    await terminal.waitFor('created');
    expect(decrypted(made)).toMatch(/^[a-z]+(-[a-z]+){7}$/);
    expect(Object.keys(rules())).toHaveLength(Object.keys(before).length + 1);
  });

  test('keys that are pressed faster than anything is read all arrive', async () => {
    const terminal = await begin({ columns: 80, rows: 24 });
    terminal.press('Escape');
    await terminal.waitFor((screen) => !screen.includes('new secret'));
    terminal.press('n');
    terminal.type('fast.age');
    terminal.press('Enter');
    terminal.type('typed at once');
    terminal.press('C-s');
    await terminal.waitFor(/make .*fast\.age\?/);
    terminal.press('y');
    await terminal.waitFor('created');
    expect(decrypted('secrets/services/immich/fast.age')).toBe('typed at once');
  });
});
