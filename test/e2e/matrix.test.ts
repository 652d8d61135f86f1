import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

const sizes = [
  { columns: 200, rows: 50 },
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

describeWithPeers('the matrix in the terminal', ['tmux', 'git'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
  });
  afterEach(() => demo.dispose());

  const words = (screen: string): string => screen.replace(/[\s│]+/g, ' ');

  test.each(sizes)(
    'finds the host that should read and does not, and says which list grants it, at $columns×$rows',
    async ({ columns, rows }) => {
      const terminal = await demo.start({ columns, rows });
      enter(terminal, demo.openDemo);
      await terminal.waitFor('.age');
      terminal.press('m', ']');
      await terminal.waitFor(/host/);
      terminal.type('/state:drift grafana');
      terminal.press('Enter');
      await terminal.waitFor(columns < 60 ? /who reads …?.*env\.age/ : /▌ services\/grafana\/env/);
      const down = columns < 60 ? 'j' : 'l';
      terminal.press(down, down, down, down);
      const explained = await terminal.waitFor((screen) => words(screen).includes('cannot read: declared'));
      expect(words(explained)).toMatch(
        /grafana\/env\.age × eridanus: cannot read: declared .*in secrets\.nix:\d+, and not on the file/,
      );
      for (const line of explained.split('\n')) expect([...line].length).toBeLessThanOrEqual(columns);
      terminal.press('o');
      await terminal.waitFor('what eridanus reads');
      terminal.press('Escape');
      await terminal.waitFor((screen) => !screen.includes('what eridanus reads'));
      terminal.press('Escape');
      await terminal.waitFor(/grafana\/env\.age +(4|5)? *drift|enter open/);
    },
  );

  test('names who is on a file and long removed, with the commit that did so', async () => {
    const terminal = await demo.start({ columns: 100, rows: 24 });
    enter(terminal, demo.openDemo);
    await terminal.waitFor('.age');
    terminal.press('m', ']', '$');
    const told = await terminal.waitFor((screen) => words(screen).includes('removed from secrets.nix by'));
    expect(words(told)).toMatch(
      /unnamed keys: 1 reader .* \(zephyr, removed from secrets\.nix by [0-9a-f]{7} on/,
    );
  });
});
