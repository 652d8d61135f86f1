import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { house, people } from '../editor/support/house.ts';
import { type Driven, driveSession, keys } from '../support/drive.ts';

const save = keys.ctrl('s');
const { alice, bob } = people;

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20, noColor: true },
  { columns: 24, rows: 12, ascii: true },
] as const;

describe('something new, in the real program', () => {
  test.each(sizes)('a password that is made is written and not shown, in $columns×$rows', async (size) => {
    const { session, value, root } = await house({ 'db/a.age': 'one' });
    const ui = await driveSession(session, size);
    await ui.press('n', 'b.age', keys.down, '\u001b[C');
    await ui.see('190 bits');
    await ui.press(keys.enter);
    await ui.see('make db/b.age?');
    if (size.columns >= 80)
      expect(await ui.text()).toMatch(/[+] \d+ +"db\/b\.age"\.publicKeys = \[ alice \];/);
    expect(existsSync(path.join(root, 'db/b.age'))).toBe(false);
    await ui.press('y');
    await ui.see('created');
    const made = await value('db/b.age');
    expect(made).toMatch(/^[A-Za-z0-9]{32}$/);
    // Only who asks sees it; a narrow window breaks it into rows.
    const inOne = (screen: string): string => screen.replace(/[^A-Za-z0-9]/g, '');
    expect(inOne(ui.terminal.written())).not.toContain(made.slice(0, 12));
    if (size.columns < 80) await ui.press(keys.enter);
    await ui.press('x');
    await ui.see((screen) => inOne(screen).includes(made.slice(0, 12)));
    await ui.press(keys.esc, keys.esc, 'u');
    await ui.see('taken back');
    expect(existsSync(path.join(root, 'db/b.age'))).toBe(false);
    await ui.quit();
  });

  test('a typed value is kept while the form is changed, and asked about when it is empty', async () => {
    const { session, value } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('n', 'b.age', keys.enter, save);
    await ui.see('would be empty');
    await ui.press(keys.esc, 'typed by hand', keys.esc);
    await ui.see('new secret');
    await ui.press(keys.backspace, keys.backspace, keys.backspace, keys.backspace, '2.age', keys.enter);
    await ui.see('typed by hand');
    await ui.press(save);
    await ui.see('make b2.age?');
    expect(await ui.text()).not.toContain('typed by hand');
    await ui.press('y');
    await ui.see('created b2.age');
    expect(await value('b2.age')).toBe('typed by hand');
    await ui.quit();
  });

  test('the public half of a key is shown before it is written beside it', async () => {
    const { session, value, root } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('n', 'key.age', keys.down);
    await ui.press(...Array.from({ length: 7 }, () => '\u001b[C'));
    await ui.see('ssh-ed25519 key');
    await ui.press(keys.enter);
    await ui.see(/[+] 1 +ssh-ed25519\s+│\n│ AAAA/);
    await ui.press('y');
    await ui.see('created key.age');
    expect(await value('key.age')).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    expect(readFileSync(path.join(root, 'key.pub'), 'utf8')).toMatch(/^ssh-ed25519 AAAA\S+\n$/);
    await ui.quit();
  });

  test('a hash and the password behind it are two secrets for the same readers', async () => {
    const { session, value } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('n', 'web.age', keys.down, '\u001b[D', keys.down, ' ');
    await ui.see('web-password.age');
    await ui.press(keys.enter);
    await ui.see('make web.age?');
    await ui.press('y');
    await ui.see('created web.age');
    expect(await value('web.age')).toMatch(/^\$6\$/);
    expect(await value('web-password.age')).toMatch(/^[a-zA-Z2-9]{24}$/);
    await ui.quit();
  });

  test('what nobody here could read is warned of at once, and asked for by name', async () => {
    const { session, root, bytes } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('n', 'b.age', keys.down, keys.down, ' ', keys.down, ' ');
    await ui.see('no key found here would open it');
    await ui.press(keys.up, keys.up, '\u001b[C', keys.enter);
    await ui.see('type its name');
    await ui.press('y', keys.enter);
    expect(existsSync(path.join(root, 'b.age'))).toBe(false);
    await ui.press(keys.ctrl('u'), 'b.age', keys.enter);
    await ui.see('created b.age');
    expect(bytes('b.age').toString('latin1')).toContain('age-encryption.org/v1');
    await ui.quit();
  });

  test('the rules changed while it was looked over: nothing is written, and it can be tried again', async () => {
    const { session, rules, value, root } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('n', 'b.age', keys.down, '\u001b[C', keys.enter);
    await ui.see('make b.age?');
    rules({ 'a.age': [alice, bob] });
    await ui.press('y');
    await ui.see('not made');
    expect(existsSync(path.join(root, 'b.age'))).toBe(false);
    await ui.press(keys.enter);
    await ui.see('make b.age?');
    await ui.press('y');
    await ui.see('created b.age');
    expect(await value('b.age')).toMatch(/^[A-Za-z0-9]{32}$/);
    await ui.quit();
  });

  test('a file that is there and no secret is not written over', async () => {
    const { session, root } = await house({ 'a.age': 'one' });
    writeFileSync(path.join(root, 'readme.md'), 'read me\n');
    const ui = await driveSession(session);
    await ui.press('n', 'readme.md');
    await ui.see('does not end in .age');
    await ui.press(keys.down, '\u001b[C', keys.enter);
    await ui.see('there is a file already');
    expect(readFileSync(path.join(root, 'readme.md'), 'utf8')).toBe('read me\n');
    await ui.quit();
  });

  test('a name that differs in case alone is said to, before and with the plan', async () => {
    const { session } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('n', 'A.age');
    await ui.see('a.age differs in upper and lower case alone');
    await ui.press(keys.down, '\u001b[C', keys.enter);
    await ui.see('make A.age?');
    expect(await ui.text()).toContain('a.age differs in upper');
    await ui.quit();
  });
});

