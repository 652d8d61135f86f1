import { existsSync, linkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { drive, driveSession, keys } from '../support/drive.ts';
import { recipientId } from '../support/fake-session.ts';
import { house, people } from './support/house.ts';

const save = keys.ctrl('s');
const { alice, bob } = people;

describe('the inline editor', () => {
  test('keeps the newline at the end unless it is toggled, and the line ends of the text', async () => {
    const { session, value } = await house({ 'a.age': 'one\r\ntwo\r\n', 'b.age': 'no newline' });
    const ui = await driveSession(session);
    await ui.press('e');
    await ui.see('ends with a newline');
    await ui.press(keys.end, keys.enter, 'x', save);
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('one\r\nx\r\ntwo\r\n');
    await ui.press('e', keys.ctrl('t'));
    await ui.see('no newline at the end');
    await ui.press(save);
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('one\r\nx\r\ntwo');
    await ui.press('j', 'e', keys.ctrl('t'), save);
    await ui.see('saved b.age');
    expect(await value('b.age')).toBe('no newline\n');
    await ui.quit();
  });

  test('never edits as text what is not UTF-8, and says so', async () => {
    const { session, bytes } = await house({ 'a.age': Uint8Array.of(0x66, 0xff, 0x6f) });
    const before = bytes('a.age');
    const ui = await driveSession(session);
    await ui.press('e');
    await ui.see('it is not UTF-8 text, and editing it would change its bytes');
    expect(await ui.text()).not.toContain('on save');
    await ui.press('x', save);
    expect(bytes('a.age')).toEqual(before);
    await ui.quit();
  });

  test('asks before it makes a value empty', async () => {
    const { session, value } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('e', keys.ctrl('x'), save);
    await ui.see('would be empty');
    expect(await value('a.age')).toBe('one');
    await ui.press(keys.enter, keys.esc, save);
    await ui.see('would be empty');
    await ui.press('y');
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('');
    await ui.quit();
  });

  test('encrypts for whom the rules name now, after saying that they are others', async () => {
    const { session, rules, value, bytes } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('e', 'x');
    rules({ 'a.age': [alice, bob] });
    const before = bytes('a.age');
    await ui.press(save);
    await ui.see('save a.age?');
    expect(await ui.text()).toMatch(/! a\.age: .*bob/);
    expect(bytes('a.age')).toEqual(before);
    await ui.press(keys.esc);
    await ui.see('xone');
    await ui.press(save);
    await ui.see('save a.age?');
    await ui.press('y');
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('xone');
    expect(session.repository().secrets[0]?.state).toBe('ok');
    expect(session.repository().secrets[0]?.declared).toHaveLength(2);
    await ui.quit();
  });

  test('wants the name typed before nobody here can read it any more', async () => {
    const { session, rules, value, bytes } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('e', 'x');
    rules({ 'a.age': [bob] });
    const before = bytes('a.age');
    await ui.press(save);
    await ui.see('no key found here opens it afterwards');
    await ui.press('y', keys.enter);
    await ui.see('not written: type a.age to do it');
    expect(bytes('a.age')).toEqual(before);
    await ui.press(keys.backspace, 'a.age', keys.enter);
    await ui.see('saved a.age');
    expect(await value('a.age')).toContain('none of the keys found opens it');
    await ui.press('u');
    await ui.see('taken back');
    expect(bytes('a.age')).toEqual(before);
    await ui.quit();
  });

  test('asks again when what is on disk changes once more', async () => {
    const { session, put, value, root } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('e', 'x');
    await put('a.age', 'two');
    await ui.press(save);
    await ui.see('changed on disk');
    await put('a.age', 'three');
    await ui.press('o');
    await ui.see('changed on disk');
    expect(await value('a.age')).toBe('three');
    rmSync(path.join(root, 'a.age'));
    await ui.press('o');
    await ui.see('a.age was deleted since the edit began');
    await ui.press('o');
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('xone');
    await ui.quit();
  });

  test('asks before a file is parted from its other name, which keeps what it was', async () => {
    const { session, value, root, bytes } = await house({ 'a.age': 'one' });
    const before = bytes('a.age');
    linkSync(path.join(root, 'a.age'), path.join(root, 'other'));
    const ui = await driveSession(session);
    await ui.press('e', 'x', save);
    await ui.see('1 other name (hard link) keeps the old content');
    await ui.press(keys.enter, keys.esc);
    await ui.see('xone');
    expect(bytes('a.age')).toEqual(before);
    await ui.press(save);
    await ui.see('save a.age?');
    await ui.press('y');
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('xone');
    expect(bytes('other')).toEqual(before);
    await ui.quit();
  });

  test('deletes one of several names of a file only after saying that there are others', async () => {
    const { session, root, bytes } = await house({ 'a.age': 'one', 'b.age': 'two' });
    const before = bytes('a.age');
    linkSync(path.join(root, 'a.age'), path.join(root, 'other'));
    const ui = await driveSession(session);
    await ui.press('d');
    await ui.see('1 other name (hard link) keeps the old content');
    await ui.press('y');
    await ui.see('deleted:');
    expect(existsSync(path.join(root, 'a.age'))).toBe(false);
    expect(bytes('other')).toEqual(before);
    await ui.quit();
  });

  test('leaves everything and keeps the text where the rules are broken', async () => {
    const { session, rules, value } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('e', 'x');
    rules({ 'b.age': [alice] });
    await ui.press(save);
    await ui.see('not saved: ');
    await ui.see('xone');
    expect(await value('a.age')).toBe('one');
    rules({ 'a.age': [alice] });
    await ui.press(save);
    await ui.see('saved a.age');
    await ui.quit();
  });

  test('takes back only after asking what another run wrote', async () => {
    const { session, value } = await house({ 'a.age': 'one' });
    const before = await driveSession(session);
    await before.press('e', 'x', save);
    await before.see('saved a.age');
    await before.quit();
    const ui = await driveSession(session);
    await ui.press('u');
    await ui.see('take back set a.age?');
    await ui.press(keys.enter, keys.esc);
    expect(await value('a.age')).toBe('xone');
    await ui.press('u', 'y');
    await ui.see('taken back');
    expect(await value('a.age')).toBe('one');
    await ui.press('u');
    await ui.see('nothing to undo');
    await ui.press(keys.ctrl('r'));
    await ui.see('done again');
    expect(await value('a.age')).toBe('xone');
    await ui.quit();
  });

  test('is left by no key while it saves, and nothing typed then reaches the list', async () => {
    const { session, value, bytes } = await house({ 'a.age': 'one', 'b.age': 'two' });
    const before = bytes('b.age');
    const ui = await driveSession(session);
    await ui.press('e', 'x');
    ui.terminal.stdin.write(`${save}jdy`);
    await ui.see('saved a.age');
    await ui.settle();
    expect(await value('a.age')).toBe('xone');
    expect(bytes('b.age')).toEqual(before);
    await ui.quit();
  });

  test('gets what was typed while it was opened; the list gets none of it', async () => {
    const { session, value } = await house({ 'a.age': 'one', 'b.age': 'two' });
    const ui = await driveSession(session);
    await ui.press('e', 'x', save);
    await ui.see('saved a.age');
    // As keys of the list these would take the write back, delete, and go down.
    ui.terminal.stdin.write('eudj');
    ui.terminal.stdin.write(keys.paste('p\rq'));
    await ui.see('line 2/2');
    await ui.press(save);
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('udjp\nqxone');
    expect(await value('b.age')).toBe('two');
    await ui.quit();
  });

  test('moves and edits with Alt and Ctrl, and an unknown key with Alt does nothing', async () => {
    const { session, value } = await house({ 'a.age': 'one two\nthree' });
    const ui = await driveSession(session);
    await ui.press(
      'e',
      '\u001bf',
      '1',
      '\u001b[1;5C',
      '2',
      '\u001bq',
      '\u001b[1;3B',
      '\u001bb',
      '\u001bd',
      '3',
    );
    await ui.press(save);
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('three\none1 3');
    await ui.quit();
  });

  const shift = { left: '\u001b[1;2D', right: '\u001b[1;2C', down: '\u001b[1;2B', end: '\u001b[1;2F' };

  test('selects with Shift: what is typed or pasted takes its place, and Escape ends it', async () => {
    const { session, value } = await house({ 'a.age': 'one 漢👩‍👩‍👧 two\nthree' });
    const ui = await driveSession(session);
    await ui.press('e', '\u001b[1;6C', shift.right, shift.right);
    await ui.see('5 characters selected');
    await ui.press(keys.esc);
    await ui.see((screen) => !screen.includes('selected') && screen.includes('on save'));
    await ui.press(shift.right);
    await ui.see('1 character selected');
    await ui.press('X', 'Y', shift.down);
    await ui.see('2 lines selected');
    await ui.press(keys.paste('pasted'), save);
    await ui.see('saved a.age');
    const after = await value('a.age');
    expect(after).toMatch(/^one 漢XYpasted/);
    await ui.press('e', '\u001ba');
    await ui.see(/selected/);
    await ui.press('z', keys.ctrl('u'), save);
    await ui.see('nothing was written');
    expect(await value('a.age')).toBe(after);
    await ui.quit();
  });

  test('cuts, copies and pastes what is selected, also where Shift does not arrive', async () => {
    const { session, value } = await house({ 'a.age': 'one two\nthree' });
    const ui = await driveSession(session);
    const [mark, copy, cut, paste] = ['\0', '\u001bw', keys.ctrl('x'), keys.ctrl('y')];
    await ui.press('e', mark);
    await ui.see('selecting');
    await ui.press('\u001b[1;5C', cut, keys.end, paste);
    await ui.press(keys.ctrl('a'), shift.end, copy, '\u001b[1;5F', keys.enter, paste, save);
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe(' twoone\nthree\n twoone');
    await ui.quit();
  });

  test.each([{ noColor: true }, { ascii: true }, { columns: 40 }])(
    'shows in inverse what is selected, with %j',
    async (look) => {
      const { session } = await house({ 'a.age': 'one\u200btwo\n\nthree' });
      const ui = await driveSession(session, look);
      await ui.press('e', '\u001b[1;6F');
      await ui.see('3 lines selected');
      const written = ui.terminal.written();
      // The mark keeps a look of its own, and an empty line has a cell.
      expect(written).toMatch(/\u001b\[7mone\u001b\[(4|35)m<U\+200B>\u001b\[(24|39)mtwo \u001b\[27m/);
      expect(written).toContain('\u001b[7m \u001b[27m');
      expect(written).toContain('\u001b[7mthree\u001b[27m');
      await ui.press(keys.esc, keys.esc);
      await ui.quit();
    },
  );

  test('says on stderr that an edit was lost, when the terminal goes away', async () => {
    const { session, value } = await house({ 'a.age': 'one' });
    const ui = await driveSession(session);
    await ui.press('e', 'x');
    ui.terminal.stdin.end();
    expect(await ui.status).toBe(129);
    expect(ui.stderr()).toBe('keyhole: ended with an edit that was not saved; nothing of it was written\n');
    expect(await value('a.age')).toBe('one');
  });

  test('opens after a passphrase, and not without it', async () => {
    const ui = await drive({
      secrets: [
        {
          id: 'a.age',
          value: 'one',
          asksPassphrase: 'open sesame',
          secret: { declared: [recipientId('alice')] },
        },
      ],
    });
    await ui.press('e');
    await ui.see('unlock');
    await ui.press(keys.esc);
    await ui.see('not opened: no passphrase was given');
    await ui.press('e');
    await ui.see('unlock');
    await ui.press('open sesame', keys.enter);
    await ui.see('on save');
    expect(await ui.text()).toContain('1 one');
    await ui.press(keys.esc);
    await ui.see('? help');
    expect(await ui.quit()).toBe(0);
  });

  test('reads the line of the cursor out to a screen reader, and what it asks', async () => {
    const { session } = await house({ 'a.age': 'first\nsecond' });
    const ui = await driveSession(session, { env: { INK_SCREEN_READER: 'true' } });
    await ui.press('e');
    await ui.see('editing a.age, line 1 of 2\nfirst');
    await ui.press(keys.down, 'x');
    await ui.see('editing a.age, line 2 of 2, not saved\nxsecond');
    await ui.press(keys.blur);
    await ui.see('hidden, a key shows it again');
    expect(await ui.text()).not.toContain('xsecond');
    await ui.press(keys.down, keys.esc);
    await ui.see('leave without saving?');
    await ui.press('y');
    await ui.quit();
  });

  test('does not begin where nothing could be saved', async () => {
    const { session, rules } = await house({ 'a.age': 'one', 'b.age': 'two' });
    rules({ 'b.age': [] });
    await session.reload();
    const ui = await driveSession(session);
    await ui.press('e');
    await ui.see('not available: no rule says who may read it');
    await ui.press('j', 'e');
    await ui.see('not available: its rule could not be read: b.age has no public keys');
    await ui.quit();
  });
});
