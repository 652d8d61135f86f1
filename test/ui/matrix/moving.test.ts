import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/outcome.ts';
import type { PastKey } from '../../../src/core/past-key.ts';
import { chooseGlyphs } from '../../../src/ui/glyphs.ts';
import { cellLine, currentCell } from '../../../src/ui/matrix/cell-words.ts';
import { matrixTable } from '../../../src/ui/matrix/matrix-table.ts';
import { matrixView } from '../../../src/ui/matrix/matrix-view.ts';
import { createPen } from '../../../src/ui/pen.ts';
import { initialModel } from '../../../src/ui/state/initial-model.ts';
import type { Model } from '../../../src/ui/state/model.ts';
import { contextOf } from '../../../src/ui/state/update.ts';
import { createTheme } from '../../../src/ui/theme.ts';
import { fakeRepository, recipientId, secretId } from '../support/fake-session.ts';
import { matrixSample } from '../support/matrix-sample.ts';
import { noon, play } from '../support/play.ts';

const start = (columns = 80, rows = 24): Model =>
  initialModel(fakeRepository(matrixSample), { columns, rows }, noon);
const pen = createPen(createTheme(true), chooseGlyphs(false, { LANG: 'en_US.UTF-8' }));

const viewOf = (model: Model) => {
  if (!model.matrix) throw new Error('there is no matrix');
  return matrixView(model, model.matrix);
};
const at = (model: Model): string => {
  const { rows, columns, row, column } = viewOf(model);
  return `${rows[row]?.id} ${columns[column]?.id}`;
};
const says = (model: Model): string => cellLine(pen, model.matrix ? currentCell(model, model.matrix) : null);
const played = (...events: Parameters<typeof play>[1][]): Model => play(start(), ...events).model;

describe('the columns of the matrix', () => {
  test('are hosts, people and others apart, and at last those that nothing names', () => {
    const { columns } = matrixTable(fakeRepository(matrixSample));
    expect(columns.map(({ id, group }) => `${group} ${id}`)).toEqual([
      'hosts db1',
      'hosts db2',
      'hosts web1',
      'hosts web2',
      'people alice',
      'people bob',
      'other backup',
      'other spare',
      'unnamed \u0000',
    ]);
  });

  test('have the states of their cells', () => {
    const repository = fakeRepository(matrixSample);
    const { columns, cell } = matrixTable(repository);
    const twice = [1, 2].map(() =>
      repository.secrets.map((secret) => columns.map((column) => cell(secret, column)).join(' ')),
    );
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]).toEqual([
      'proven none none none proven none none none none',
      'none extra proven missing proven none none none extra',
      'none none none absent absent none none none none',
      'undecidable undecidable undecidable undecidable undecidable undecidable undecidable undecidable none',
      'none none none none none proven counted undecidable none',
      'none none none none none unruled none none none',
    ]);
  });
});

