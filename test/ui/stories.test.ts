import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../src/core/outcome.ts';
import { runUi } from '../../src/ui/main.tsx';
import { drive, keys } from './support/drive.ts';
import { createFakeSession, fakeRepository } from './support/fake-session.ts';
import { createFakeTerminal } from './support/fake-terminal.ts';
import { sample } from './support/sample.ts';

const locked = {
  secrets: [
    { id: 'a.age', value: 'first value', asksPassphrase: 'correct horse' },
    { id: 'b.age', value: 'second value' },
  ],
};

describe('a passphrase', () => {
  test('is asked when it is needed, typed blind, sent with Enter', async () => {
    const ui = await drive(locked);
    await ui.press('x');
    await ui.see('of ~/.ssh/id_ed25519');
    const before = ui.terminal.written().length;
    await ui.press('correct', ' ', 'horse');
    await ui.see('passphrase ••••••••');
    await ui.press(keys.enter);
    await ui.see('first value');
    expect(ui.terminal.written().slice(before)).not.toMatch(/correct|horse/);
    await ui.quit();
  });

  test('shows a mask that does not tell how much was typed', async () => {
    const ui = await drive(locked);
    await ui.press('x', 'c');
    const one = await ui.text();
    await ui.press('orrect horse battery staple');
    expect(await ui.text()).toBe(one);
    await ui.press(keys.ctrl('u'));
    expect(await ui.text()).not.toContain('••••');
    await ui.quit();
  });

  test('that is wrong is asked again; corrected with backspace it opens', async () => {
    const ui = await drive(locked);
    await ui.press('x', 'wrong', keys.enter);
    await ui.see('That was not the passphrase');
    await ui.press('correct horsee', keys.backspace, keys.enter);
    await ui.see('first value');
    await ui.quit();
  });

  test('can be pasted; a line break in it sends nothing', async () => {
    const ui = await drive(locked);
    await ui.press('x', keys.paste('correct\r horse'));
    await ui.see('of ~/.ssh/id_ed25519');
    await ui.press(keys.enter);
    await ui.see('first value');
    await ui.quit();
  });

  test('may be refused with Esc: nothing opens, and the rest stays usable', async () => {
    const ui = await drive(locked);
    await ui.press('x', 'corr', keys.esc);
    await ui.see('not opened: no passphrase was given');
    await ui.press('j', 'x');
    await ui.see('second value');
    await ui.quit();
  });

  test('that takes long is said to be tried, whatever is pressed, and Esc stops it', async () => {
    const ui = await drive({ ...locked, unlocksNever: true });
    await ui.press('x', 'correct horse', keys.enter);
    await ui.see('trying the passphrase · esc stops');
    await ui.press('j');
    await ui.see('trying the passphrase · esc stops');
    await ui.press(keys.esc);
    await ui.see('not opened: stopped');
    await ui.press('x');
    await ui.see('second value');
    expect(await ui.text()).not.toContain('trying the passphrase');
    await ui.quit();
  });

  test('is not asked twice, until the session is locked', async () => {
    const ui = await drive(locked);
    await ui.press('x', 'correct horse', keys.enter);
    await ui.press('j', 'k', 'x');
    await ui.see('first value');
    await ui.press('L', 'x');
    await ui.see('of ~/.ssh/id_ed25519');
    await ui.quit();
  });
});

describe('a paste', () => {
  test('into the browser runs nothing', async () => {
    const ui = await drive(sample);
    await ui.press(keys.paste('jjLq\rx'));
    expect((await ui.screen())[3]).toContain('▌ hosts/db1/postgres.age');
    expect(ui.session.calls).toEqual([]);
    await ui.quit();
  });

  test('into the search is searched for', async () => {
    const ui = await drive(sample);
    await ui.press('/', keys.paste('dkim\nq'));
    await ui.see('1 of 7');
    await ui.quit();
  });
});

describe('leaving and coming back', () => {
  test('Ctrl-Z masks, gives the terminal back as it was, and fg repaints', async () => {
    const raw: boolean[] = [];
    const ui = await drive({ ...sample, stopJob: () => raw.push(ui.terminal.isRaw()) });
    await ui.press('x');
    const before = ui.terminal.written().length;
    await ui.press(keys.ctrl('z'));
    expect(raw).toEqual([false]);
    // The masked frame, then out of the alternate screen and of focus reports, then back into both.
    const written = ui.terminal.written().slice(before);
    const order = ['••••••••', '\u001b[?1049l', '\u001b[?1004l', '\u001b[?1049h', '\u001b[?1004h'];
    const places = order.map((text) => written.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    await ui.see('••••••••');
    expect(ui.terminal.isAlternate()).toBe(true);
    expect(ui.terminal.isRaw()).toBe(true);
    await ui.press('j');
    expect((await ui.screen())[4]).toContain('▌ hosts/db2');
    await ui.quit();
  });

  test('a terminal that goes away ends the program', async () => {
    const ui = await drive(sample);
    ui.terminal.stdin.end();
    expect(await ui.status).toBe(129);
    expect(ui.session.calls).toContain('lock');
  });

  test('a signal to end leaves the terminal as it was', async () => {
    const ui = await drive(sample);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await ui.status).toBe(143);
    expect(ui.terminal.isAlternate()).toBe(false);
    expect(ui.terminal.written()).toContain('\u001b[?1004l');
  });
});