describe('a rule without a file', () => {
  const missing = async (): Promise<{ ui: Driven<never>; value: (name: string) => Promise<string> }> => {
    const built = await house({ 'a.age': 'one' });
    built.rules({ 'a.age': [alice], 'b.age': [alice, bob] });
    await built.session.reload();
    const ui = (await driveSession(built.session)) as unknown as Driven<never>;
    await ui.press('j');
    await ui.see('missing');
    return { ui, value: built.value };
  };

  test('gets one with e, typed', async () => {
    const { ui, value } = await missing();
    await ui.press('e', 'by hand', save);
    await ui.see('saved b.age');
    expect(await value('b.age')).toBe('by hand');
    await ui.quit();
  });

  test('gets one with n, made, for those the rule names', async () => {
    const { ui, value } = await missing();
    await ui.press('n', '\u001b[C', keys.enter);
    await ui.see('for alice, bob');
    await ui.press('y');
    await ui.see('created b.age');
    expect(await value('b.age')).toMatch(/^[A-Za-z0-9]{32}$/);
    await ui.quit();
  });
});

describe('a key in a secret', () => {
  test('is added where the others are, which stay as they were', async () => {
    const before = '# of the app\nUSER=app\nPASSWORD="x y"\n';
    const { session, value } = await house({ 'a.age': before });
    const ui = await driveSession(session);
    await ui.press(keys.enter);
    await ui.see('PASSWORD');
    await ui.press('j', 'n');
    await ui.see('new key in a.age');
    await ui.press('PASSWORD');
    await ui.see('PASSWORD is there already');
    await ui.press('S', keys.enter, 'typed', save);
    await ui.see('make a.age#PASSWORDS?');
    expect(await ui.text()).toContain('the key PASSWORDS is new; there is PASSWORD, too');
    await ui.press('y');
    await ui.see('created a.age#PASSWORDS');
    await ui.see(/▌ +PASSWORDS/);
    expect(await value('a.age')).toMatch(/^# of the app\nUSER=app\nPASSWORD="x y"\nPASSWORDS="?typed"?\n$/);
    await ui.press('u');
    await ui.see('taken back');
    expect(await value('a.age')).toBe(before);
    await ui.quit();
  });
});

test('a screen reader hears the line of the form and what is said of it', async () => {
  const { session } = await house({ 'a.age': 'one' });
  const ui = await driveSession(session, { env: { INK_SCREEN_READER: 'true' } });
  await ui.press('n', 'b.age');
  await ui.see('new secret, 1 of');
  await ui.see('path     b.age');
  await ui.press(keys.down, '\u001b[C');
  await ui.see('190 bits of choice');
  await ui.quit();
});
