import { expect, test } from 'vitest';
import { drive, keys } from './support/drive.ts';

const secrets = [{ id: 'a.age', readable: 'no' as const }];
const emptyKeyPlaces = [
  { origin: '~/.ssh/id_ed25519', says: 'no such file' },
  { origin: '~/.config/age/no\u001b[31mtes', says: 'no private key in it' },
];

test('without a key, the list of keys names the places where there is none', async () => {
  const ui = await drive({ secrets, identities: [], emptyKeyPlaces });
  await ui.press('i');
  await ui.see('none      ~/.ssh/id_ed25519  no such file; keyhole -i FILE names another');
  await ui.see('none      ~/.config/age/no^[[31mtes  no private key in it');
  await ui.press('j');
  expect((await ui.text()).split('in full')[1]).toContain('no private key in it');
  await ui.press(keys.esc);
  await ui.quit();
});

test('with a key they are no news', async () => {
  const usable = { origin: '~/key', kind: 'x25519', lock: 'open' } as const;
  const ui = await drive({ secrets, identities: [usable], emptyKeyPlaces });
  await ui.press('i');
  await ui.see('~/key');
  expect(await ui.text()).not.toContain('no such file');
  await ui.quit();
});
