import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../src/core/outcome.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { namingLines } from '../../src/ui/parts/naming-lines.ts';
import type { Effect } from '../../src/ui/state/effect.ts';
import { initialModel } from '../../src/ui/state/initial-model.ts';
import type { Message } from '../../src/ui/state/message.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { drive, keys } from './support/drive.ts';
import { fakeRepository, secretId } from './support/fake-session.ts';
import { first, fresh, noon, openedModel, play, types } from './support/play.ts';
import { sample } from './support/sample.ts';

const typed = (model: Model, text: string): { model: Model; effects: Effect[] } =>
  play(model, ...[...text].map((letter) => (letter === ' ' ? 'space' : letter)));
const lineOf = ({ naming }: Model): string | null =>
  naming && `${naming.field.text.slice(0, naming.field.at)}|${naming.field.text.slice(naming.field.at)}`;
const said = (model: Model): readonly string[] => (model.naming ? namingLines(model, model.naming) : []);

/** The dialogue with `name` typed in an empty line. */
const named = (key: string, name: string, model = fresh()): Model =>
  typed(play(model, `${key} ctrl-e ctrl-u`).model, name).model;

describe('a new name', () => {
  test('is edited in the old one, in front of its ending', () => {
    expect(lineOf(play(fresh(), 'r').model)).toBe('hosts/db1/postgres|.age');
    expect(lineOf(typed(play(fresh(), 'r').model, '-2').model)).toBe('hosts/db1/postgres-2|.age');
    expect(lineOf(play(fresh(), 'C ctrl-w').model)).toBe('hosts/db1/|.age');
    expect(
      lineOf(play(fresh(), { type: 'key', key: { name: 'r' } }, { type: 'pasted', text: 'x\ny' }).model),
    ).toBe('hosts/db1/postgresx|.age');
  });

  test.each([
    ['j q d x', 'hosts/db1/postgresjqdx|.age'],
    ['home delete', '|osts/db1/postgres.age'],
    ['alt-b right ctrl-k', 'hosts/db1/p|'],
  ])('takes %s as text and as moves in the line', (pressed, line) => {
    expect(lineOf(play(fresh(), `r ${pressed}`).model)).toBe(line);
  });

  test.each([
    ['', '! a name is missing'],
    ['hosts/db1/postgres.age', '! it is called that already'],
    ['hosts/db2/postgres.age', '! hosts/db2/postgres.age: there is a file already'],
    ['hosts/db2', '! hosts/db2/postgres.age: there is a file already'],
    ['../x.age', '! ../x.age: not a path of a file in the repository'],
    ['/etc/x.age', '! /etc/x.age: not a path of a file in the repository'],
    [
      'Mail/DKIM.age',
      '! Mail/DKIM.age: mail/dkim.age differs in upper and lower case alone: many systems keep one of the two',
    ],
    ['x.txt', '! x.txt: the name does not end in .age, as those of secrets do'],
    ['lost.age', 'enter shows what that changes, rules included, before it does.'],
    ['Hosts/db1/postgres.age', 'enter shows what that changes, rules included, before it does.'],
    ['new/place/x.age', 'enter shows what that changes, rules included, before it does.'],
  ])('%s is judged at every key', (name, says) => {
    expect(said(named('r', name))[0]).toBe(says);
  });

  test('a copy may not be told from its original by case alone', () => {
    expect(said(named('C', 'Hosts/db1/postgres.age'))[0]).toContain('differs in upper and lower case alone');
  });

  test('of a file without a rule is the name of the file alone, and that is said', () => {
    const [orphan] = sample.secrets;
    const secrets = [{ id: 'x.age', secret: { rule: undefined } }, ...(orphan ? [orphan] : [])] as never;
    const model = initialModel(fakeRepository({ ...sample, secrets }), { columns: 80, rows: 24 }, noon);
    expect(said(typed(play(model, 'r').model, 'y').model)).toContain(
      '! x.age: no rule names it; only the file is renamed',
    );
  });

  test('is not asked for a key of a secret, for rules that cannot be read, or while something is written', () => {
    expect(play(openedModel(), 'j r').model.toast?.text).toContain(
      'only whole secrets are renamed, and this is a key',
    );
    const ruleProblem = { code: 'bad-rules', says: 'it is no list' } as const;
    const secrets = [{ id: 'x.age', secret: { ruleProblem } }];
    const broken = initialModel(fakeRepository({ ...sample, secrets }), { columns: 80, rows: 24 }, noon);
    for (const key of ['r', 'C'])
      expect(play(broken, key).model.toast?.text).toContain('its rule could not be read');
    expect(play(fresh(), 'j j j j C').model.toast?.text).toContain('the file does not exist');
    expect(play(fresh(), 'j j j j r').model.view.kind).toBe('naming');
    expect(play(fresh(), 'd r').model.toast?.text).toContain('still writing');
  });

  test('esc leaves it; what cannot be is said again by enter, and nothing begins', () => {
    expect(play(fresh(), 'r x esc').model).toMatchObject({ naming: null, view: { kind: 'browser' } });
    const { model, effects } = play(named('r', '../x'), 'enter');
    expect(types(effects)).toEqual([]);
    expect(model.toast?.text).toContain('not a path of a file');
  });
});

