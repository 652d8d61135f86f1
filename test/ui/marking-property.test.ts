import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fail, ok } from '../../src/core/outcome.ts';
import type { Repository } from '../../src/core/repository.ts';
import type { Effect } from '../../src/ui/state/effect.ts';
import { initialModel } from '../../src/ui/state/initial-model.ts';
import { isMarkable } from '../../src/ui/state/marks.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { fakeRepository } from './support/fake-session.ts';
import { noon, play } from './support/play.ts';

const names = ['a/one.age', 'a/two.age', 'a/web.age', 'b/one.age', 'b/two.age', 'b/web.age', 'three.age'];

/** The repository behind the screen: what deleting and undoing do to it, and nothing of how the screen works. */
function createWorld() {
  let there: readonly string[] = names;
  const undo: (readonly string[])[] = [];
  const redo: (readonly string[])[] = [];
  const repository = (): Repository => fakeRepository({ secrets: there.map((id) => ({ id })) });
  const plan = { base: { head: null, files: [] }, steps: [], warnings: [] };

  /** What the effects come back with, played until nothing is asked any more. */
  const answer = (model: Model, effects: readonly Effect[]): Model => {
    let next = model;
    for (const effect of effects) {
      if (effect.type === 'search' && effect.purpose === 'filter') {
        const hits = next.repository.secrets
          .filter(({ id }) => id.includes(effect.query))
          .map(({ id }) => ({ id, ranges: [] }));
        next = send(next, {
          type: 'found',
          request: effect.request,
          purpose: 'filter',
          hits,
          hasMore: false,
        });
      }
      if (effect.type === 'remove') {
        const { ids, agreed, request } = effect;
        const isAgreed = agreed !== 'none';
        if (isAgreed) {
          undo.push(there);
          redo.length = 0;
          there = there.filter((id) => !(ids as readonly string[]).includes(id));
        }
        const outcome = isAgreed
          ? ok({ did: 'written' as const, files: ids.length })
          : ok({ did: 'ask' as const, plan, agreement: { plan: 'p' } });
        next = send(next, {
          type: 'wrote',
          request,
          what: 'remove',
          label: 'x',
          ids,
          outcome,
          repository: repository(),
        });
      }
      if (effect.type === 'reverse') {
        const { which, request } = effect;
        const [from, to] = which === 'undo' ? [undo, redo] : [redo, undo];
        const state = from.pop();
        if (state) {
          to.push(there);
          there = state;
        }
        const outcome = state
          ? ok({ did: 'written' as const, files: 1 })
          : fail('not-found', 'nothing to undo');
        next = send(next, {
          type: 'wrote',
          request,
          what: which,
          label: 'x',
          ids: [],
          outcome,
          repository: repository(),
        });
      }
    }
    return next;
  };
  const send = (model: Model, event: Parameters<typeof play>[1]): Model => {
    const { model: next, effects } = play(model, event);
    return answer(next, effects);
  };
  return {
    send,
    there: () => there,
    first: () => initialModel(repository(), { columns: 80, rows: 12 }, noon),
  };
}

type Send = ReturnType<typeof createWorld>['send'];

const actions = [
  'j',
  'k',
  'G',
  'g g',
  'space',
  'v',
  'A',
  'esc',
  'u',
  'ctrl-r',
  'delete',
  'keep',
  'one',
  'web',
  'b/',
] as const;
type Action = (typeof actions)[number];

function act(send: Send, model: Model, action: Action): Model {
  if (action === 'one' || action === 'web' || action === 'b/') {
    const typed = ['/', ...action].reduce<Model>((next, key) => send(next, key), model);
    return send(typed, 'enter');
  }
  if (action !== 'delete' && action !== 'keep') return send(model, action);
  const asked = send(model, 'd');
  if (asked.view.kind !== 'question') return asked;
  return send(asked, action === 'delete' ? 'y' : 'esc');
}

/** The simple model: what is picked, and since when a range grows. */
interface Picked {
  readonly ids: ReadonlySet<string>;
  readonly range: { readonly from: string; readonly before: ReadonlySet<string> } | null;
}

interface Seen {
  readonly listed: readonly string[];
  readonly here: string;
}

function expected({ ids, range }: Picked, action: Action, { listed, here }: Seen, after: Seen): Picked {
  switch (action) {
    case 'space':
      if (range) return { ids, range: null };
      return { ids: new Set(ids.has(here) ? [...ids].filter((id) => id !== here) : [...ids, here]), range };
    case 'v':
      return range
        ? { ids, range: null }
        : { ids: new Set([...ids, here]), range: { from: here, before: ids } };
    case 'A':
      return listed.every((id) => ids.has(id))
        ? { ids: new Set([...ids].filter((id) => !listed.includes(id))), range: null }
        : { ids: new Set([...ids, ...listed]), range: null };
    case 'esc':
      return { ids: range ? range.before : new Set(), range: null };
    case 'one':
    case 'web':
    case 'b/':
      return { ids, range: null };
    default: {
      if (!range) return { ids, range };
      const [one, other] = [listed.indexOf(range.from), listed.indexOf(after.here)].sort((a, b) => a - b);
      return { ids: new Set([...range.before, ...listed.slice(one, (other ?? 0) + 1)]), range };
    }
  }
}

const seen = ({ lines, cursor }: Model): Seen => ({
  listed: lines.filter(isMarkable).map(({ id }) => id),
  here: lines[cursor]?.id ?? '',
});

test('whatever is pressed, what was picked is picked, and exactly that is deleted and comes back', () => {
  const count = { deleted: 0, hidden: 0, undone: 0, ranges: 0 };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 40 }), (sequence) => {
      const world = createWorld();
      let model = world.first();
      let picked: Picked = { ids: new Set(), range: null };
      for (const [step, action] of sequence.entries()) {
        const [before, there] = [seen(model), world.there()];
        model = act(world.send, model, action);
        if (before.here !== '' || picked.ids.size > 0) picked = next(picked, action, before, model, there);
        expect([...model.marks.ids].sort(), sequence.slice(0, step + 1).join(' ')).toEqual(
          [...picked.ids].sort(),
        );
        expect(seen(model).listed.every((id) => world.there().includes(id))).toBe(true);
      }

      function next(now: Picked, what: Action, at: Seen, after: Model, was: readonly string[]): Picked {
        if (what === 'delete') {
          const wanted = now.ids.size > 0 ? now.ids : new Set([at.here]);
          expect(world.there()).toEqual(was.filter((id) => !wanted.has(id)));
          count.deleted += Number(wanted.size > 1);
          count.hidden += Number([...wanted].some((id) => !at.listed.includes(id)));
          return { ids: new Set(), range: null };
        }
        if ((what === 'u' || what === 'ctrl-r') && was !== world.there()) {
          count.undone += 1;
          return { ids: new Set([...now.ids].filter((id) => world.there().includes(id))), range: null };
        }
        count.ranges += Number(now.range !== null);
        if (at.here === '' && what !== 'esc') return now;
        return expected(now, what, at, seen(after));
      }
    }),
    { numRuns: process.env['SLOW'] ? 20_000 : 4_000 },
  );
  // The sequences came to what they are about.
  for (const often of Object.values(count)) expect(often).toBeGreaterThan(20);
});
