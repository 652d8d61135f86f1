import { describe, expect, test } from 'vitest';
import type { PlanView } from '../../../src/app/usecases/views.ts';
import { fail, ok } from '../../../src/core/outcome.ts';
import { stagedList } from '../../../src/core/staged-toggles.ts';
import { matrixView } from '../../../src/ui/matrix/matrix-view.ts';
import { initialModel } from '../../../src/ui/state/initial-model.ts';
import type { Message } from '../../../src/ui/state/message.ts';
import type { Model } from '../../../src/ui/state/model.ts';
import { drive, keys } from '../support/drive.ts';
import { fakeRepository } from '../support/fake-session.ts';
import { idOf, matrixSample } from '../support/matrix-sample.ts';
import { noon, play } from '../support/play.ts';

const start = (columns = 80): Model =>
  initialModel(fakeRepository(matrixSample), { columns, rows: 24 }, noon);
const played = (...events: Parameters<typeof play>[1][]): Model => play(start(), ...events).model;
const staged = ({ matrix }: Model): string[] =>
  stagedList(matrix?.staged ?? new Map()).map(({ secret, reader, to }) => `${to} ${reader} ${secret}`);

describe('staging', () => {
  test.each([
    ['space', ['revoke db1 hosts/db1/postgres.age']],
    ['space space', []],
    ['l space', ['grant db2 hosts/db1/postgres.age']],
    // On the file and not in the rules: first it goes, then it may stay.
    ['j l space', ['revoke db2 hosts/web1/env.age']],
    ['j l space space', ['grant db2 hosts/web1/env.age']],
    ['j l space space space', []],
    ['j l l l space', ['grant web2 hosts/web1/env.age']],
    ['j j l l l space', ['revoke web2 hosts/web2/new.age']],
    ['space d', []],
    ['space l space D', []],
    ['space j d', ['revoke db1 hosts/db1/postgres.age']],
    ['v l l space', ['grant db2 hosts/db1/postgres.age', 'grant web1 hosts/db1/postgres.age']],
    [
      'l v j j space',
      ['grant db2 hosts/db1/postgres.age', 'grant db2 hosts/web1/env.age', 'grant db2 hosts/web2/new.age'],
    ],
    ['l v j v space', ['revoke db2 hosts/web1/env.age']],
    [
      'enter l A',
      [
        'grant db1 hosts/web1/env.age',
        'grant db2 hosts/web1/env.age',
        'grant web2 hosts/web1/env.age',
        'grant bob hosts/web1/env.age',
        'grant backup hosts/web1/env.age',
        'grant spare hosts/web1/env.age',
      ],
    ],
    ['enter l A A', []],
    ['$ h h h o A', ['revoke bob offsite.age']],
  ])('%s stages %j', (pressed, expected) => {
    expect(staged(played(`m ${pressed}`))).toEqual(expected);
  });

  test('lists what is to be given to a reader with what it reads', () => {
    const model = played('m l space o');
    expect(staged(model)).toEqual(['grant db2 hosts/db1/postgres.age']);
    const rows = model.matrix ? matrixView(model, model.matrix).rows : [];
    expect(rows.map(({ id }) => id)).toEqual(['hosts/db1/postgres.age', 'hosts/web1/env.age']);
  });

  test('takes the whole column, but for what it would not change', () => {
    const all = staged(played('m l A'));
    expect(all).toEqual([
      'grant db2 hosts/db1/postgres.age',
      'grant db2 hosts/web1/env.age',
      'grant db2 hosts/web2/new.age',
      'grant db2 mail/dkim.age',
      'grant db2 offsite.age',
    ]);
    expect(staged(played('m l A A'))).toEqual([]);
  });

  test.each([
    ['G space', 'no rule says who may read it'],
    ['$ space', 'no rule can name them: encrypting the file again takes them off'],
    ['d', 'nothing is staged'],
    ['p', 'nothing is staged'],
    ['G =', 'no rule says who may read it'],
    ['j j =', 'the file does not exist'],
  ])('%s says why it does nothing', (pressed, reason) => {
    expect(played(`m ${pressed}`).toast?.text).toBe(`not available: ${reason}`);
  });

  test('stays when the matrix is left, and quitting asks', () => {
    const left = played('m space esc');
    expect(left.view.kind).toBe('browser');
    expect(staged(left)).toEqual(['revoke db1 hosts/db1/postgres.age']);
    expect(staged(play(left, 'm').model)).toEqual(staged(left));
    for (const key of ['q', 'ctrl-c']) {
      const { model, effects } = play(left, key);
      expect(effects.map(({ type }) => type)).not.toContain('quit');
      expect(model.view).toMatchObject({ question: { about: 'exit' } });
      expect(staged(play(model, 'esc').model)).toEqual(staged(left));
      expect(play(model, 'y').effects.map(({ type }) => type)).toContain('quit');
    }
  });

  test('goes where the repository, read again, is so by now', () => {
    const model = played('m space l space R');
    const repository = fakeRepository({
      ...matrixSample,
      secrets: matrixSample.secrets.map((secret, index) =>
        index === 0 ? { ...secret, secret: { ...secret.secret, declared: [idOf('alice')] } } : secret,
      ),
    });
    const [first] = repository.secrets;
    if (!first) throw new Error('there is no secret');
    const { comparison: _, ...rest } = first;
    const read = {
      ...repository,
      secrets: [{ ...rest, state: 'missing' as const }, ...repository.secrets.slice(1)],
    };
    const after = play(model, {
      type: 'reloaded',
      request: model.waiting.reload ?? 0,
      outcome: ok(read),
    }).model;
    // db1 is declared no more: there is nothing to revoke.
    expect(staged(after)).toEqual(['grant db2 hosts/db1/postgres.age']);
  });
});