describe('a bug', () => {
  test.each([
    [
      'while drawing',
      (session: ReturnType<typeof createFakeSession>) => ({
        ...session,
        lend: () => {
          throw new TypeError('CANARY in a message');
        },
      }),
    ],
    [
      'in what was asked of the session',
      (session: ReturnType<typeof createFakeSession>) => ({
        ...session,
        open: () => Promise.reject(new RangeError('CANARY in a message')),
      }),
    ],
  ])('%s leaves the screen, says one line without a value, and exits with 1', async (_, wrap) => {
    const ui = await drive({ ...sample, wrap });
    await ui.press('x');
    expect(await ui.status).toBe(1);
    expect(ui.terminal.isAlternate()).toBe(false);
    expect(ui.stderr()).toMatch(
      /^keyhole: stopped by a bug of its own \((TypeError|RangeError) at .+\); .*\n$/,
    );
    expect(ui.stderr() + ui.terminal.written()).not.toContain('CANARY');
    expect(ui.session.calls).toContain('lock');
  });
});

describe('terminals that cannot show a screen', () => {
  test.each([
    ['TERM=dumb', { env: { TERM: 'dumb' } }, 'TERM=dumb'],
    ['no terminal', { isTTY: false }, 'needs a terminal'],
  ])('%s is told what works instead', async (_, { env, isTTY }: { env?: object; isTTY?: boolean }, says) => {
    const terminal = createFakeTerminal(80, 24);
    if (isTTY === false) Object.assign(terminal.stdout, { isTTY });
    const errors: string[] = [];
    const status = await runUi(createFakeSession(sample), {
      ascii: false,
      noColor: false,
      env: { TERM: 'xterm', ...env },
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      stderr: { write: (text) => errors.push(text) },
    });
    expect(status).toBe(2);
    expect(errors.join('')).toContain(says);
    expect(errors.join('')).toContain('keyhole list');
    expect(terminal.written()).toBe('');
  });
});

describe('reading again', () => {
  test('shows what is there now and keeps the place', async () => {
    const fewer = fakeRepository({ ...sample, secrets: sample.secrets.slice(1) });
    const ui = await drive({ ...sample, reloaded: ok(fewer) });
    await ui.press('j', 'R');
    await ui.see('read again: 6 secrets');
    expect((await ui.screen())[3]).toContain('▌ hosts/db2/postgres.age');
    await ui.quit();
  });

  test('that fails keeps what was there and says why', async () => {
    const ui = await drive({
      ...sample,
      reloaded: fail('bad-rules', 'unexpected `;`', { where: 'secrets.nix:3' }),
    });
    await ui.press('R');
    await ui.see('error: secrets.nix:3: unexpected `;`');
    await ui.see('hosts/db1/postgres.age');
    await ui.quit();
  });
});

describe('with a screen reader', () => {
  const linear = { ...sample, env: { INK_SCREEN_READER: 'true' } };

  test('one thing after the other in words, without boxes', async () => {
    const ui = await drive(linear);
    await ui.press('j');
    const text = await ui.text();
    expect(text).toContain('2 of 7: hosts/db2/postgres.age, ok');
    expect(text).toContain('value masked');
    expect(text).not.toMatch(/[╭│╰▌]/);
    expect(ui.terminal.isAlternate()).toBe(false);
    await ui.press('x');
    await ui.see('CANARY-correct-horse-battery-two');
    await ui.press('x');
    await ui.see('value masked');
    await ui.quit();
  });

  test('states, keys and choices are words too', async () => {
    const ui = await drive(linear);
    await ui.press('jj');
    await ui.see('hosts/web1/postgres-ro.age, drift');
    await ui.press('i');
    await ui.see('identities, 1 of 2: ready');
    await ui.press(keys.esc, ':');
    await ui.see('palette, 1 of');
    await ui.press(keys.esc);
    await ui.quit();
  });
});

describe('the palette', () => {
  test('runs commands by name and goes to secrets', async () => {
    const ui = await drive(sample);
    await ui.press(':', 'dkim', keys.enter);
    await ui.see('▌ mail/dkim.age');
    await ui.press(keys.ctrl('p'), 'private keys', keys.enter);
    await ui.see('~/.config/age/old.txt');
    await ui.quit();
  });
});
