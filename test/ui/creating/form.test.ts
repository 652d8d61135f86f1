import { describe, expect, test } from 'vitest';
import type { OfferedReader } from '../../../src/app/usecases/readers-for-new.ts';
import { ok } from '../../../src/core/outcome.ts';
import type { PlanWarning } from '../../../src/core/plan.ts';
import { formRows } from '../../../src/ui/state/form-rows.ts';
import type { Message } from '../../../src/ui/state/message.ts';
import type { Model } from '../../../src/ui/state/model.ts';
import type { NewForm } from '../../../src/ui/state/new-form.ts';
import { selectedLine } from '../../../src/ui/state/select.ts';
import { fakeRepository, recipientId, secretId } from '../support/fake-session.ts';
import { first, fresh, openedModel, play, types } from '../support/play.ts';
import { sample } from '../support/sample.ts';

const offer = (name: string, isLike: boolean): OfferedReader => ({
  name,
  kind: 'key',
  keys: [recipientId(`age1${name}`)],
  uses: 3,
  isLike,
});
const offered: Message = {
  type: 'offered',
  request: 1,
  outcome: ok([offer('alice', true), offer('db1', true), offer('bob', false)]),
};

/** The form over the first secret, with its readers. */
const begun = (model = fresh()): Model => {
  const { model: asked, effects } = play(model, 'n');
  const effect = effects.find(({ type }) => type === 'offer-readers');
  if (effect?.type !== 'offer-readers') throw new Error('nobody was offered');
  return play(asked, { ...offered, request: effect.request }).model;
};
const formOf = (model: Model): NewForm => {
  if (!model.form) throw new Error('there is no form');
  return model.form;
};
const typed = (text: string): string => [...text].join(' ');
const chosen = (model: Model): string[] =>
  formOf(model)
    .readers.filter(({ isChosen }) => isChosen)
    .map(({ name }) => name);
const labels = (form: NewForm): string[] =>
  formRows(form).map((row) => (row.kind === 'reader' ? (form.readers[row.index]?.name ?? '') : row.label));