const plan: PlanView = {
  base: { head: null, files: [] },
  steps: [
    {
      do: 'encrypt',
      path: 'hosts/db1/postgres.age',
      target: 'hosts/db1/postgres.age',
      before: 'x',
      size: 9,
      armored: false,
      readers: [],
      readerChange: {
        before: 2,
        after: 2,
        gains: [{ name: 'db2', alias: null, kind: 'ssh-ed25519', key: idOf('db2') }],
        gainsAmong: { count: 0, of: [] },
        loses: [{ kind: 'ssh-ed25519', tag: 'x', name: 'db1', alias: null, key: idOf('db1') }],
      },
      from: null,
    },
    {
      do: 'rewrite',
      path: 'secrets.nix',
      target: 'secrets.nix',
      before: 'x',
      size: 9,
      armored: null,
      readers: [],
      readerChange: null,
      from: null,
    },
  ],
  warnings: [],
};

describe('reviewing', () => {
  const asked = (warnings: PlanView['warnings'] = []): { model: Model; wish: object } => {
    const { model, effects } = play(start(), 'm space l space p');
    const effect = effects.find(({ type }) => type === 'change-readers');
    if (effect?.type !== 'change-readers') throw new Error('nothing was prepared');
    const reply: Message = {
      type: 'wrote',
      request: effect.request,
      what: 'readers',
      label: 'change 2 readers',
      ids: [],
      notes: ['a note'],
      texts: [
        {
          path: 'secrets.nix',
          lines: [
            { sign: '-', number: 41, text: '[ alice db1 ]' },
            { sign: '+', number: 41, text: '[ alice db2 ]' },
          ],
        },
      ],
      wish: effect.wish,
      outcome: ok({ did: 'ask', plan: { ...plan, warnings }, agreement: { plan: 'this one' } }),
      repository: model.repository,
    };
    return { model: play(model, reply).model, wish: effect.wish };
  };

  test('shows the rules as a difference, who gains and loses each file, and that nobody forgets', () => {
    const { model } = asked();
    expect(model.view).toMatchObject({ question: { about: 'readers', title: 'change 2 readers?' } });
    const lines = model.view.kind === 'question' ? model.view.question.lines : [];
    expect(lines).toEqual([
      '1 file encrypted again, 1 rules file edited, as one write: y does it, u then takes it back.',
      'a note',
      '! whoever loses a secret may know its value, and git keeps the old file: give 1 secret another value: hosts/db1/postgres.age',
      'edits secrets.nix',
      '- 41  [ alice db1 ]',
      '+ 41  [ alice db2 ]',
      'hosts/db1/postgres.age  2 → 2 + db2 - db1',
    ]);
  });

  test('writes exactly what was shown, and nothing is staged afterwards', () => {
    const { model, wish } = asked();
    const agreed = play(model, 'y');
    expect(agreed.effects).toMatchObject([{ type: 'change-readers', wish, agreed: { plan: 'this one' } }]);
    const written = play(agreed.model, {
      type: 'wrote',
      request: agreed.model.waiting.write ?? 0,
      what: 'readers',
      label: 'change 2 readers',
      ids: [],
      wish: wish as never,
      outcome: ok({ did: 'written', files: 2 }),
      repository: fakeRepository(matrixSample),
    }).model;
    expect(written.view.kind).toBe('matrix');
    expect(staged(written)).toEqual([]);
    expect(written.ownWrites.undo).toBe(1);
    expect(written.toast?.text).toBe('change 2 readers · u takes it back');
  });

  test('says how far it got, and is stopped by Esc with nothing written', () => {
    const waiting = play(start(), 'm space p').model;
    const number = waiting.waiting.write ?? 0;
    const opening = play(waiting, {
      type: 'progressed',
      request: number,
      what: 'opened',
      done: 12,
      total: 200,
    }).model;
    expect(opening.toast?.text).toBe('opened 12 of 200 · esc stops');
    expect(
      play(opening, { type: 'progressed', request: number - 1, what: 'opened', done: 1, total: 2 }).model
        .toast,
    ).toBe(opening.toast);
    const encrypting = {
      type: 'progressed',
      request: number,
      what: 'encrypted',
      done: 3,
      total: 200,
    } as const;
    expect(play(opening, encrypting).model.toast?.text).toBe('encrypted 3 of 200 · esc stops');
    expect(play(opening, 'space').model.toast?.text).toBe('not available: still writing');
    const { model, effects } = play(opening, 'esc');
    expect(effects).toEqual([{ type: 'stop-writing' }]);
    const stopped = play(model, {
      type: 'wrote',
      request: number,
      what: 'readers',
      label: '',
      ids: [],
      wish: { kind: 'rekey', ids: [], all: false },
      outcome: fail('stopped', 'stopped'),
      repository: model.repository,
    }).model;
    expect(stopped.toast?.text).toBe('stopped: nothing was written');
    expect(staged(stopped).length).toBe(1);
    expect(stopped.view.kind).toBe('matrix');
  });

  test('going back keeps what is staged', () => {
    const { model } = asked();
    const back = play(model, 'esc').model;
    expect(back.view.kind).toBe('matrix');
    expect(staged(back).length).toBe(2);
  });

  test('has the name typed where nobody here could read it afterwards, and Enter alone does nothing', () => {
    const path = 'hosts/db1/postgres.age';
    const { model } = asked([
      { code: 'nobody-here-reads', path, says: 'no key found here opens it afterwards', recipient: null },
    ]);
    expect(play(model, 'y enter').effects).toEqual([]);
    const typed = play(model, { type: 'pasted', text: path }, 'enter');
    expect(typed.effects.map(({ type }) => type)).toEqual(['change-readers']);
  });

  test.each([
    ['F', { kind: 'rekey', ids: ['hosts/web1/env.age'], all: false }],
    ['=', { kind: 'rekey', ids: ['hosts/db1/postgres.age'], all: true }],
  ])('%s looks at what encrypting again comes to', (key, wish) => {
    expect(play(start(), `m ${key}`).effects.at(-1)).toMatchObject({
      type: 'change-readers',
      wish,
      agreed: 'none',
    });
  });
});

