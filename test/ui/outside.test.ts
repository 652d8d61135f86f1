import { describe, expect, test } from 'vitest';
import type { Choice, Obstacle } from '../../src/app/usecases/text-obstacle.ts';
import type { PlanView } from '../../src/app/usecases/views.ts';
import { fail, ok } from '../../src/core/outcome.ts';
import type { Effect } from '../../src/ui/state/effect.ts';
import type { Message } from '../../src/ui/state/message.ts';
import type { Model } from '../../src/ui/state/model.ts';
import type { OutsideDoubt } from '../../src/ui/state/outside-state.ts';
import { fakeRepository } from './support/fake-session.ts';
import { first, fresh, play } from './support/play.ts';
import { sample } from './support/sample.ts';

function editing(): { readonly model: Model; readonly request: number } {
  const { model, effects } = play(fresh(), 'E');
  const [effect] = effects;
  if (effect?.type !== 'edit-outside') throw new Error('nothing is edited');
  return { model, request: effect.request };
}

function doubted(doubt: OutsideDoubt): Model {
  const { model, request } = editing();
  return play(model, { type: 'doubted', request, doubt }).model;
}
const stopped = (kind: Obstacle['kind']): OutsideDoubt => ({
  kind: 'obstacle',
  obstacle: { kind, error: { code: 'malformed', says: 'it is so\u001b[2J' } },
});
const plan = (code: PlanView['warnings'][number]['code']): OutsideDoubt => ({
  kind: 'plan',
  plan: {
    base: { head: null, files: [] },
    steps: [],
    warnings: [{ code, path: first, says: 'careful', recipient: null }],
  },
});
const choices = (effects: readonly Effect[]): Choice[] =>
  effects.flatMap((effect) => (effect.type === 'answer-outside' ? [effect.choice] : []));
const reply = (request: number, outcome: Extract<Message, { type: 'wrote' }>['outcome']): Message => ({
  type: 'wrote',
  request,
  what: 'outside',
  label: first,
  ids: [first],
  outcome,
  repository: fakeRepository(sample),
});

describe("one's own editor", () => {
  test('begins with everything masked, and no key meant for it reaches the list', () => {
    const { model } = editing();
    expect(model).toMatchObject({ revealed: null, outside: { id: first, key: null }, cursor: 0 });
    const { model: after, effects } = play(model, 'j d u : / x');
    expect(effects).toEqual([]);
    expect(after).toMatchObject({ cursor: 0, view: { kind: 'browser' }, filter: { isTyping: false } });
    expect(play(model, 'ctrl-c').effects).toEqual([]);
  });

  const answers: readonly (readonly [string, OutsideDoubt, string, readonly Choice[]])[] = [
    ['broken', stopped('broken'), 'e', ['again']],
    ['broken', stopped('broken'), 'esc', ['again']],
    ['broken', stopped('broken'), 'd', ['discard']],
    ['broken', stopped('broken'), 'enter', []],
    ['broken', stopped('broken'), 'y', []],
    ['broken', stopped('broken'), 'o', []],
    ['broken', stopped('broken'), 't', []],
    ['no text', stopped('no-text'), 'e', ['again']],
    ['no text', stopped('no-text'), 'y', []],
    ['empty', stopped('empty'), 'y', ['write']],
    ['empty', stopped('empty'), 'enter', []],
    ['empty', stopped('empty'), 'esc', ['again']],
    ['empty', stopped('empty'), 'd', ['discard']],
    ['not written', stopped('failed'), 'y', ['write']],
    ['not written', stopped('failed'), 'e', ['again']],
    ['changed', stopped('changed'), 'o', ['write']],
    ['changed', stopped('changed'), 't', ['discard']],
    ['changed', stopped('changed'), 'e', ['both']],
    ['changed', stopped('changed'), 'esc', ['both']],
    ['changed', stopped('changed'), 'y', []],
    ['changed', stopped('changed'), 'd', []],
    ['a plan', plan('changes-readers'), 'y', ['write']],
    ['a plan', plan('breaks-hard-link'), 'y', ['write']],
    ['a plan', plan('changes-readers'), 'd', ['discard']],
    ['a plan', plan('changes-readers'), 'esc', ['again']],
    ['a lock-out', plan('nobody-here-reads'), 'y', []],
    ['a lock-out', plan('nobody-here-reads'), 'enter', []],
    ['a lock-out', plan('nobody-here-reads'), 'esc', ['again']],
    ['a lock-out', plan('nobody-here-reads'), [...first, 'enter'].join(' '), ['write']],
  ];
  test.each(answers)('about what is %s, %o: %s answers %j', (_, doubt, keys, chosen) => {
    const asked = doubted(doubt);
    expect(asked.view.kind).toBe('question');
    const { model, effects } = play(asked, keys);
    expect(choices(effects)).toEqual(chosen);
    expect(model.view.kind).toBe(chosen.length > 0 ? 'browser' : 'question');
  });

  test('is asked about without an escape sequence, and quitting then asks first', () => {
    const asked = doubted(stopped('broken'));
    expect(JSON.stringify(asked.view)).not.toContain('\\u001b');
    const { model: quitting, effects } = play(asked, 'ctrl-c');
    expect(effects).toEqual([]);
    expect(quitting.view).toMatchObject({ question: { about: 'exit' } });
    expect(play(quitting, 'esc').model.view).toEqual(asked.view);
    expect(play(quitting, 'y').effects.map(({ type }) => type)).toEqual(['close-draft', 'quit']);
  });

  const ends: readonly (readonly [string, Extract<Message, { type: 'wrote' }>['outcome'], string, string])[] =
    [
      ['written', ok({ did: 'written', files: 1 }), 'info', `saved ${first}`],
      ['unchanged', ok({ did: 'unchanged' }), 'info', 'nothing changed, nothing written'],
      ['failed', fail('stopped', 'vim ended with status 1, so nothing was written'), 'warning', 'vim ended'],
      ['locked', fail('needs-prompt', 'x'), 'info', 'no passphrase was given'],
      ['refused', fail('refused', 'no place', { hint: 'do this' }), 'error', 'no place; do this'],
    ];
  test.each(ends)('says when it was %s', (_, outcome, level, says) => {
    const { model, request } = editing();
    const after = play(model, reply(request, outcome)).model;
    expect(after.toast).toMatchObject({ level, text: expect.stringContaining(says) });
    expect(after).toMatchObject({ outside: null, view: { kind: 'browser' } });
    expect(after.waiting.write).toBeUndefined();
  });

  test('that nobody waits for any more is told to give the text up', () => {
    const { effects } = play(fresh(), { type: 'doubted', request: 7, doubt: stopped('broken') });
    expect(choices(effects)).toEqual(['discard']);
  });

  test('takes what somebody else wrote by reading it again', () => {
    const { model, request } = editing();
    const asked = play(model, { type: 'doubted', request, doubt: stopped('changed') }, 't').model;
    const { effects } = play(asked, reply(request, fail('stopped', 'nothing was written')));
    expect(effects.map(({ type }) => type)).toContain('reload');
  });
});
