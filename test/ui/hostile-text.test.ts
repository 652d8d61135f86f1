import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../src/core/outcome.ts';
import { textWidth } from '../../src/core/text-width.ts';
import { forbiddenOutput, usesForeignStyles } from './support/allowed-output.ts';
import { type DriveOptions, drive, keys } from './support/drive.ts';
import { recipientId } from './support/fake-session.ts';
import { hostileStrings } from './support/hostile-strings.ts';

/** A repository in which everything that can be chosen by somebody else is `text`. */
const hostile = (text: string): DriveOptions => {
  const id = recipientId(`ssh-ed25519 AAAA${text}`);
  const stranger = recipientId('ssh-ed25519 AAAAother');
  return {
    name: text,
    branch: text,
    secrets: [
      {
        id: `a${text}.age`,
        value: `${text}=${text}\n`,
        kind: 'dotenv',
        secret: {
          declared: [id, stranger],
          rule: { rulesFile: text, key: text, at: { file: text, line: 1, column: 1 } },
          comparison: {
            verdict: 'drift',
            matched: [],
            extra: [{ kind: text, tag: text }],
            missing: [id],
            missingAmong: { count: 1, of: [stranger] },
            unknown: 1,
            stanzaTypes: [text],
          },
        },
      },
      { id: `b${text}.age`, value: Buffer.from(text), kind: 'binary' },
      {
        id: `c${text}.age`,
        secret: { state: 'damaged', problem: fail('damaged', text, { hint: text }).error },
      },
      { id: `d${text}.age`, fails: fail('refused', text, { hint: text, where: text }).error },
      { id: `e${text}.age`, asksPassphrase: 'open' },
    ],
    readers: [{ name: text, kind: 'host', recipients: [id] }],
    recipients: [
      { id, kind: 'ssh-ed25519', names: [{ text, source: 'comment' }] },
      { id: stranger, kind: 'ssh-ed25519', names: [{ text, source: 'comment' }] },
    ],
    identities: [
      { origin: text, kind: 'ssh-ed25519', lock: 'open', recipient: id },
      {
        origin: text,
        kind: 'unusable',
        lock: 'unusable',
        error: fail('bad-identity', text, { hint: text }).error,
      },
    ],
    problems: [{ code: 'refused', where: text, says: text, hint: text }],
    lastChange: ok({ commit: text, author: text, when: 0 }),
  };
};

/** Every screen, with the text on it; everything is sent as fast as a person can. */
async function tour(options: DriveOptions): Promise<string> {
  const ui = await drive(options);
  const widths = async (): Promise<void> => {
    // The terminal of these tests knows Unicode 6, in which no emoji is two cells wide.
    if (/\p{Emoji_Presentation}/u.test(options.name ?? '')) return;
    for (const line of await ui.screen())
      expect(textWidth(line)).toBeLessThanOrEqual(ui.terminal.stdout.columns);
  };
  await ui.press('x');
  await widths();
  await ui.press(keys.esc, `${keys.enter}jxx`);
  await widths();
  await ui.press('hjx');
  await ui.press('jxjx');
  await ui.press('i');
  await ui.press('!');
  await widths();
  await ui.press(keys.esc, 'jy');
  await ui.press(keys.esc, '/a');
  await ui.press(keys.esc, ':a');
  await ui.press(keys.esc, '?');
  await ui.press(keys.esc, 'A', 'C');
  await widths();
  await ui.press(keys.esc, keys.esc, 'gg', 'r', keys.end, keys.backspace);
  await widths();
  expect(await ui.text()).toMatch(/ to /);
  await ui.press(keys.esc);
  await ui.quit();
  return ui.terminal.written();
}

describe('text from elsewhere', () => {
  test('there is enough of it', () => {
    expect(hostileStrings.length).toBeGreaterThanOrEqual(30);
  });

  // Two at a time, in every place at once; the long one comes last and would push a neighbour out of sight.
  const pairs = hostileStrings.flatMap((text, index) =>
    index % 2 === 0
      ? [[JSON.stringify(text).slice(0, 40), `${hostileStrings[index + 1] ?? ''} ${text}`, index]]
      : [],
  ) as [string, string, number][];

  test.each(pairs)('%s only ever shows itself', async (_, text, index) => {
    const size = index % 4 === 0 ? { columns: 120, rows: 30 } : { columns: 40, rows: 12 };
    const written = await tour({ ...hostile(text), ...size });
    expect(forbiddenOutput(written)).toEqual([]);
    expect(usesForeignStyles(written)).toBe(false);
  });

  test('the check itself sees what it must not see', () => {
    const isHarmless = (text: string): boolean =>
      forbiddenOutput(text).length === 0 && !usesForeignStyles(text);
    const printable = ['漢字かな交じり文', '│╭╮╰╯ ▌ fake frame', '', 'x'.repeat(5_000)];
    const sent = hostileStrings.filter((text) => !printable.includes(text));
    expect(sent.filter(isHarmless).length).toBeLessThan(sent.length / 3);
    expect(forbiddenOutput('\u001b]52;c;eA==\u0007')).not.toEqual([]);
    expect(usesForeignStyles('\u001b[8mhidden')).toBe(true);
  });
});