describe('the form of a new secret', () => {
  test('begins in the directory of the selected one, for its readers', () => {
    const { model, effects } = play(fresh(), 'n');
    expect(effects).toMatchObject([{ type: 'offer-readers', like: first }]);
    expect(formOf(model).fields.name).toBe('hosts/db1/');
    expect(chosen(begun())).toEqual(['alice', 'db1']);
  });

  test.each<readonly [string, string, string]>([
    ['letters are typed into the path', 'a . a g e', 'hosts/db1/a.age'],
    ['space is a letter there', 'a space b', 'hosts/db1/a b'],
    ['a character is erased', 'a b backspace', 'hosts/db1/a'],
    ['a word is erased as far as the directory', 'a b ctrl-w', 'hosts/db1/'],
    ['and then the directory', 'a b ctrl-w ctrl-w', 'hosts/'],
    ['all of it', 'ctrl-u x', 'x'],
  ])('%s', (_, keys, path) => {
    expect(formOf(play(begun(), keys).model).fields.name).toBe(path);
  });

  test('takes a paste as one line of the path, and of the value nothing', () => {
    const paste: Message = { type: 'pasted', text: 'new.age\nsecond' };
    expect(formOf(play(begun(), paste).model).fields.name).toBe('hosts/db1/new.age');
    const elsewhere = play(begun(), 'down', paste, 'h u n t e r').model;
    expect(JSON.stringify(elsewhere.form)).not.toMatch(/new\.age|hunter|second/);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['typed', 'down', ['path', 'value']],
    ['a password', 'down right', ['path', 'value', 'length', 'letters']],
    ['words', 'down right right', ['path', 'value', 'words', 'between']],
    ['random bytes', 'down right right right', ['path', 'value', 'bytes']],
    ['the last kind there is', 'down left', ['path', 'value', 'password']],
    ['an htpasswd line', 'down left left', ['path', 'value', 'user', 'password']],
    [
      'a hash of a made password, which is kept',
      'down left down space',
      ['path', 'value', 'password', 'kept in', 'length', 'letters'],
    ],
    ['an RSA key', 'down left left left left left left', ['path', 'value', 'bits', 'comment']],
  ])('asks of %s what it depends on', (_, keys, rows) => {
    expect(labels(formOf(play(begun(), keys).model))).toEqual([...rows, 'alice', 'db1', 'bob']);
  });

  test('gives every kind its usual size', () => {
    expect(formOf(play(begun(), 'down right').model).fields).toMatchObject({ length: '32' });
    expect(formOf(play(begun(), 'down right right').model).fields).toMatchObject({ length: '8' });
    const kept = formOf(play(begun(), 'd b . a g e down left down space').model);
    expect(kept.fields).toMatchObject({ length: '24', alphabet: 'readable' });
    expect(kept.fields.keptIn).toBe('hosts/db1/db-password.age');
  });

  test('chooses readers with space, and keeps the choice when they are offered again', () => {
    const { model } = play(begun(), 'down down space down down space');
    expect(chosen(model)).toEqual(['db1', 'bob']);
    const again = { ...model, waiting: { ...model.waiting, offer: 9 } };
    expect(chosen(play(again, { ...offered, request: 9 }).model)).toEqual(['db1', 'bob']);
    expect(chosen(play(model, { ...offered, request: 77 }).model)).toEqual(['db1', 'bob']);
  });

  test('waits for the readers where somebody was faster, and goes on then', () => {
    const { model, effects } = play(fresh(), 'n x down right enter');
    expect(types(effects)).toEqual(['offer-readers']);
    expect(formOf(model).isHasty).toBe(true);
    const went = play(model, { ...offered, request: model.waiting.offer ?? 0 });
    expect(types(went.effects)).toEqual(['prepare-new']);
    expect(formOf(went.model)).toMatchObject({ isHasty: false, isBusy: true });
  });

  test('leaves with Esc, and nothing is left of it', () => {
    const { model, effects } = play(begun(), 'x esc');
    expect(model.form).toBeNull();
    expect(model.view.kind).toBe('browser');
    expect(types(effects)).toEqual(['close-draft', 'drop-new']);
  });

  test.each([
    { columns: 40, rows: 14 },
    { columns: 80, rows: 24 },
  ])('keeps the line with the cursor in sight in $columns×$rows', (size) => {
    const many = Array.from({ length: 40 }, (_, index) => offer(`reader${index}`, index === 0));
    const { model, effects } = play(fresh(size), 'n');
    const effect = effects.find(({ type }) => type === 'offer-readers');
    const request = effect?.type === 'offer-readers' ? effect.request : 0;
    const form = (keys: string): NewForm =>
      formOf(play(model, { type: 'offered', request, outcome: ok(many) }, keys).model);
    const down = form('pagedown pagedown pagedown pagedown');
    expect(down.cursor).toBeGreaterThan(15);
    expect(down.top).toBeGreaterThan(0);
    expect(down.top).toBeLessThanOrEqual(down.cursor);
    expect(form('pagedown pagedown pageup pageup pageup')).toMatchObject({ cursor: 0, top: 0 });
  });
});

