import { describe, expect, test } from 'vitest';
import { drive, keys } from './support/drive.ts';
import { sample } from './support/sample.ts';

const many = {
  ...sample,
  secrets: Array.from({ length: 10_000 }, (_, index) => ({
    id: `secrets/${String(index).padStart(5, '0')}.age`,
  })),
};

describe('a list in which some are selected', () => {
  test.each([
    ['in colour', {}, '✓'],
    ['without colour', { noColor: true }, '✓'],
    ['in ASCII', { ascii: true }, '*'],
  ])('marks them by a sign %s, and says how many, in 40 columns', async (_, options, sign) => {
    const ui = await drive({ ...sample, columns: 40, rows: 20, ...options });
    await ui.press(' ', 'j', 'j', ' ');
    const lines = await ui.screen();
    const signed = lines.filter((line) => line.includes(`${sign}hosts`) || line.includes(`${sign}…`));
    expect(lines.filter((line) => line.slice(1, 4).includes(sign)).length, lines.join('\n')).toBe(2);
    expect(signed.length).toBeGreaterThan(0);
    expect(lines.at(-2)).toMatch(/2 selected$/);
    await ui.press('/', 'm', 'a', 'i', 'l', keys.enter);
    await ui.see('2 selected, 2 hidden');
    expect((await ui.text()).split('\n').every((line) => [...line].length <= 40)).toBe(true);
    await ui.quit();
  });

  test('is told to a screen reader in words', async () => {
    const ui = await drive({ ...sample, env: { INK_SCREEN_READER: 'true' } });
    await ui.press('j', ' ');
    const text = await ui.text();
    expect(text).toContain('1 selected');
    expect(text).toMatch(/2 of 7: hosts\/db2\/postgres\.age, ok, selected/);
    await ui.quit();
  });

  test('costs a cursor move among 10,000 no more than two kilobytes, with all of them selected too', async () => {
    const ui = await drive({ ...many, columns: 200, rows: 50 });
    const costs: Record<string, number> = {};
    const move = async (when: string, key: string): Promise<void> => {
      const before = ui.terminal.written().length;
      await ui.press(key);
      costs[when] = ui.terminal.written().length - before;
    };
    await move('none selected', 'j');
    await ui.press('A');
    await ui.see('10000 selected');
    await move('all selected', 'j');
    await ui.press(keys.esc, 'v');
    await move('a range grows', 'j');
    await move('a range shrinks', 'k');
    for (const [when, bytes] of Object.entries(costs)) expect(bytes, when).toBeLessThanOrEqual(2_000);
    expect(Object.values(costs).every((bytes) => bytes > 0)).toBe(true);
    await ui.quit();
  });
});
