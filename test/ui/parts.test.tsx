import { Box, Text } from 'ink';
import { render } from 'ink-testing-library';
import { describe, expect, test } from 'vitest';
import type { SecretRef } from '../../src/app/session.ts';
import { chooseGlyphs } from '../../src/ui/glyphs.ts';
import { Bar } from '../../src/ui/parts/bar.tsx';
import { Header } from '../../src/ui/parts/header.tsx';
import { Panel } from '../../src/ui/parts/panel.tsx';
import { relativeAge } from '../../src/ui/parts/relative-age.ts';
import { StatusLine } from '../../src/ui/parts/status-line.tsx';
import { createPen } from '../../src/ui/pen.ts';
import { initialModel } from '../../src/ui/state/initial-model.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { fakeRepository, secretId } from './support/fake-session.ts';
import { sample } from './support/sample.ts';

const pen = createPen(createTheme(true), chooseGlyphs(false, { LANG: 'en_US.UTF-8' }));
const plain = (frame: string | undefined): string => (frame ?? '').replace(/\u001b\[[0-9;]*m/g, '');
const model = (columns: number, more: Partial<Model> = {}): Model => ({
  ...initialModel(fakeRepository(sample), { columns, rows: 24 }, 0),
  ...more,
});

describe('the bar', () => {
  const bar = (columns: number): string =>
    plain(render(<Bar model={model(columns)} pen={pen} />).lastFrame());

  test('drops keys from the right as the window narrows, and never help', () => {
    expect(bar(100)).toContain('Y path');
    expect(bar(60)).not.toContain('Y path');
    for (const columns of [24, 40, 60, 80, 100]) {
      expect(bar(columns)).toMatch(columns < 60 ? /enter open.*\?$/ : /enter open.*\? help$/);
      expect(bar(columns).length).toBeLessThanOrEqual(columns);
      expect(bar(columns)).not.toContain('…');
    }
  });

  test('has what can be done with a value first while that has the focus, in 40 columns too', () => {
    const bar = (more: Partial<Model>): string =>
      plain(render(<Bar model={model(40, { pane: 'value', ...more })} pen={pen} />).lastFrame());
    expect(bar({})).toMatch(/^ x reveal {2}y copy {2}e edit {2}esc back +\?$/);
    const ref = 'ref' as SecretRef;
    const revealed = { ref, isBinary: false, top: 0, shape: null, maskAt: 30_000 };
    expect(bar({ revealed })).toMatch(/^ x mask {2}y copy/);
    expect(bar({ pane: 'list' })).toMatch(/^ enter open {2}\/ search {2}x reveal +\?$/);
  });
});

describe('the header', () => {
  const header = (more: Partial<Model>): string =>
    plain(render(<Header model={model(90, more)} pen={pen} />).lastFrame());
  const [usable, unusable] = sample.identities ?? [];
  const closed = new Map([[secretId('shared/postgres-admin.age'), 'no' as const]]);

  test('counts what stands out', () => {
    expect(header({})).toContain('7 secrets  1 drift  1 problem');
  });

  test('calls files that no key opens by the word their lines have', () => {
    expect(header({ readable: closed, identities: [usable, unusable].flatMap((one) => one ?? []) })).toMatch(
      /1 problem {2}no key for 1 {2}1 key$/,
    );
  });

  test('leaves the repository its name in 40 columns', () => {
    const narrow = { ...model(40, { identities: unusable ? [unusable] : [] }) };
    const shown = plain(render(<Header model={narrow} pen={pen} />).lastFrame());
    expect(shown).toMatch(/^ nix-conf… +1 drift {2}1 problem {2}no key$/);
  });

  test('says once that there is no key at all', () => {
    expect(header({ readable: closed, identities: unusable ? [unusable] : [] })).toMatch(
      /1 problem {2}no private key$/,
    );
  });
});

describe('the status line', () => {
  const status = (more: Partial<Model>): string =>
    plain(render(<StatusLine model={model(80, more)} pen={pen} />).lastFrame());

  test('counts down to the clearing of the clipboard', () => {
    expect(status({ clipboardClearsAt: 42_000 })).toContain('clears in 42s');
  });

  test('names the keys that may follow', () => {
    expect(status({ prefix: 'g' })).toContain('g g first line');
  });

  test('says errors with their word, not by colour alone', () => {
    expect(status({ toast: { level: 'error', text: 'no such key', until: null } })).toContain(
      'error: no such key',
    );
  });
});

describe('a message that is too long for the status line', () => {
  const lines = (columns: number, rows: number, more: Partial<Model>): string[] => {
    const wide = { ...model(columns, more), rows };
    const frame = render(
      <Box width={columns} height={rows} flexDirection="column">
        <Box height={rows - 2} flexDirection="column">
          {Array.from({ length: rows - 2 }, (_, row) => `body ${row} ${'='.repeat(columns - 8)}`).map(
            (text) => (
              <Text key={text}>{text}</Text>
            ),
          )}
        </Box>
        <StatusLine model={wide} pen={pen} />
      </Box>,
    ).lastFrame();
    return plain(frame).split('\n');
  };
  const text =
    'hosts/db1/postgres.age: the payload is not authentic: the file was changed or cut; restore it from git';
  const toast = { level: 'error', text, until: null } as const;

  test('is laid over the lines above, whole', () => {
    const shown = lines(40, 12, { toast });
    expect(shown[7]).toBe('body 7 ================================');
    expect(shown.slice(8, 11)).toEqual([
      ' error: hosts/db1/postgres.age: the',
      ' payload is not authentic: the file was',
      ' changed or cut; restore it from git',
    ]);
    expect(lines(200, 12, { toast })[10]).toBe(` error: ${text}`);
  });

  test('leaves what stands at the right in its place', () => {
    const shown = lines(40, 12, { toast, clipboardClearsAt: 42_000 });
    expect(shown.slice(7, 11)).toEqual([
      ' error: hosts/db1/postgres.age: the',
      ' payload is not authentic: the file was',
      ' changed or cut; restore it from git',
      '                          clears in 42s',
    ]);
  });

  test('takes no more than half of the window', () => {
    const shown = lines(40, 10, { toast: { ...toast, text: text.repeat(5) } });
    expect(shown[3]).toContain('body 3');
    expect(shown[4]).toContain('error:');
    expect(shown[8]).toMatch(/…$/);
  });
});

describe('a panel', () => {
  const panel = (width: number, title: string, rows: readonly string[]): string[] =>
    plain(
      render(
        <Panel
          pen={pen}
          rect={{ x: 0, y: 0, width, height: 4 }}
          isFramed
          isFocused={false}
          title={title}
          note="7/9"
          rows={rows}
        />,
      ).lastFrame(),
    ).split('\n');

  test('has its title in the border and closes every line', () => {
    expect(panel(20, 'secrets', ['one', 'two', 'three'])).toEqual([
      '╭─ secrets ── 7/9 ─╮',
      '│one               │',
      '│two               │',
      '╰──────────────────╯',
    ]);
  });

  test('cuts a long title in the middle', () => {
    expect(panel(24, 'hosts/db1/very/long/path.age', [])[0]).toMatch(/^╭─ hos.*….*\.age ─* 7\/9 ─╮$/);
  });
});

describe('ages', () => {
  const day = 86_400_000;
  test.each([
    [0, 'just now'],
    [90_000, '1 minute ago'],
    [2 * 3_600_000, '2 hours ago'],
    [22 * day, '3 weeks ago'],
    [200 * day, '6 months ago'],
    [800 * day, '2 years ago'],
    [-day, 'in the future'],
  ])('%i ms are %s', (age, says) => {
    expect(relativeAge(1_000 * day - age, 1_000 * day)).toBe(says);
  });
});