describe('what cannot be made', () => {
  test.each<readonly [string, string, string, number]>([
    ['without a name', '', 'path: a name is missing', 0],
    ['where one is already', typed('postgres.age'), 'path: a rule names it already', 0],
    ['outside', `ctrl-u ${typed('../x.age')}`, 'path: not a path of a file in the repository', 0],
    ['in the directory of git', `ctrl-u ${typed('.git/x.age')}`, 'path: the directory belongs to git', 0],
    ['a password without a length', 'x down right down ctrl-u', 'length: it is a number', 2],
    ['an htpasswd line without a user', 'x down left left', 'user: a name is missing', 2],
    [
      'a hash in place of its password',
      `x down left down space down ctrl-u ${typed('hosts/db1/x')}`,
      'kept in: the hash has this name',
      3,
    ],
    ['for nobody', 'x down down space down space', 'nobody is chosen to read it', 2],
  ])('%s', (_, keys, says, row) => {
    const { model, effects } = play(begun(), [keys, 'enter'].filter(Boolean).join(' '));
    expect(model.toast?.text).toBe(says);
    expect(formOf(model).cursor).toBe(row);
    expect(types(effects)).not.toContain('prepare-new');
    expect(types(effects)).not.toContain('begin-text');
  });

  test('anything, where no rules say who may read it', () => {
    const bare: Model = { ...fresh(), repository: { ...fakeRepository(sample), rules: [] } };
    const { model } = play(bare, 'n');
    expect(model.toast?.text).toBe('not available: there is no rules file to say who may read it');
    expect(model.form).toBeNull();
  });

  test('a second thing while the first is written', () => {
    const { model } = play({ ...fresh(), waiting: { write: 4 } }, 'n');
    expect(model.form).toBeNull();
  });
});

describe('from the form to the file', () => {
  const step = {
    do: 'encrypt',
    path: 'hosts/db1/x.age',
    target: 'hosts/db1/x.age',
    before: null,
    size: 32,
    armored: false,
    readers: [{ key: 'age1alice', name: 'alice' }],
    from: null,
  } as const;
  const prepared = (request: number, warnings: readonly PlanWarning[] = []): Message =>
    ({
      type: 'prepared',
      request,
      outcome: ok({
        did: 'prepared',
        plan: { base: { head: null, files: [] }, steps: [step], warnings },
        texts: [],
        notes: [],
      }),
    }) as unknown as Message;
  const asked = (keys = 'x . a g e down right enter', warnings: readonly PlanWarning[] = []): Model => {
    const { model, effects } = play(begun(), keys);
    const effect = effects.find(({ type }) => type === 'prepare-new');
    if (effect?.type !== 'prepare-new') throw new Error('nothing was prepared');
    return play(model, prepared(effect.request, warnings)).model;
  };

  test('a value that is made goes straight to what would be written, and y writes it', () => {
    const model = asked();
    expect(model.view).toMatchObject({ kind: 'question', question: { about: 'new', name: null } });
    const [line] = model.view.kind === 'question' ? model.view.question.lines : [];
    expect(line).toBe('encrypts hosts/db1/x.age for alice');
    expect(types(play(model, 'enter').effects)).toEqual([]);
    expect(types(play(model, 'y').effects)).toEqual(['apply-new']);
    const declined = play(model, 'esc');
    expect(declined.model.view.kind).toBe('form');
    expect(formOf(declined.model).fields.value).toBe('password');
    expect(declined.effects).toEqual([]);
  });

  test('what nobody here could read needs its name typed', () => {
    const warning = {
      code: 'nobody-here-reads',
      path: 'x',
      says: 'no key found here opens it afterwards',
    } as const;
    const model = asked(undefined, [warning]);
    expect(types(play(model, 'y').effects)).toEqual([]);
    const wrong = play(model, 'x enter');
    expect(wrong.model.toast?.text).toBe('not written: type hosts/db1/x.age to do it');
    expect(wrong.effects).toEqual([]);
    expect(types(play(model, `${typed('hosts/db1/x.age')} enter`).effects)).toEqual(['apply-new']);
  });

  test('keys do nothing while it is prepared', () => {
    const { model } = play(begun(), 'x down right enter');
    expect(formOf(model).isBusy).toBe(true);
    const { model: same, effects } = play(model, 'right enter esc z');
    expect(formOf(same).fields).toEqual(formOf(model).fields);
    expect(effects).toEqual([]);
  });

  test('but a passphrase that it takes can be given, and denied', () => {
    const { model } = play(begun(), 'x down right enter');
    const asked = play(model, { type: 'passphrase-asked', origin: 'a key', attempt: 1 }).model;
    expect(play(asked, 'enter').effects).toEqual([{ type: 'answer-passphrase', answer: 'send' }]);
    const denied = play(asked, 'esc');
    expect(denied.effects).toEqual([{ type: 'answer-passphrase', answer: 'cancel' }]);
    expect(denied.model.view.kind).toBe('form');
  });

  const status = {
    isChanged: true,
    lines: 1,
    line: 1,
    x: 0,
    y: 0,
    top: 0,
    rows: 1,
    invisible: 0,
    selected: null,
    hasFinalNewline: false,
    revision: 1,
  };

  test('a value that is typed is typed in the editor, whose Esc comes back and keeps it', () => {
    const { model, effects } = play(begun(), 'x enter');
    expect(types(effects)).toEqual(['begin-text']);
    const writing = play(model, { type: 'text-begun', status }).model;
    expect(writing.view.kind).toBe('editor');
    expect(writing.editor).toMatchObject({ id: 'hosts/db1/x', base: null, key: null });
    expect(types(play(writing, 'ctrl-s').effects)).toEqual(['prepare-new']);
    const back = play(writing, 'esc');
    expect(back.model.view.kind).toBe('form');
    expect(back.effects).toEqual([]);
    // Leaving altogether would lose it, so it is asked.
    const leaving = play(back.model, 'esc').model;
    expect(leaving.view).toMatchObject({ question: { about: 'leave' } });
    expect(play(leaving, 'esc').model.view.kind).toBe('form');
    const left = play(leaving, 'y');
    expect(left.model).toMatchObject({ form: null, editor: null });
    expect(types(left.effects)).toEqual(['close-draft', 'drop-new']);
  });

  test('once it is there, the list has it, even when a search would not find it', () => {
    const model = play(asked(), 'y').model;
    const id = secretId('hosts/db1/x.age');
    const repository = fakeRepository({ ...sample, secrets: [...sample.secrets, { id }] });
    const request = model.waiting.write ?? 0;
    const filtered: Model = { ...model, filter: { ...model.filter, query: 'zzz', hits: [] } };
    const { model: made } = play(filtered, { type: 'made', request, outcome: ok({ id }), repository });
    expect(selectedLine(made)?.id).toBe(id);
    expect(made).toMatchObject({ form: null, ownWrites: { undo: 1, redo: 0 } });
    expect(made.toast?.text).toBe('created x.age · u takes it back');
  });
});

