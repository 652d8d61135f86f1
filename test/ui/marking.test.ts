import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../src/core/outcome.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { hiddenMarks, marksText } from '../../src/ui/state/marks.ts';
import type { Message } from '../../src/ui/state/message.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { fakeRepository, secretId } from './support/fake-session.ts';
import { answerOpen, fresh, openedModel, play, types } from './support/play.ts';
import { sample } from './support/sample.ts';

const all = sample.secrets.map(({ id }) => id);
const at = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => all[number] ?? '');
const picked = (model: Model): readonly string[] => [...model.marks.ids].sort();

/** What a search for `query` answers, as the real one would for whole names. */
function searched(model: Model, query: string): Model {
  const typed = play(model, '/', ...[...query]);
  const hits = typed.model.repository.secrets
    .filter(({ id }) => id.includes(query))
    .map(({ id }) => ({ id, ranges: [] }));
  return play(
    typed.model,
    { type: 'found', request: typed.model.waiting.search ?? 0, purpose: 'filter', hits, hasMore: false },
    'enter',
  ).model;
}

describe('selecting', () => {
  test.each([
    ['space', at(0), 0],
    ['space space', [], 0],
    ['space j j space', at(0, 2), 2],
    ['v j j', at(0, 1, 2), 2],
    ['v j j k', at(0, 1), 1],
    ['j j v k k', at(0, 1, 2), 0],
    ['v j v j j', at(0, 1), 3],
    ['v j space j j', at(0, 1), 3],
    ['G v g g', all, 0],
    ['A', all, 0],
    ['A A', [], 0],
    ['space A A', [], 0],
    ['space j v j esc', at(0), 2],
    ['space j v j esc esc', [], 2],
    ['v j A', all, 1],
    ['v j v G space', at(0, 1, 6), 6],
  ])('%s', (keys, ids, cursor) => {
    const { model } = play(fresh(), keys);
    expect(picked(model)).toEqual([...ids].sort());
    expect(model.cursor).toBe(cursor);
  });

  test('a key of a secret is not selected, and the reason is said; a range passes over keys', () => {
    const { model } = play(openedModel(), 'j space');
    expect(picked(model)).toEqual([]);
    expect(model.toast?.text).toContain('only whole secrets are selected');
    expect(picked(play(openedModel(), 'v j j j').model)).toEqual(at(0, 1));
  });

  test('esc lets go of what is selected before it clears the filter', () => {
    const found = searched(fresh(), 'postgres');
    const marked = play(found, 'space').model;
    const once = play(marked, 'esc').model;
    expect([picked(once), once.filter.query]).toEqual([[], 'postgres']);
    expect(play(once, 'esc').model.filter.query).toBe('');
  });

  test('what a filter hides stays selected, and is counted', () => {
    const marked = play(fresh(), 'space G space').model;
    const found = searched(marked, 'mail');
    expect(picked(found)).toEqual([...at(0, 6)].sort());
    expect(hiddenMarks(found)).toBe(2);
    expect(marksText(play(found, 'space').model, false)).toBe('3 selected, 2 hidden by the filter');
    expect(marksText(found, true)).toBe('2 selected, 2 hidden');
    expect(picked(play(found, 'A').model)).toEqual([...at(0, 5, 6)].sort());
    expect(picked(play(found, 'A A').model)).toEqual([...at(0, 6)].sort());
  });

  test('a search ends a range and keeps it', () => {
    const found = searched(play(fresh(), 'v j').model, 'postgres');
    expect(found.marks.range).toBeNull();
    expect(picked(play(found, 'G').model)).toEqual(at(0, 1));
  });

  test('all of a search that lists only some are those, and it is said', () => {
    const typed = play(fresh(), '/', 'p');
    const found: Message = {
      type: 'found',
      request: typed.model.waiting.search ?? 0,
      purpose: 'filter',
      hits: [{ id: secretId(all[0] ?? ''), ranges: [] }],
      hasMore: true,
    };
    const { model } = play(typed.model, found, 'enter A');
    expect(model.toast?.text).toBe('1 selected: the search found more than it lists');
  });

  test('a lock forgets values, and not what is selected', () => {
    expect(picked(play(fresh(), 'space j space L').model)).toEqual(at(0, 1));
  });

  test('narrowed to one state, all of those are selected and the others stay as they are', () => {
    const { model } = play(fresh(), 'space f d A');
    expect(picked(model)).toEqual([...at(0, 2)].sort());
    expect(marksText(model, false)).toBe('2 selected, 1 hidden by the filter');
  });

  test('what is gone after a reload is not selected any more, and that is said', () => {
    const asked = play(fresh(), 'space j space R');
    const rest = fakeRepository({ ...sample, secrets: sample.secrets.slice(1) });
    const { model } = play(asked.model, {
      type: 'reloaded',
      request: asked.model.waiting.reload ?? 0,
      outcome: ok(rest),
    });
    expect(picked(model)).toEqual(at(1));
    expect(model.toast?.text).toBe('read again: 6 secrets; 1 of the selected is not there any more');
  });
});

