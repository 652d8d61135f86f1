import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

describeWithPeers(
  'several secrets that are selected in the terminal',
  ['tmux', 'git', 'age', 'nix-instantiate'],
  () => {
    let demo: DemoTerminals;
    beforeEach(async () => {
      demo = await createDemoTerminals();
    });
    afterEach(() => demo.dispose());

    const git = (...words: readonly string[]): string =>
      execFileSync('git', ['-C', demo.repository, ...words], { encoding: 'utf8' });
    const decrypted = (file: string): string =>
      execFileSync('age', ['-d', '-i', demo.identityFile, path.join(demo.repository, file)], {
        encoding: 'utf8',
      });
    /** The rules as the real Nix evaluates them. */
    const rules = (): Record<string, unknown> =>
      JSON.parse(
        execFileSync(
          'nix-instantiate',
          ['--eval', '--strict', '--json', path.join(demo.repository, 'secrets.nix')],
          {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...process.env, NIX_STATE_DIR: demo.temporary, NIX_STORE_DIR: '/nix/store' },
          },
        ),
      );
    const renamed = (before: Record<string, unknown>, names: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(before).map(([name, rule]) => [names[name] ?? name, rule]));
    const words = (screen: string): string => screen.replace(/[\s│]+/g, ' ');
    const bytes = (file: string): Buffer => readFileSync(path.join(demo.repository, file));

    async function open(what: string, best: RegExp, size: { columns: number; rows: number }): Promise<Tmux> {
      const terminal = await demo.start(size);
      enter(terminal, demo.openDemo);
      await search(terminal, what, best);
      return terminal;
    }

    const status = (): string => git('status', '--short', '--untracked-files=all');

    test.each(sizes)(
      'are deleted after one question, in one write that one undo takes back, at $columns×$rows',
      async (size) => {
        const terminal = await open('services/immich', /min-password\.age/, size);
        terminal.press('A');
        await terminal.waitFor(/\b3 selected/);
        terminal.press('Escape');
        await terminal.waitFor((screen) => !screen.includes('selected'));
        terminal.press('Space', 'j', 'Space');
        const marked = await terminal.waitFor(/\b2 selected/);
        expect(marked.match(/✓/g)?.length).toBe(2);
        for (const line of marked.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
        terminal.press('y');
        await terminal.waitFor(/one at a\s+time is\s+copied/);
        terminal.press('d');
        const asked = await terminal.waitFor('delete 2 secrets?');
        expect(asked.replace(/[\s│]+/g, ' ')).toContain('2 files are deleted and their rules taken out');
        terminal.press('Enter', 'Escape');
        await terminal.waitFor(/\b2 selected/);
        expect(status()).toBe('');

        terminal.press('d');
        await terminal.waitFor('delete 2 secrets?');
        terminal.press('y');
        await terminal.waitFor('deleted: 2 secrets');
        const changed = status().trimEnd().split('\n');
        expect(changed).toHaveLength(3);
        expect(changed.filter((line) => line.startsWith(' D secrets/services/immich/'))).toHaveLength(2);
        expect(changed).toContain(' M secrets.nix');
        expect(git('diff', '--numstat', '--', 'secrets.nix')).toMatch(/^0\t2\t/);
        expect(terminal.screen()).not.toContain('✓');
        terminal.press('u');
        await terminal.waitFor('taken back');
        expect(status()).toBe('');
        terminal.press('C-r');
        await terminal.waitFor('done again');
        expect(status().trimEnd().split('\n')).toEqual(changed);
      },
    );

    const password = 'secrets/services/immich/admin-password.age';

    test.each(sizes)(
      'one is renamed with its rule, and the plan is what happens, at $columns×$rows',
      async (size) => {
        writeFileSync(
          path.join(demo.repository, 'host.nix'),
          '{\n  age.secrets.immich.file = ./secrets/services/immich/admin-password.age;\n}\n',
        );
        git('add', 'host.nix');
        const [before, content, text] = [rules(), bytes(password), bytes('secrets.nix').toString()];
        const terminal = await open('services/immich', /min-password\.age/, size);
        terminal.press('r');
        await terminal.waitFor('it is called that already');
        terminal.press('C-w');
        terminal.type('env');
        await terminal.waitFor(/there is a\s+(│\s*)*file already/);
        terminal.press('C-w');
        terminal.type('root-password');
        await terminal.waitFor('enter shows');
        for (const line of terminal.screen().split('\n'))
          expect([...line].length).toBeLessThanOrEqual(size.columns);
        terminal.press('Enter');
        const asked = words(await terminal.waitFor('edits secrets.nix'));
        expect(asked.replaceAll(' ', '')).toContain(`!host.nix:2names${password},andstaysasitis:changeittoo`);
        expect(asked.replaceAll(' ', '')).toContain(
          `moves${password}tosecrets/services/immich/root-password.age`,
        );
        terminal.press('Enter');
        terminal.press('Escape');
        await terminal.waitFor('enter shows');
        expect(status()).toBe('A  host.nix\n');
        terminal.press('Enter');
        await terminal.waitFor('edits secrets.nix');
        terminal.press('y');
        expect(await terminal.waitFor(/u takes\s+it\s+back/)).toContain('moved');
        const to = 'secrets/services/immich/root-password.age';
        expect(status()).toBe(`A  host.nix\n M secrets.nix\n D ${password}\n?? ${to}\n`);
        expect(bytes(to)).toEqual(content);
        expect(decrypted(to)).toBe('not-real-admin-password-immich');
        expect(bytes('secrets.nix').toString()).toBe(text.replace(`"${password}"`, `"${to}"`));
        expect(rules()).toEqual(renamed(before, { [password]: to }));
        expect(terminal.screen()).toMatch(/▌.*root-password\.age/);
        terminal.press('u');
        expect(await terminal.waitFor('taken back')).toMatch(/▌.*min-password\.age/);
        expect(status()).toBe('A  host.nix\n');
      },
    );

    test.each(sizes)(
      'three are moved to a directory that is made for them, at $columns×$rows',
      async (size) => {
        const before = rules();
        const moved = ['admin-password', 'env', 'oidc.yaml'].map((name) => `${name}.age`);
        const terminal = await open('services/immich', /min-password\.age/, size);
        terminal.press('A', 'r');
        await terminal.waitFor('they are there already');
        terminal.press('C-w');
        terminal.type('photos');
        await terminal.waitFor('enter shows');
        terminal.press('Enter');
        const asked = await terminal.waitFor('move 3 secrets?');
        for (const line of asked.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
        terminal.press('G');
        // The end of the plan is in sight, in a low window too.
        await terminal.waitFor((screen) =>
          words(screen).replaceAll(' ', '').includes('photos/oidc.yaml.age".publicKeys'),
        );
        terminal.press('y');
        await terminal.waitFor(/moved 3 secrets/);
        const changed = status().trimEnd().split('\n');
        expect(changed).toEqual([
          ' M secrets.nix',
          ...moved.map((name) => ` D secrets/services/immich/${name}`),
          ...moved.map((name) => `?? secrets/services/photos/${name}`),
        ]);
        const names = moved.map((name) => [
          `secrets/services/immich/${name}`,
          `secrets/services/photos/${name}`,
        ]);
        expect(rules()).toEqual(renamed(before, Object.fromEntries(names)));
        expect(decrypted('secrets/services/photos/admin-password.age')).toBe(
          'not-real-admin-password-immich',
        );
        terminal.press('u');
        await terminal.waitFor('taken back');
        expect(status()).toBe('');
        expect(rules()).toEqual(before);
      },
    );

    test.each(sizes)('one is copied to a new name, for the same readers, at $columns×$rows', async (size) => {
      const before = rules();
      const terminal = await open('services/immich', /min-password\.age/, size);
      terminal.press('C');
      await terminal.waitFor('it is called that already');
      terminal.type('-2');
      await terminal.waitFor('enter shows');
      terminal.press('Enter');
      await terminal.waitFor('edits secrets.nix');
      terminal.press('y');
      await terminal.waitFor(/u takes\s+it\s+back/);
      const to = 'secrets/services/immich/admin-password-2.age';
      expect(status()).toBe(` M secrets.nix\n?? ${to}\n`);
      expect(bytes(to)).toEqual(bytes(password));
      expect(decrypted(to)).toBe('not-real-admin-password-immich');
      expect(rules()).toEqual({ ...before, [to]: before[password] });
      expect(terminal.screen()).toMatch(/▌.*admin-password-2\.age|▌.*password-2\.age/);
      terminal.press('u');
      await terminal.waitFor('taken back');
      expect(status()).toBe('');
    });
  },
);