describe('on the screen', () => {
  test.each([
    ['in colour', {}, '−'],
    ['without colour', { noColor: true }, '−'],
    ['in ASCII', { ascii: true }, '-'],
  ])('what is staged has its sign and is counted %s', async (_, look, minus) => {
    const ui = await drive({ ...matrixSample, ...look });
    await ui.press('m', ' ', 'l', ' ', 'j');
    const lines = await ui.screen();
    expect(lines[2]).toContain(`staged +1 ${minus}1`);
    expect(lines.find((line) => line.includes('postgres.age'))).toMatch(
      minus === '-' ? / - {4}\+/ : / − {4}\+/,
    );
    expect(lines.join('\n')).toContain(`+ grant  ${minus} revoke`);
    expect(lines.at(-1)).toContain('p review');
    await ui.press(keys.esc);
    await ui.see(`staged +1 ${minus}1`);
    await ui.press(keys.ctrl('c'), 'y');
    await ui.status;
  });

  test('is told to a screen reader', async () => {
    const ui = await drive({ ...matrixSample, env: { INK_SCREEN_READER: 'true' } });
    await ui.press('m', ' ');
    const text = (await ui.text()).replace(/\s+/g, ' ');
    expect(text).toContain('staged −1');
    expect(text).toContain('revoke staged; reads:');
    await ui.press('v', 'l', 'j');
    expect((await ui.text()).replace(/\s+/g, ' ')).toContain('range of 4 cells');
    await ui.press(keys.esc);
    await ui.press(keys.ctrl('c'), 'y');
    await ui.status;
  });
});