describe('several', () => {
  const two = (): Model => play(fresh(), 'space j j space').model;

  test('go to a directory, which begins as the one they share', () => {
    expect(lineOf(play(two(), 'r').model)).toBe('hosts/|');
    expect(lineOf(play(play(two(), 'G space').model, 'r').model)).toBe('|');
    expect(said(named('r', '', two()))[0]).toBe('! a directory is missing; ./ is the root');
    const { effects } = play(named('r', 'new', two()), 'enter');
    expect(effects).toMatchObject([
      { type: 'transfer', kind: 'mv', ids: [first, 'hosts/web1/postgres-ro.age'], to: 'new/' },
    ]);
  });

  test('that would be one file are refused', () => {
    const same = play(fresh(), 'space j space').model;
    expect(said(named('r', 'new', same))[0]).toBe(
      '! new/postgres.age: hosts/db1/postgres.age and hosts/db2/postgres.age would be the same file',
    );
  });
});

describe('what it changes', () => {
  const step = {
    target: '',
    before: 'x',
    size: null,
    armored: null,
    readers: [],
    readerChange: null,
    from: null,
  };
  const plan = {
    base: { head: null, files: [] },
    steps: [
      { ...step, do: 'copy' as const, path: 'new.age' },
      { ...step, do: 'delete' as const, path: first },
      { ...step, do: 'rewrite' as const, path: 'secrets.nix' },
    ],
    warnings: [],
  };
  const asking = play(named('r', 'new.age'), 'enter');
  const reply: Message = {
    type: 'wrote',
    request: asking.model.waiting.write ?? 0,
    what: 'mv',
    label: 'mv x',
    ids: [secretId('new.age')],
    outcome: ok({ did: 'ask', plan, agreement: { plan: 'p' } }),
    repository: fakeRepository(sample),
    notes: ['hosts/a.nix:3 names it'],
    texts: [{ path: 'secrets.nix', lines: [{ sign: '-', number: 7, text: '  "old" = 1;' }] }],
  };

  test('is asked as a whole: notes, files, and the lines of the rules', () => {
    expect(asking.effects).toMatchObject([{ type: 'transfer', agreed: 'none', to: 'new.age' }]);
    const { model } = play(asking.model, reply);
    expect(model.view).toMatchObject({
      kind: 'question',
      question: {
        title: 'move hosts/db1/postgres.age?',
        lines: [
          '! hosts/a.nix:3 names it',
          'moves hosts/db1/postgres.age to new.age',
          'edits secrets.nix',
          '- 7  "old" = 1;',
        ],
      },
    });
    expect(types(play(model, 'enter').effects)).toEqual([]);
    expect(lineOf(play(model, 'esc').model)).toBe('new.age|');
    expect(play(model, 'y').effects).toMatchObject([{ type: 'transfer', agreed: { plan: 'p' } }]);
  });

  test('that nobody here could read afterwards needs its name typed', () => {
    const warnings = [
      { code: 'nobody-here-reads', path: 'new.age', says: 'no key found here opens it afterwards' },
    ];
    const encrypt = {
      ...step,
      do: 'encrypt' as const,
      path: 'new.age',
      before: null,
      readers: [{ name: 'bob', kind: 'x25519' as const, key: 'age1bob' }],
    };
    const outcome = ok({
      did: 'ask' as const,
      plan: { ...plan, steps: [encrypt], warnings },
      agreement: { plan: 'p' },
    });
    const { model } = play(asking.model, { ...reply, outcome } as Message);
    expect(model.view).toMatchObject({
      question: {
        name: 'new.age',
        lines: expect.arrayContaining([
          'encrypts new.age for bob',
          '! new.age: no key found here opens it afterwards',
        ]),
      },
    });
    const wrong = play(model, 'y enter');
    expect(types(wrong.effects)).toEqual([]);
    expect(wrong.model.toast?.text).toBe('not written: type new.age to do it');
    expect(play(typed(model, 'new.age').model, 'enter').effects).toMatchObject([{ type: 'transfer' }]);
    expect(lineOf(play(model, 'esc').model)).toBe('new.age|');
  });

  test('keys pressed while that is worked out go nowhere', () => {
    const { model, effects } = play(asking.model, 'x esc enter');
    expect([lineOf(model), types(effects)]).toEqual(['new.age|', []]);
  });

  const agreed = play(play(asking.model, reply).model, 'y').model;
  const done = (outcome: Extract<Message, { type: 'wrote' }>['outcome']): Message => ({
    ...reply,
    request: agreed.waiting.write ?? 0,
    outcome,
    repository: fakeRepository({
      ...sample,
      secrets: [...sample.secrets.slice(1), { id: 'new.age' }],
    }),
  });

  test('done, the cursor is on the new name, nothing is selected, and u takes it back without asking', () => {
    const { model } = play(agreed, done(ok({ did: 'written', files: 3 })));
    expect(model).toMatchObject({ naming: null, view: { kind: 'browser' } });
    expect(model.lines[model.cursor]?.id).toBe('new.age' as SecretId);
    expect(model.toast?.text).toBe('moved hosts/db1/postgres.age to new.age · u takes it back');
    expect(model.marks.ids.size).toBe(0);
    expect(play(model, 'u').effects).toMatchObject([{ type: 'reverse', which: 'undo', agreed: 'anything' }]);
  });

  test('done where a filter hides the new name, the cursor stays near', () => {
    const only = play(fresh(), 'f d').model;
    const renaming = play(named('r', 'new.age', only), 'enter');
    const { model } = play(renaming.model, {
      ...done(ok({ did: 'written', files: 3 })),
      request: renaming.model.waiting.write ?? 0,
    } as Message);
    expect(model.lines.map(({ id }) => id)).toEqual(['hosts/web1/postgres-ro.age']);
    expect(model.cursor).toBe(0);
  });

  test('refused, the name is there to be changed', () => {
    const { model } = play(agreed, done(fail('refused', 'there is a file already', { where: 'new.age' })));
    expect(lineOf(model)).toBe('new.age|');
    expect(model.toast?.text).toBe('new.age: there is a file already');
  });
});

