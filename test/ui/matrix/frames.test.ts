import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/core/text-width.ts';
import { forbiddenOutput, usesForeignStyles } from '../support/allowed-output.ts';
import { drive, keys } from '../support/drive.ts';
import { hostileStrings } from '../support/hostile-strings.ts';
import { matrixSample } from '../support/matrix-sample.ts';

const sizes = [
  [200, 50],
  [80, 24],
  [40, 20],
] as const;

const looks = [
  ['colour', {}],
  ['no colour', { noColor: true }],
  ['ascii', { ascii: true }],
] as const;

const scenes: readonly (readonly [string, readonly string[]])[] = [
  ['opened', ['m']],
  ['a drifted secret', [']', 'l']],
  ['who reads it', [keys.enter]],
  ['what it reads', ['o']],
];

describe.each(sizes)('the matrix in %i columns and %i rows', (columns, rows) => {
  test.each(looks)('in %s', async (_, look) => {
    const ui = await drive({ ...matrixSample, columns, rows, ...look });
    for (const [name, pressed] of scenes) {
      await ui.press(...pressed);
      const lines = await ui.screen();
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.length).toBe(rows);
      expect(lines.join('\n')).toMatchSnapshot(name);
    }
    const written = ui.terminal.written();
    if ('noColor' in look) expect(written).not.toMatch(/\u001b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7])[;m]/);
    if ('ascii' in look) expect(written).not.toMatch(/[^\x00-\x7f]/);
    await ui.quit();
  });
});

describe('the matrix', () => {
  test.each([
    [24, 6],
    [30, 8],
    [59, 12],
    [60, 10],
    [100, 7],
    [120, 14],
  ])('fits %i columns and %i rows, whatever is looked at', async (columns, rows) => {
    const ui = await drive({ ...matrixSample, columns, rows });
    for (const pressed of [
      'm',
      'jl',
      ' v',
      'jl',
      ' ',
      'o',
      'j',
      keys.esc,
      keys.enter,
      'G',
      'A',
      '/x',
      keys.esc,
    ]) {
      await ui.press(pressed);
      const lines = await ui.screen();
      for (const line of lines) expect(textWidth(line), pressed).toBeLessThanOrEqual(columns);
      expect(ui.terminal.cursor().y).toBeLessThan(rows);
      expect(lines.at(-1), pressed).not.toBe('');
    }
    await ui.press(keys.ctrl('c'), 'y');
    await ui.status;
  });

  test('has the hardware cursor on the cell', async () => {
    const ui = await drive(matrixSample);
    await ui.press('m', 'j', 'l', 'l');
    const { x, y } = ui.terminal.cursor();
    const line = (await ui.screen())[y] ?? '';
    expect(line).toContain('hosts/web1/env.age');
    expect([...line].slice(x - 1, x + 2).join('')).toBe('[●]');
    await ui.press(keys.enter);
    expect((await ui.screen())[ui.terminal.cursor().y]).toContain('▌ [x] web1');
    await ui.quit();
  });

  test('is told to a screen reader in words', async () => {
    const ui = await drive({ ...matrixSample, env: { INK_SCREEN_READER: 'true' } });
    await ui.press('m', 'l', 'l', 'l', 'l');
    const text = (await ui.text()).replace(/\s+/g, ' ');
    expect(text).toContain('row 1 of 6, hosts/db1/postgres.age, ok');
    expect(text).toContain('column 5 of 9, alice, people');
    expect(text).toContain('reads: declared by admins (secrets.nix:12) in secrets.nix:41; proved by its');
    expect(text).not.toMatch(/[╭│╰▌●]/);
    await ui.quit();
  });

  test('costs a cursor move among 1,000 secrets and 100 readers no more than two kilobytes', async () => {
    const readers = Array.from({ length: 100 }, (_, index) => ({
      name: `host${index}`,
      kind: 'host' as const,
      recipients: [],
    }));
    const secrets = Array.from({ length: 1_000 }, (_, index) => ({ id: `secrets/${1000 + index}.age` }));
    const ui = await drive({ ...matrixSample, secrets, readers, columns: 200, rows: 50 });
    await ui.press('m');
    for (const key of ['j', 'l', 'k', 'h']) {
      const before = ui.terminal.written().length;
      await ui.press(key);
      const bytes = ui.terminal.written().length - before;
      expect(bytes, key).toBeLessThanOrEqual(2_000);
      expect(bytes).toBeGreaterThan(0);
    }
    await ui.quit();
  });
});

describe('names from elsewhere', () => {
  const hostile = (text: string): typeof matrixSample => ({
    ...matrixSample,
    readers: matrixSample.readers?.map((reader, index) => ({ ...reader, name: `${text}${index}` })) ?? [],
    secrets: matrixSample.secrets.map((secret, index) => ({
      ...secret,
      id: `${index}${text}.age`,
      secret: {
        ...secret.secret,
        grants: (secret.secret?.declared ?? []).map(() => [
          { name: text, at: { file: text, line: 1, column: 1 } },
        ]),
      },
    })),
  });

  test.each(hostileStrings.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))(
    '%s only ever shows itself',
    async (_, text) => {
      const size = text.length % 2 === 0 ? { columns: 80, rows: 24 } : { columns: 40, rows: 20 };
      const ui = await drive({ ...hostile(text), ...size });
      const pressed = ['m', 'jl', '$', keys.enter, keys.esc, 'o', keys.esc, 's', ':1', keys.esc];
      for (const key of pressed) {
        await ui.press(key);
        // The terminal of these tests knows Unicode 6, in which no emoji is two cells wide.
        if (/\p{Emoji_Presentation}/u.test(text)) continue;
        for (const line of await ui.screen()) expect(textWidth(line)).toBeLessThanOrEqual(size.columns);
      }
      await ui.quit();
      expect(forbiddenOutput(ui.terminal.written())).toEqual([]);
      expect(usesForeignStyles(ui.terminal.written())).toBe(false);
    },
  );
});
