import { describe, expect, test, vi } from 'vitest';
import { sayUseByReader } from '../../src/core/usage/host-usage.ts';
import { usesOf } from '../support/uses-of.ts';
import { drive } from './support/drive.ts';
import { secretId } from './support/fake-session.ts';
import { matrixSample } from './support/matrix-sample.ts';
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
  await ui.see('postgresql on db1');
  await ui.press('j', 'k', 'j');
  await ui.see('no use found');
  expect(ui.session.usesAsked()).toBe(1);
  await ui.press('k', 'R');
  await ui.see('read again');
  await ui.see('postgresql on db1');
  expect(ui.session.usesAsked()).toBe(2);
  await ui.quit();
});

test('and not while nobody sees the facts', async () => {
  const ui = await drive({ ...sample, columns: 40, rows: 12, uses: usesOf(ids, texts) });
  await ui.press('j', 'k');
  expect(ui.session.usesAsked()).toBe(0);
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

describe('in the matrix a cell tells whether a host seems to use what it can read', () => {
  const ids = matrixSample.secrets.map(({ id }) => id);
  const hostFiles = {
    'hosts/db1/postgres.nix': `{ age.secrets.pg.file = ./postgres.age;
      services.postgresql.passwordFile = config.age.secrets.pg.path; }`,
    'hosts/web1/default.nix': '{ networking.hostName = "web1"; }',
  };

  test('under the cursor, and that it is a guess', async () => {
    const ui = await drive({ ...matrixSample, columns: 200, rows: 44, uses: usesOf(ids, hostFiles) });
    await ui.see('postgresql on db1');
    await ui.press('m');
    await ui.see('used there by postgresql (static guess)');
    await ui.quit();
  });

  test.each([
    ['used there by postgresql (static guess)', 'db1', 'hosts/db1/postgres.age'],
    ['no use by it found (static guess)', 'web1', 'hosts/db1/postgres.age'],
    ['no use by it found (static guess)', 'root@db1', 'hosts/web1/env.age'],
    [null, 'alice', 'hosts/db1/postgres.age'],
    [null, 'db2', 'hosts/db1/postgres.age'],
  ])('%s: %s and %s', (says, reader, id) => {
    expect(sayUseByReader(usesOf(ids, hostFiles), reader, secretId(id))).toBe(says);
  });

  test('perhaps, where nobody knows whose a file is; or only declared', () => {
    const uses = usesOf(ids, {
      ...hostFiles,
      'modules/env.nix': '{ services.x.y = config.age.secrets.env.path; }',
      'hosts/web1/s.nix': '{ age.secrets.env.file = ./env.age; }',
      'modules/pg.nix': '{ x = f ../hosts/db1/postgres.age; }',
    });
    expect(sayUseByReader(uses, 'web1', secretId('hosts/db1/postgres.age'))).toBe(
      'perhaps used by it (static guess)',
    );
    expect(sayUseByReader(uses, 'web1', secretId('hosts/web1/env.age'))).toBe(
      'declared or named in its files (static guess)',
    );
  });

  test('also where the list alone was seen before, and the facts were not', async () => {
    const ui = await drive({ ...matrixSample, columns: 40, rows: 20, uses: usesOf(ids, hostFiles) });
    expect(ui.session.usesAsked()).toBe(0);
    await ui.press('m');
    await vi.waitFor(() => expect(ui.session.usesAsked()).toBe(1));
    await ui.quit();
  });
});