describe('the line on the screen', () => {
  test.each([
    { columns: 40, rows: 20 },
    { columns: 80, rows: 24 },
  ])('has the cursor in it at $columns×$rows', async (size) => {
    const ui = await drive({ ...sample, ...size });
    await ui.press('r');
    const [x, y] = [size.columns - (size.columns - 1) + 4 + 'hosts/db1/postgres'.length, 3];
    expect(ui.terminal.cursor()).toEqual({ x, y });
    await ui.press('\u001b[D', '漢');
    await ui.see('postgre漢s.age');
    expect(ui.terminal.cursor()).toEqual({ x: x + 1, y });
    await ui.press(...Array.from({ length: 12 }, () => 'long/path/'));
    const screen = await ui.screen();
    expect(screen[3]).toMatch(/to ….*long\/path\/s\.age/);
    expect(screen.every((line) => [...line].length <= size.columns)).toBe(true);
    expect(ui.terminal.cursor().x).toBeLessThan(size.columns - 1);
    await ui.press(keys.esc);
    await ui.see('search');
    await ui.quit();
  });

  test('is read out to a screen reader, with what is said about it', async () => {
    const ui = await drive({ ...sample, env: { INK_SCREEN_READER: 'true' } });
    await ui.press('r', keys.ctrl('w'), 'dkim');
    const text = (await ui.text()).replaceAll('\n', ' ');
    expect(text).toContain('move hosts/db1/postgres.age to hosts/db1/dkim.age, cursor before .age');
    await ui.quit();
  });
});
