import { expect, test } from 'vitest';
import { drive } from './support/drive.ts';
import { sample } from './support/sample.ts';

const first = sample.secrets[0]?.id ?? '';
const second = sample.secrets[1]?.id ?? '';

test('the facts say what git would say of the selected secret, and the header counts what is not committed', async () => {
  const gitStates = {
    [first]: { tree: 'modified', isStaged: false },
    [second]: { tree: 'clean', isStaged: true },
    'secrets.nix': { tree: 'unknown', isStaged: false },
  } as const;
  const ui = await drive({ ...sample, columns: 120, rows: 40, gitStates });
  await ui.see(/main \+2/);
  await ui.see('git  modified, not committed');
  await ui.press('j');
  await ui.see('git  staged, not committed');
  await ui.press('j');
  await ui.see('git  knows no such file');
  await ui.quit();
});

test('and nothing is claimed before git was asked', async () => {
  const ui = await drive({ ...sample, columns: 120, rows: 40 });
  expect(await ui.text()).toMatch(/git +│/);
  expect(await ui.text()).not.toMatch(/clean|main \+/);
  await ui.quit();
});