describe('what n makes', () => {
  test('is the file of a rule that has none, for whom the rule names', () => {
    const missing = sample.secrets.findIndex(({ secret }) => secret?.state === 'missing');
    const repository = fakeRepository({
      ...sample,
      secrets: sample.secrets.map((one, index) =>
        index === missing ? { ...one, secret: { ...one.secret, declared: [recipientId('age1alice')] } } : one,
      ),
    });
    const { model } = play({ ...fresh(), repository, cursor: missing }, 'n');
    expect(formOf(model).target.kind).toBe('rule');
    expect(labels(formOf(model))).toEqual(['value']);
  });

  test('is a key where those of a secret are looked at, and not one that is there', () => {
    const opened = openedModel();
    const repository = fakeRepository({
      ...sample,
      secrets: sample.secrets.map((one, index) =>
        index === 0 ? { ...one, secret: { ...one.secret, declared: [recipientId('age1alice')] } } : one,
      ),
    });
    const { model } = play({ ...opened, repository }, 'j n');
    expect(formOf(model).target).toEqual({ kind: 'key', id: first });
    const { model: taken } = play(model, `${typed('user')} enter`);
    expect(taken.toast?.text).toBe('key: user is there already');
    expect(types(play(model, `${typed('token')} down right enter`).effects)).toEqual(['prepare-new']);
    // On the secret itself it is a secret beside it.
    expect(formOf(play({ ...opened, repository }, 'n').model).target.kind).toBe('secret');
  });
});
