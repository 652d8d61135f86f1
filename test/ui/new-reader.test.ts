import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/app/session.ts';
import { house, people } from './editor/support/house.ts';
import { type Driven, driveSession, keys } from './support/drive.ts';

const save = keys.ctrl('s');
const { alice, bob } = people;

/** What the screen says without its borders and line breaks: a key of any length is whole on it. */
const inOne = (screen: string): string => screen.replace(/[│\s]/g, '');
const wholeKey = inOne(bob.id);

/** Alice wrote here before, and then a commit of somebody else made bob a reader. */
async function visited(
  columns: number,
): Promise<Awaited<ReturnType<typeof house>> & { readonly ui: Driven<Session> }> {
  const made = await house({ 'a.age': 'one', 'b.age': 'two' });
  const ui = await driveSession(made.session, { columns, rows: 24 });
  await ui.press('e', 'x', save);
  await ui.see((screen) => inOne(screen).includes(inOne('first write here: 1 reader of the rules accepted')));
  made.rules({ 'a.age': [alice, bob], 'b.age': [alice] });
  return { ...made, ui };
}

describe('a reader whom somebody else put into the rules', () => {
  test.each([80, 40])('is shown whole in %s columns, and accepted by y alone', async (columns) => {
    const { ui, bytes, value, rules, session } = await visited(columns);
    const before = bytes('a.age');
    await ui.press('e', 'y', save);
    await ui.see('save a.age?');
    const asked = inOne(await ui.text());
    expect(asked).toContain(inOne('a reader is new: bob'));
    expect(asked).toContain(wholeKey);
    expect(asked).toContain(inOne('agreeing accepts 1 new reader'));
    await ui.press(keys.enter, keys.enter);
    expect(await ui.text()).toContain('save a.age?');
    await ui.press(keys.esc);
    expect(bytes('a.age')).toEqual(before);
    // Going back accepted nobody.
    await ui.press(save);
    await ui.see('save a.age?');
    expect(inOne(await ui.text())).toContain(wholeKey);
    await ui.press('y');
    await ui.see('saved a.age');
    expect(await value('a.age')).toBe('yxone');
    expect(session.repository().secrets[0]).toMatchObject({ state: 'ok', declared: [alice.id, bob.id] });
    // From now on bob is no news: what the next question is about is another file.
    rules({ 'a.age': [alice, bob], 'b.age': [alice, bob] });
    await ui.press('j', 'e', 'z', save);
    await ui.see('save b.age?');
    expect(inOne(await ui.text())).not.toContain(inOne('a reader is new'));
    await ui.press('y');
    await ui.see('saved b.age');
    await ui.quit();
  });

  test('is shown whole before something new is made for them', async () => {
    const { ui, value } = await visited(80);
    await ui.press('R', 'n', 'c.age', keys.down, '\u001b[C');
    await ui.see('190 bits');
    await ui.press(keys.enter);
    await ui.see('make c.age?');
    expect(inOne(await ui.text())).toContain(wholeKey);
    await ui.press(keys.esc);
    await ui.see('new secret');
    await ui.press(keys.enter);
    await ui.see('make c.age?');
    await ui.press('y');
    await ui.see('created c.age');
    expect(await value('c.age')).toMatch(/^[A-Za-z0-9]{32}$/);
    await ui.quit();
  });
});