describe('the matrix', () => {
  test('opens on the secret of the list, and gives the list its cursor back', () => {
    const opened = play(start(), 'j m').model;
    expect(contextOf(opened)).toBe('matrix');
    expect(at(opened)).toBe('hosts/web1/env.age db1');
    const closed = play(opened, 'j j l esc').model;
    expect(closed.view.kind).toBe('browser');
    expect(closed.cursor).toBe(1);
  });

  test.each([
    ['j', 'hosts/web1/env.age db1'],
    ['j k', 'hosts/db1/postgres.age db1'],
    ['k', 'hosts/db1/postgres.age db1'],
    ['l l', 'hosts/db1/postgres.age web1'],
    ['h', 'hosts/db1/postgres.age db1'],
    ['G', 'old-vpn.age db1'],
    ['G g g', 'hosts/db1/postgres.age db1'],
    ['$', 'hosts/db1/postgres.age \u0000'],
    ['$ l', 'hosts/db1/postgres.age \u0000'],
    ['$ 0', 'hosts/db1/postgres.age db1'],
    ['ctrl-d', 'old-vpn.age db1'],
    ['down right left up', 'hosts/db1/postgres.age db1'],
    [']', 'hosts/web1/env.age db1'],
    ['] ]', 'hosts/web1/env.age db1'],
    ['[', 'hosts/web1/env.age db1'],
  ])('%s goes to %s', (keys, place) => {
    expect(at(played(`m ${keys}`))).toBe(place);
  });

  test('shows what one reader reads, and who reads one secret, and goes back one step at a time', () => {
    const reader = played('m $ h h h o');
    expect(viewOf(reader).lens).toBe('reader');
    expect(viewOf(reader).rows.map(({ id }) => id)).toEqual(['offsite.age', 'old-vpn.age']);
    expect(at(play(reader, 'j').model)).toBe('old-vpn.age bob');
    expect(at(play(reader, 'h').model)).toMatch(/ alice$/);
    const secret = played('m j enter j j');
    expect(viewOf(secret).lens).toBe('secret');
    expect(at(secret)).toBe('hosts/web1/env.age web1');
    expect(at(play(secret, 'l').model)).toBe('hosts/web2/new.age web1');
    expect(viewOf(play(secret, 'esc').model).lens).toBe('grid');
    expect(play(secret, 'esc esc').model.view.kind).toBe('browser');
    expect(play(secret, 'q').model.view.kind).toBe('browser');
  });

  test('narrow, is the readers of one secret below each other', () => {
    const { model } = play(start(40, 20), 'm j j');
    expect(viewOf(model).lens).toBe('secret');
    expect(at(model)).toBe('hosts/db1/postgres.age web1');
    const wide = play(model, { type: 'resized', columns: 80, rows: 24 }).model;
    expect(viewOf(wide).lens).toBe('grid');
    expect(at(wide)).toBe('hosts/db1/postgres.age web1');
  });

  test('is sorted by state and by a reader, and again as the list is', () => {
    const ids = (model: Model) => viewOf(model).rows.map(({ id }) => id);
    const byState = played('m s');
    expect(ids(byState)[0]).toBe('hosts/web1/env.age');
    expect(at(byState)).toBe('hosts/db1/postgres.age db1');
    const byReader = played('m l l l l l s s');
    expect(ids(byReader).slice(0, 2)).toEqual(['offsite.age', 'old-vpn.age']);
    expect(ids(play(byReader, 'h').model)).toEqual(ids(byReader));
    expect(ids(played('m s s s'))).toEqual(ids(played('m')));
  });

  test('is narrowed by state and by reader, with the line that narrows the list', () => {
    const typed = played('m', '/ s t a t e : d r i f t', 'enter');
    expect(viewOf(typed).rows.map(({ id }) => id)).toEqual(['hosts/web1/env.age']);
    expect(contextOf(typed)).toBe('matrix');
    const reader = played('m', '/ r e a d e r : W E B', 'enter');
    expect(viewOf(reader).columns.map(({ id }) => id)).toEqual(['web1', 'web2']);
    expect(viewOf(reader).rows.map(({ id }) => id)).toEqual(['hosts/web1/env.age', 'hosts/web2/new.age']);
    const both = played('m', '/', { type: 'pasted', text: 'reader:web state:m' }, 'enter');
    expect(viewOf(both).rows.map(({ id }) => id)).toEqual(['hosts/web2/new.age']);
    const onlyDrift = played('m f d');
    expect(viewOf(onlyDrift).rows.map(({ id }) => id)).toEqual(['hosts/web1/env.age']);
    const none = played('m', '/ r e a d e r : n o b o d y', 'enter');
    expect(viewOf(none)).toMatchObject({ rows: [], columns: [], row: -1, column: -1 });
    expect(play(none, 'j l o').model.toast?.text).toBe('not available: no reader is listed');
  });

  test('does not read the names of keys when something is searched for', () => {
    const { effects } = play(start(), 'm /');
    expect(effects.map(({ type }) => type)).not.toContain('index-keys');
  });

  test('stays in front when help or the palette was looked at', () => {
    expect(played('m ? esc').view.kind).toBe('matrix');
    expect(played('m : esc').view.kind).toBe('matrix');
    expect(played('m i esc').view.kind).toBe('matrix');
  });

  test('is reached from the palette by the name of a reader', () => {
    const model = played(': w e b 2', 'enter');
    expect(viewOf(model).lens).toBe('reader');
    expect(at(model)).toBe('hosts/web1/env.age web2');
  });

  test('follows another reading of the repository', () => {
    const repository = fakeRepository(matrixSample);
    const reading = play(start(), 'm j j l R').model;
    const secrets = repository.secrets.filter(({ id }) => id !== secretId('hosts/web2/new.age'));
    const { model } = play(reading, {
      type: 'reloaded',
      request: reading.waiting.reload ?? 0,
      outcome: { ok: true, value: { ...repository, secrets } },
    });
    expect(model.view.kind).toBe('matrix');
    expect(viewOf(model).rows.length).toBe(5);
    expect(at(model)).toMatch(/ db2$/);
  });
});

