import { expect, test } from 'vitest';
import { usesOf } from '../support/uses-of.ts';
import { drive } from './support/drive.ts';
import { sample } from './support/sample.ts';

const ids = sample.secrets.map(({ id }) => id);
const wide = { columns: 140, rows: 44 } as const;
const texts = {
  'hosts/db1/postgres.nix': `{
    age.secrets.pg = { file = ./postgres.age; owner = "postgres"; mode = "0440"; };
    services.postgresql.passwordFile = config.age.secrets.pg.path;
  }`,
};

test('the facts tell who uses the selected secret, and that it is a guess', async () => {
  const ui = await drive({ ...sample, ...wide, uses: usesOf(ids, texts) });
  await ui.see('used by  (static guess)');
  await ui.see('postgresql on db1');
  await ui.see('hosts/db1/postgres.nix:3');
  await ui.see(/declared as pg on db1, owner/);
  await ui.see('hosts/db1/postgres.nix:2');
  await ui.press('j');
  await ui.see('no use found');
  await ui.quit();
});

test('the Nix files are read once, and again when the repository is', async () => {
  const ui = await drive({ ...sample, ...wide, uses: usesOf(ids, texts) });
  const asked = () => ui.session.calls.filter((call) => call === 'where used').length;
  await ui.see('postgresql on db1');
  await ui.press('j', 'k', 'j');
  await ui.see('no use found');
  expect(asked()).toBe(1);
  await ui.press('k', 'R');
  await ui.see('read again');
  await ui.see('postgresql on db1');
  expect(asked()).toBe(2);
  await ui.quit();
});

test('and not while nobody sees the facts', async () => {
  const ui = await drive({ ...sample, columns: 40, rows: 12, uses: usesOf(ids, texts) });
  await ui.press('j', 'k');
  expect(ui.session.calls).not.toContain('where used');
  await ui.quit();
});

test('nothing is claimed before they were read', async () => {
  const ui = await drive({ ...sample, ...wide });
  const text = await ui.text();
  expect(text).toContain('used by  (static guess)');
  expect(text).not.toContain('no use found');
  await ui.quit();
});

test('where names are computed, a secret without a use may have one', async () => {
  const uses = usesOf(ids, { 'modules/all.nix': '{ age.secrets = lib.genAttrs names f; }' });
  const ui = await drive({ ...sample, ...wide, uses });
  await ui.see('no use found');
  await ui.see('computed names');
  await ui.quit();
});

test('what a Nix file calls things reaches the screen as text', async () => {
  const uses = usesOf(ids, {
    'hosts/\u001b[31mred/x.nix': `{ age.secrets.pg.file = ../db1/postgres.age;
      services."\u001b]0;owned\u0007".x = config.age.secrets.pg.path; }`,
  });
  const ui = await drive({ ...sample, ...wide, noColor: true, uses });
  await ui.see('owned');
  expect(ui.terminal.written()).not.toMatch(/\u001b\]0;owned|\u001b\[31m/);
  await ui.quit();
});
