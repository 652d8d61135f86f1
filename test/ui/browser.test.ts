import { describe, expect, test } from 'vitest';
import { drive, keys } from './support/drive.ts';
import { sample } from './support/sample.ts';

describe('a session at the browser', () => {
  test('opens on the list with what is known without a key, and leaves nothing behind', async () => {
    const ui = await drive(sample);
    expect(ui.terminal.isAlternate()).toBe(true);
    await ui.see(/hosts\/db1\/postgres\.age +4 {2}ok/);
    await ui.see(/lost\.age +0 {2}missing/);
    await ui.see(/postgres-admin\.age no key +2 {2}ok/);
    await ui.see('3 weeks ago');
    expect(await ui.quit()).toBe(0);
    expect(ui.terminal.isAlternate()).toBe(false);
    expect(ui.terminal.isRaw()).toBe(false);
    expect(ui.session.calls).toContain('lock');
    expect(await ui.text()).toBe('\n'.repeat(23));
  });

  test('three keys in one read are three keys', async () => {
    const ui = await drive(sample);
    await ui.press('jjj');
    expect((await ui.screen())[6]).toContain('▌ keys/wireguard.bin.age');
    expect(ui.terminal.cursor().y).toBe(6);
    await ui.quit();
  });

  test('enter lists the keys of a secret, h closes them, and each is revealed alone', async () => {
    const ui = await drive(sample);
    await ui.press(keys.enter);
    await ui.see('▌−hosts/db1/postgres.age');
    await ui.press('j', 'x');
    await ui.see('hosts/db1/postgres.age#user');
    expect(await ui.text()).toContain('app');
    expect(await ui.text()).not.toContain('CANARY');
    await ui.press('h');
    await ui.see('▌+hosts/db1/postgres.age');
    await ui.quit();
  });

  test('a search finds names and keys; enter keeps it, n goes on, esc clears it', async () => {
    const ui = await drive(sample);
    await ui.press('/', 'postgr');
    await ui.see('4 of 7');
    await ui.press(keys.ctrl('u'), 'passwo');
    await ui.see(/hosts\/db1\/postgres\S*#password/);
    await ui.press(keys.enter, 'x');
    await ui.see('CANARY-correct-horse');
    await ui.press(keys.esc, keys.esc);
    await ui.see('mail/dkim.age');
    await ui.quit();
  });

  test('bytes are shown as hex', async () => {
    const ui = await drive({ ...sample, columns: 120 });
    await ui.press('jjj', 'x');
    await ui.see(/00000000 {2}00 07 0e 15/);
    await ui.see('masked again in');
    await ui.quit();
  });
});