describe('a cell explains itself', () => {
  test.each([
    [
      'does not declare',
      'hosts/db1/postgres.age × db2: does not read: secrets.nix:41 does not declare it, and it is not on the file',
      'l',
    ],
    [
      'group',
      'hosts/db1/postgres.age × alice: reads: declared by admins (secrets.nix:12) in secrets.nix:41; proved by its ssh-ed25519 stanza ',
      'l l l l',
    ],
    [
      'rule',
      'hosts/db1/postgres.age × db1: reads: declared in secrets.nix:41; proved by its ssh-ed25519 stanza ',
      '',
    ],
    [
      'extra',
      'hosts/web1/env.age × db2: reads, and secrets.nix:41 does not declare it: its ssh-ed25519 stanza Zm9v is on the file until it is encrypted again',
      'j l',
    ],
    [
      'missing',
      'hosts/web1/env.age × web2: cannot read: declared in secrets.nix:41, and not on the file until it is encrypted again',
      'j l l l',
    ],
    [
      'unnamed',
      'hosts/web1/env.age × unnamed keys: 1 reader that no rule and no key here names reads it: it is ssh-ed25519 YmFy; the history is being looked through',
      'j $',
    ],
    ['absent', 'hosts/web2/new.age × web2: declared in secrets.nix:41; there is no file yet', 'j j l l l'],
    ['damaged', 'mail/dkim.age × db1: unknown: the file is damaged: the header ends early', 'j j j'],
    [
      'counted',
      'offsite.age × backup: declared in secrets.nix:41; 1 stanza on the file is anonymous: the number fits, and whose it is only the private keys tell',
      'j j j j $ h h',
    ],
    [
      'anonymous',
      'offsite.age × spare: unknown: secrets.nix:41 does not declare it; 1 stanza on the file is anonymous and could be its',
      'j j j j $ h',
    ],
    [
      'orphan',
      'old-vpn.age × bob: reads: its ssh-ed25519 stanza YWJj is on the file; no rule names this file',
      'G l l l l l',
    ],
  ])('%s', (_, text, keys) => {
    expect(says(played(`m ${keys}`.trim()))).toContain(text);
  });
});

describe('who is on a file and nowhere else', () => {
  const asked = (): { model: Model; number: number } => {
    const { model, effects } = play(start(), 'm j $');
    const wanted = effects.filter(({ type }) => type === 'find-former');
    expect(wanted.length).toBe(1);
    return { model, number: model.waiting.former ?? 0 };
  };
  const past: PastKey = {
    recipient: { id: recipientId('ssh-ed25519 AAAAlyra'), kind: 'ssh-ed25519', names: [] },
    name: 'lyra',
    file: 'secrets.nix',
    commit: '1a2b3c4d5e6f',
    when: Date.UTC(2024, 2, 1),
    did: 'removed',
  };

  test('is looked for in the history once the matrix is seen, and named with the commit that removed it', () => {
    expect(play(start(), 'j').effects.map(({ type }) => type)).not.toContain('find-former');
    const { model, number } = asked();
    const found = new Map([['ssh-ed25519 YmFy', past]]);
    const told = play(model, {
      type: 'former-found',
      request: number,
      outcome: ok({ found, unfound: 0, isShallow: false }),
    });
    expect(says(told.model)).toContain(
      'it is ssh-ed25519 YmFy (lyra, removed from secrets.nix by 1a2b3c4 on 2024-03-01)',
    );
    expect(play(told.model, 'k j').effects).toEqual([]);
  });

  test.each([
    ['knows nobody', ok({ found: new Map(), unfound: 1, isShallow: false })],
    ['is not there', ok(null)],
    ['cannot be read', fail('io', 'no')],
  ] as const)('is not named where the history %s', (_, outcome) => {
    const { model, number } = asked();
    const told = play(model, { type: 'former-found', request: number, outcome }).model;
    expect(says(told)).toContain('it is ssh-ed25519 YmFy (the history does not say whose)');
  });

  test('is looked for again in another reading, and an answer about the one before is none', () => {
    const { model, number } = asked();
    const reading = play(model, 'R').model;
    const again = play(reading, {
      type: 'reloaded',
      request: reading.waiting.reload ?? 0,
      outcome: ok(fakeRepository(matrixSample)),
    });
    expect(again.effects.map(({ type }) => type)).toContain('find-former');
    const late = play(again.model, { type: 'former-found', request: number, outcome: ok(null) }).model;
    expect(late.former).toBeNull();
  });
});
