import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

describeWithPeers('several secrets that are selected in the terminal', ['tmux', 'git', 'age'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
  });
  afterEach(() => demo.dispose());

  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', demo.repository, ...words], { encoding: 'utf8' });
  const status = (): string => git('status', '--short', '--untracked-files=all');

  test.each(sizes)(
    'are deleted after one question, in one write that one undo takes back, at $columns×$rows',
    async (size) => {
      const terminal = await demo.start(size);
      enter(terminal, demo.openDemo);
      await search(terminal, 'services/immich', /min-password\.age/);
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
});