describe('what acts on several', () => {
  const three = (): Model => play(fresh(), 'space j j space G space').model;

  test('y and e say that they take one at a time; looking goes with the cursor', () => {
    for (const key of ['y', 'e']) {
      const { model, effects } = play(three(), key);
      expect(types(effects), key).toEqual([]);
      expect(model.toast?.text).toMatch(/3 secrets are selected, and one at a time is (copied|edited); esc/);
    }
    expect(types(play(three(), 'g g x').effects)).toContain('open');
    expect(types(play(fresh(), 'space y').effects)).toEqual(['open']);
    expect(play(fresh(), 'space j y').model.toast?.text).toContain('another secret is selected');
  });

  test('Y copies their paths, a line for each', () => {
    const { effects, model } = play(three(), 'Y');
    expect(effects).toMatchObject([{ type: 'copy-text', text: at(0, 2, 6).join('\n') }]);
    expect(model.copying).toBe('3 paths');
  });

  test('d asks once about all of them, in the order of the repository', () => {
    const { effects } = play(three(), 'd');
    expect(effects).toMatchObject([{ type: 'remove', ids: at(0, 2, 6), agreed: 'none' }]);
    expect(types(play(three(), 'd d').effects)).toEqual(['remove']);
  });

  const plan = (ids: readonly string[]) => ({
    base: { head: null, files: [] },
    steps: [...ids, 'secrets.nix'].map((path) => ({
      do: path.endsWith('.nix') ? ('rewrite' as const) : ('delete' as const),
      path,
      target: path,
      before: 'x',
      size: null,
      armored: null,
      readers: [],
      readerChange: null,
      from: null,
    })),
    warnings: [],
  });

  function wrote(model: Model, ids: readonly string[], isDone: boolean): Message {
    const left = sample.secrets.filter(({ id }) => !(isDone && ids.includes(id)));
    return {
      type: 'wrote',
      request: model.waiting.write ?? 0,
      what: 'remove',
      label: `${ids.length} secrets`,
      ids: ids as readonly SecretId[],
      outcome: isDone
        ? ok({ did: 'written', files: 4 })
        : ok({ did: 'ask', plan: plan(ids), agreement: { plan: 'p' } }),
      repository: fakeRepository({ ...sample, secrets: left }),
    };
  }

  test('the question names count and consequence; enter does nothing, esc keeps what is selected', () => {
    const asking = play(three(), 'd');
    const { model } = play(asking.model, wrote(asking.model, at(0, 2, 6), false));
    if (model.view.kind !== 'question') throw new Error('nothing was asked');
    const { title, lines } = model.view.question;
    expect(title).toBe('delete 3 secrets?');
    expect(lines[0]).toBe('3 files are deleted and their rules taken out; u brings all of it back.');
    expect(lines).toContain(`deletes ${all[6]}`);
    expect(types(play(model, 'enter').effects)).toEqual([]);
    expect(picked(play(model, 'esc').model)).toEqual([...at(0, 2, 6)].sort());
    expect(play(model, 'y').effects).toMatchObject([
      { type: 'remove', ids: at(0, 2, 6), agreed: { plan: 'p' } },
    ]);
  });

  test('deleted, none is selected and the cursor stands near where it stood', () => {
    const asking = play(play(fresh(), 'space j j space').model, 'd');
    const { model } = play(asking.model, wrote(asking.model, at(0, 2), true));
    expect(picked(model)).toEqual([]);
    expect(model.lines[model.cursor]?.id).toBe(all[3]);
    expect(model.toast?.text).toBe('deleted: 2 secrets · u takes it back');
  });

  test('taken back, the cursor is on the first that came back', () => {
    const asking = play(play(fresh(), 'space j j space').model, 'd');
    const gone = play(asking.model, wrote(asking.model, at(0, 2), true));
    const undoing = play(gone.model, 'G u');
    const back = { ...wrote(undoing.model, [], true), what: 'undo', label: 'rm 2 secrets' } as Message;
    const { model } = play(undoing.model, back);
    expect(model.lines[model.cursor]?.id).toBe(all[0]);
    expect(picked(model)).toEqual([]);
  });

  test('not deleted, they stay selected', () => {
    const asking = play(three(), 'd');
    const failed = {
      ...wrote(asking.model, at(0, 2, 6), false),
      outcome: fail('refused', 'somebody is writing'),
    } as Message;
    expect(picked(play(asking.model, failed).model)).toEqual([...at(0, 2, 6)].sort());
  });

  test('the question says what of it is hidden, and is read line by line in a low window', () => {
    const found = searched(play(fresh({ columns: 40, rows: 10 }), 'A').model, 'mail');
    const asking = play(found, 'd');
    const { model } = play(asking.model, wrote(asking.model, all, false));
    if (model.view.kind !== 'question') throw new Error('nothing was asked');
    expect(model.view.question.lines).toContain('! the filter hides 6 of them');
    const down = play(model, 'j j').model;
    expect(down.view).toMatchObject({ top: 2 });
    expect(play(down, 'g g').model.view).toMatchObject({ top: 0 });
    const end = play(down, 'G').model.view;
    expect(play(down, 'G j j').model.view).toEqual(end);
  });

  test('opening one does not touch what is selected', () => {
    const asked = play(three(), 'g g enter');
    expect(picked(play(asked.model, answerOpen(asked.effects)).model)).toEqual([...at(0, 2, 6)].sort());
  });
});
