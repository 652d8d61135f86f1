import { expect, test } from 'vitest';
import { forbiddenOutput, usesForeignStyles } from '../support/allowed-output.ts';
import { driveSession, keys } from '../support/drive.ts';
import { hostileStrings } from '../support/hostile-strings.ts';
import { house } from './support/house.ts';

test.each([
  ['80 columns', { columns: 80, rows: 24 }],
  ['40 columns of ascii', { columns: 40, rows: 12, ascii: true }],
] as const)('no text drives the terminal while it is edited or pasted: %s', async (_, look) => {
  const name = (index: number): string => `${index}`.padStart(2, '0');
  const { session, value } = await house(
    Object.fromEntries(hostileStrings.map((text, index) => [`${name(index)}.age`, `${text}\n${text}`])),
  );
  const ui = await driveSession(session, look);
  for (const [index, text] of hostileStrings.entries()) {
    await ui.press('e');
    await ui.see(`${name(index)}.age`);
    await ui.press(`${keys.end}!`, keys.esc);
    await ui.see('leave without saving?');
    await ui.press('yj');
    expect(forbiddenOutput(ui.terminal.written()), JSON.stringify(text)).toEqual([]);
  }
  expect(usesForeignStyles(ui.terminal.written())).toBe(false);
  expect(await value('00.age')).toBe(`${hostileStrings[0]}\n${hostileStrings[0]}`);
  await ui.quit();
});

test('what a text pastes is kept as it is, and does nothing', async () => {
  const { session, value } = await house({ 'a.age': '' });
  const ui = await driveSession(session);
  const nasty = 'a\u001b[2Jb\u0003c\u0013d\u202ee\u0000f';
  await ui.press('e', keys.paste(nasty), keys.ctrl('s'));
  await ui.see('saved a.age');
  expect(await value('a.age')).toBe(nasty);
  expect(forbiddenOutput(ui.terminal.written())).toEqual([]);
  await ui.quit();
});
