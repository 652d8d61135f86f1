import { describe, expect, test } from 'vitest';
import { textWidth } from '../../src/core/text-width.ts';
import { type Driven, type DriveOptions, drive, keys } from './support/drive.ts';
import { sample } from './support/sample.ts';

const sizes = [
  [40, 12],
  [80, 24],
  [120, 40],
  [200, 50],
] as const;

const looks = [
  ['colour', {}],
  ['no colour', { noColor: true }],
  ['ascii', { ascii: true }],
] as const;

const still: DriveOptions = { ...sample, lastChange: 'never' };

/** The ways through the program whose frames are looked at. */
const scenes: readonly (readonly [string, readonly string[]])[] = [
  ['browser', []],
  ['opened', [keys.enter, 'j']],
  ['revealed', ['x']],
  ['search', ['/', 'postgr']],
  ['help', ['?']],
  ['palette', [':', 'db1']],
  ['private keys', ['i']],
  ['problems', ['!']],
];

/** What is seen of a search once it is answered. */
const answers: Readonly<Record<string, string>> = { search: ' of 7', palette: 'go to' };

async function frame(ui: Driven): Promise<string> {
  const lines = await ui.screen();
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(ui.terminal.stdout.columns);
  expect(lines.length).toBe(ui.terminal.stdout.rows);
  // The first and last line are there in every frame: it is as high as the window, and starts at its top.
  expect(lines[0]).toMatch(/nix-config/);
  return lines.join('\n').replace(/in \d+s/g, 'in 30s');
}

describe.each(sizes)('%i columns and %i rows', (columns, rows) => {
  test.each(looks)('in %s', async (_, look) => {
    const ui = await drive({ ...still, columns, rows, ...look });
    for (const [name, pressed] of scenes) {
      await ui.press(...pressed);
      const answer = answers[name];
      // On a busy machine a search takes longer than the program seems to be at rest.
      if (answer) await ui.see(answer);
      expect(await frame(ui)).toMatchSnapshot(name);
      await ui.press(keys.esc, ...(name === 'revealed' ? [keys.esc] : []));
    }
    await ui.quit();
  });
});

describe('what the looks promise', () => {
  test('NO_COLOR sends no hue, and still shows what is selected', async () => {
    const ui = await drive({ ...still, noColor: true });
    await ui.press('/', 'db1', keys.enter, '?');
    const written = ui.terminal.written();
    expect(written).not.toMatch(/\u001b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)[;m]/);
    expect(written).toContain('\u001b[7m');
    await ui.quit();
  });

  test('colours are sent otherwise', async () => {
    const ui = await drive(still);
    expect(ui.terminal.written()).toContain('\u001b[32m');
    await ui.quit();
  });

  test.each([
    ['--ascii', { ascii: true }],
    ['a locale that is not UTF-8', { env: { LANG: 'C' } }],
    ['the Linux console', { env: { TERM: 'linux' } }],
  ])('%s sends ASCII alone, names included', async (_, look) => {
    const ui = await drive({
      ...still,
      secrets: [...still.secrets, { id: 'a-ключ.age', value: 'naïve\tпароль\n' }],
      ...look,
    });
    await ui.press('G', 'x', '?', keys.esc, '/', 'postgr');
    expect(ui.terminal.written()).not.toMatch(/[^\u0000-\u007f]/);
    await ui.quit();
  });

  test('the hardware cursor stands on the selected line, or where text is typed', async () => {
    const ui = await drive(still);
    expect(ui.terminal.cursor()).toEqual({ x: 1, y: 3 });
    await ui.press('j', 'j');
    expect(ui.terminal.cursor()).toEqual({ x: 1, y: 5 });
    await ui.press('/', 'ma');
    expect(ui.terminal.cursor()).toEqual({ x: 5, y: 1 });
    await ui.quit();
  });

  test('a window too small for a frame gets one sentence', async () => {
    const ui = await drive({ ...still, columns: 23, rows: 10 });
    expect((await ui.text()).trim()).toBe('window too small');
    ui.terminal.resize(60, 20);
    await ui.see('hosts/db1/postgres.age');
    await ui.quit();
  });

  test.each([
    [200, 50, 40, 12],
    [40, 12, 120, 40],
    [80, 24, 80, 10],
    [80, 24, 30, 30],
  ])(
    'a window resized from %i×%i to %i×%i shows what a new one would',
    async (columns, rows, toColumns, toRows) => {
      const resized = await drive({ ...still, columns, rows });
      await resized.press('j');
      resized.terminal.resize(toColumns, toRows);
      await resized.settle();
      const fresh = await drive({ ...still, columns: toColumns, rows: toRows });
      await fresh.press('j');
      expect(await resized.screen()).toEqual(await fresh.screen());
      await resized.quit();
      await fresh.quit();
    },
  );

  test('a countdown writes the end of its own line, and no other', async () => {
    const ui = await drive({ ...still, columns: 120, rows: 30 });
    await ui.press('x');
    await ui.see('masked again in');
    await ui.settle();
    const shown = await ui.text();
    const before = ui.terminal.written().length;
    await ui.see((text) => text !== shown);
    const written = ui.terminal.written().slice(before);
    expect(written).toMatch(/\ds or on blur/);
    expect(written).not.toMatch(/masked|hosts\/|secrets|search|readers/);
    await ui.quit();
  });

  test('nothing is written while nothing happens', async () => {
    const ui = await drive(still);
    await ui.press('j');
    const before = ui.terminal.written().length;
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(ui.terminal.written().length).toBe(before);
    await ui.quit();
  });
});
