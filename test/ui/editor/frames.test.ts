import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/core/text-width.ts';
import { driveSession, keys } from '../support/drive.ts';
import { house, people } from './support/house.ts';

const { alice, bob } = people;
const text = `first\tline \n漢字かな交じり文 e\u0301 👩‍👩‍👧 ${'long '.repeat(20)}end\r\nlast\u200b\n`;

const looks = [
  ['40 columns', { columns: 40, rows: 12 }],
  ['80 columns', { columns: 80, rows: 24 }],
  ['80 columns without colour, in ascii', { columns: 80, rows: 24, ascii: true, noColor: true }],
  ['120 columns', { columns: 120, rows: 40 }],
] as const;

describe.each(looks)('the editor in %s', (_, look) => {
  test('draws its text, its cursor and its questions', async () => {
    const { session, rules, put } = await house({ 'hosts/db1/postgres.age': text });
    const ui = await driveSession(session, look);
    const frame = async (): Promise<string> => {
      const lines = await ui.screen();
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(look.columns);
      expect(lines.length).toBe(look.rows);
      const { x, y } = ui.terminal.cursor();
      return [...lines, `cursor ${x},${y}`].join('\n').replace(/\d+s/g, '30s');
    };
    await ui.press('e');
    await ui.see('first');
    expect(await frame()).toMatchSnapshot('opened');
    await ui.press(keys.down, keys.end, 'x');
    expect(await frame()).toMatchSnapshot('edited');
    await ui.press(keys.blur);
    expect(await frame()).toMatchSnapshot('hidden');
    await ui.press(keys.down, keys.esc);
    expect(await frame()).toMatchSnapshot('leaving');
    await ui.press(keys.esc);
    rules({ 'hosts/db1/postgres.age': [bob] });
    await ui.press(keys.ctrl('s'));
    await ui.see('type its name');
    await ui.press('hosts');
    const asked = await ui.screen();
    const { x, y } = ui.terminal.cursor();
    expect(asked[y]?.slice(0, x)).toMatch(/^. type its name hosts$/);
    expect(asked.join('\n').replace(/[\s│|]+/g, ' ')).toMatch(/no key found here opens it|more lines/);
    await ui.press(keys.esc);
    rules({ 'hosts/db1/postgres.age': [alice] });
    await put('hosts/db1/postgres.age', 'theirs');
    await ui.press(keys.ctrl('s'));
    await ui.see('changed on disk');
    expect(await frame()).toMatchSnapshot('conflict');
    ui.terminal.stdin.write(`${keys.ctrl('c')}y`);
    await ui.status;
  });
});
