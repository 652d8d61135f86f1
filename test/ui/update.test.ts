import { describe, expect, test } from 'vitest';
import type { CopyReport } from '../../src/app/clipboard/copy.ts';
import { fail, type Outcome, ok } from '../../src/core/outcome.ts';
import type { Message } from '../../src/ui/state/message.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { layoutOf, selectedLine } from '../../src/ui/state/select.ts';
import { start, update } from '../../src/ui/state/update.ts';
import { secretId } from './support/fake-session.ts';
import {
  answerOpen,
  first,
  fresh,
  noon,
  openedFirst,
  openedModel,
  play,
  ref,
  types,
} from './support/play.ts';

describe('moving', () => {
  test.each([
    ['j', 1],
    ['j j j k', 2],
    ['G', 6],
    ['G g g', 0],
    ['end home', 0],
    ['down down up', 1],
    ['ctrl-d', 6],
    ['ctrl-d ctrl-u', 0],
    ['pagedown', 6],
    ['k', 0],
    ['g j', 0],
    ['g x', 0],
  ])('%s stands on line %i', (keys, line) => {
    expect(play(fresh(), keys).model.cursor).toBe(line);
  });

  test('asks git about the secret it stands on, once for each', () => {
    // Where the facts are not seen, nobody asks what they would tell beside it.
    const small = fresh({ columns: 40, rows: 10 });
    const { effects } = play(small, 'j');
    expect(types(effects)).toEqual(['last-change']);
    const changed: Message = {
      type: 'changed',
      request: 1,
      id: secretId('hosts/db2/postgres.age'),
      outcome: ok(null),
    };
    expect(types(play(play(small, 'j', changed).model, 'k j').effects)).toEqual(['last-change']);
  });

  test('keys that are listed below the last line of a small window are scrolled to', () => {
    const { model, effects } = play(fresh({ columns: 40, rows: 10 }), 'j j j enter');
    expect(model).toMatchObject({ cursor: 3, top: 0 });
    const id = selectedLine(model)?.id ?? first;
    const unfolded = play(model, answerOpen(effects, { ...openedFirst, id })).model;
    expect(unfolded).toMatchObject({ cursor: 3, top: 2 });
    const entries = Array.from({ length: 20 }, (_, at) => ({ path: [`${at}`], ref: ref(`${at}`), size: 1 }));
    const many = play(model, answerOpen(effects, { ...openedFirst, id, entries })).model;
    expect(many).toMatchObject({ cursor: 3, top: 3 });
  });

  test('a small window follows the cursor', () => {
    const { model } = play(fresh({ columns: 40, rows: 10 }), 'G');
    expect(model.top).toBe(3);
  });
});

describe('the facts', () => {
  const narrow = { columns: 40, rows: 14 };
  const factsOf = (keys: string): Model => play(fresh(narrow), keys).model;

  test('have the focus with tab in every window, and scroll to their end and no further', () => {
    for (const size of [{ columns: 40, rows: 12 }, narrow, { columns: 70, rows: 24 }]) {
      expect(layoutOf(play(fresh(size), 'tab tab').model).facts, `${size.columns}`).not.toBeNull();
    }
    const end = factsOf('tab tab G').factsTop;
    expect(end).toBeGreaterThan(0);
    expect(factsOf('tab tab G j j j').factsTop).toBe(end);
    expect(factsOf('tab tab G j j k').factsTop).toBe(end - 1);
    expect(factsOf('tab tab G g g').factsTop).toBe(0);
    expect(factsOf('tab tab tab').pane).toBe('list');
  });

  test('put a value away whose place they take, and give it back to x', () => {
    for (const rows of [12, 18]) {
      const asked = play(fresh({ columns: 40, rows }), 'x');
      const shown = play(asked.model, answerOpen(asked.effects)).model;
      expect([shown.pane, shown.revealed === null]).toEqual(['value', false]);
      const facts = play(shown, 'tab').model;
      expect([facts.pane, facts.revealed]).toEqual(['facts', null]);
      expect(play(facts, 'x').model).toMatchObject({ pane: 'value', revealed: { ref: 'whole' } });
    }
  });
});

describe('opening', () => {
  test('enter opens, and the keys of the secret are listed below it', () => {
    const model = openedModel();
    expect(model.lines.slice(0, 4).map(({ id, entry }) => [id, entry])).toEqual([
      [first, undefined],
      [first, 0],
      [first, 1],
      ['hosts/db2/postgres.age', undefined],
    ]);
    expect(model.cursor).toBe(0);
    expect(play(model, 'h').model.lines.length).toBe(7);
    expect(play(model, 'j j h').model.cursor).toBe(0);
  });

  test('x on a key reveals that key', () => {
    const { model, effects } = play(openedModel(), 'j j x');
    expect(model.revealed?.ref).toBe('password');
    expect(types(effects)).toContain('measure');
  });

  test('y on a closed secret opens it and then copies', () => {
    const asked = play(fresh(), 'y');
    expect(types(asked.effects)).toEqual(['open']);
    const { effects } = play(asked.model, answerOpen(asked.effects));
    expect(effects).toContainEqual({ type: 'copy-value', request: 2, ref: 'whole' });
  });

  test('a reply that nobody waits for any more is released, not shown', () => {
    const asked = play(fresh(), 'x');
    const late = answerOpen(asked.effects);
    const again = play(asked.model, 'j x');
    const { model, effects } = play(again.model, late);
    expect(effects).toEqual([{ type: 'release', opened: openedFirst }]);
    expect(model.revealed).toBeNull();
    expect(model.opened).toBeNull();
  });

  test('a secret whose cursor moved on meanwhile is not revealed', () => {
    const asked = play(fresh(), 'x');
    const moved = play(asked.model, 'j');
    const { model } = play(moved.model, answerOpen(asked.effects));
    expect(model.revealed).toBeNull();
    expect(model.opened?.id).toBe(first);
  });

  test('opening another secret releases the first', () => {
    const other = play(openedModel(), 'j j j enter');
    const reply = answerOpen(other.effects, {
      ...openedFirst,
      id: secretId('hosts/db2/postgres.age'),
      entries: [],
    });
    const { model, effects } = play(other.model, reply);
    expect(effects).toContainEqual({ type: 'release', opened: openedFirst });
    expect(model.pane).toBe('value');
    expect(selectedLine(model)?.id).toBe('hosts/db2/postgres.age');
  });

  test('a failure says where, what and what to do', () => {
    const asked = play(fresh(), 'enter');
    const request = asked.model.waiting.open ?? 0;
    const error = fail('damaged', 'the payload is not authentic', {
      where: 'a.age',
      hint: 'restore it from git',
    });
    const { model } = play(asked.model, {
      type: 'opened',
      request,
      id: first,
      purpose: 'unfold',
      outcome: error,
      identities: null,
    });
    expect(model.toast).toEqual({
      level: 'error',
      text: 'a.age: the payload is not authentic; restore it from git',
      until: null,
    });
    expect(play(model, 'j').model.toast).toBeNull();
  });
});

describe('masking', () => {
  const revealed = (): Model => play(openedModel(), 'x').model;

  test.each<[string, string | Message]>([
    ['x again', 'x'],
    ['Esc', 'esc'],
    ['moving on', 'j'],
    ['blur', { type: 'blurred' }],
    ['Ctrl-Z', 'ctrl-z'],
    ['lock', 'L'],
    ['help', '?'],
    ['search', '/'],
    ['reload', 'R'],
    ['quit', 'q'],
  ])('%s masks', (_, event) => {
    expect(revealed().revealed).not.toBeNull();
    expect(play(revealed(), event).model.revealed).toBeNull();
  });

  test('thirty seconds without a key mask; a key starts them again', () => {
    const at = (model: Model, seconds: number): Model =>
      update(model, { type: 'tick', now: noon + seconds * 1000 })[0];
    expect(at(revealed(), 29).revealed).not.toBeNull();
    expect(at(revealed(), 30).revealed).toBeNull();
    const [touched] = update(revealed(), { type: 'key', key: { name: 'tab' }, now: noon + 20_000 });
    expect(at(touched, 45).revealed).not.toBeNull();
    expect(at(touched, 50).revealed).toBeNull();
  });

  test('scrolling a long value does not mask and stops at its end', () => {
    const shape = { width: 30, rows: 100, invisible: 0, hidden: 0 };
    const long = play(revealed(), 'tab', { type: 'measured', ref: ref('whole'), shape }).model;
    expect(play(long, 'j j').model.revealed?.top).toBe(2);
    const end = play(long, 'G').model.revealed?.top ?? 0;
    expect(play(long, 'G j j').model.revealed?.top).toBe(end);
    expect(play(long, 'G g g').model.revealed?.top).toBe(0);
  });
});

describe('searching', () => {
  const hits = (request: number): Message => ({
    type: 'found',
    request,
    purpose: 'filter',
    hasMore: false,
    hits: [{ id: secretId('mail/dkim.age'), ranges: [[0, 4]] }],
  });

  test('reads the names of keys with the first search only', () => {
    expect(types(play(fresh(), '/').effects)).toEqual(['index-keys']);
    expect(types(play(fresh(), '/ esc /').effects)).toEqual(['index-keys']);
  });

  const kept = (): Model => {
    const typed = play(fresh(), '/ m a');
    return play(typed.model, hits(typed.model.waiting.search ?? 0), 'enter').model;
  };

  test('another search starts afresh, on the line that was chosen', () => {
    const { model } = play(kept(), '/');
    expect([model.filter.query, model.filter.hits, model.lines.length]).toEqual(['', null, 7]);
    expect(selectedLine(model)?.id).toBe('mail/dkim.age');
    expect(play(model, 'd').model.filter.query).toBe('d');
  });

  test.each(['up', 'ctrl-p', 'right'])('%s brings the last one back, to go on with', (key) => {
    const { model, effects } = play(kept(), `/ ${key}`);
    expect(model.filter.query).toBe('ma');
    expect(effects).toContainEqual(expect.objectContaining({ type: 'search', query: 'ma' }));
    expect(play(kept(), `esc / ${key} i`).model.filter.query).toBe('mai');
  });

  test('once something was typed or chosen, up moves and right does nothing', () => {
    expect(play(kept(), '/ d up').model.filter.query).toBe('d');
    expect(play(kept(), '/ d right').model.filter.query).toBe('d');
    const moved = play(kept(), '/ down up').model;
    expect([moved.filter.query, selectedLine(moved)?.id]).toEqual(['', 'mail/dkim.age']);
    expect(play(moved, 'right').model.filter.query).toBe('ma');
  });

  test('without a search before there is nothing to bring back', () => {
    for (const key of ['up', 'right']) expect(play(fresh(), `/ ${key}`).model.filter.query).toBe('');
  });

  test('lists hits, Enter keeps them, n goes round, Esc lists everything', () => {
    const typed = play(fresh(), '/ m a');
    const found = play(typed.model, hits(typed.model.waiting.search ?? 0));
    expect(found.model.lines.map(({ id }) => id)).toEqual(['mail/dkim.age']);
    const kept = play(found.model, 'enter').model;
    expect(kept.filter.isTyping).toBe(false);
    expect(play(kept, 'n').model.cursor).toBe(0);
    const cleared = play(kept, 'esc').model;
    expect(cleared.lines.length).toBe(7);
    expect(selectedLine(cleared)?.id).toBe('mail/dkim.age');
  });

  test('a late answer to an older query is dropped', () => {
    const typed = play(fresh(), '/ m');
    const old = typed.model.waiting.search ?? 0;
    expect(play(play(typed.model, 'a').model, hits(old)).model.filter.hits).toBeNull();
  });

  test('letters are text and no commands; a paste is text without its controls', () => {
    const { model, effects } = play(fresh(), '/ q', { type: 'pasted', text: 'x\u001b[31my\nrm' });
    expect(model.filter.query).toBe('qx[31my');
    expect(types(effects)).not.toContain('quit');
  });

  test('a paste outside a line does nothing', () => {
    const { model, effects } = play(fresh(), { type: 'pasted', text: 'qLRy' });
    expect(effects).toEqual([]);
    expect(model.lines.length).toBe(7);
  });

  test('erasing', () => {
    expect(play(fresh(), '/ a b backspace').model.filter.query).toBe('a');
    expect(play(fresh(), '/ a b ctrl-u').model.filter.query).toBe('');
    expect(play(fresh(), '/ a backspace backspace').model.filter.isTyping).toBe(false);
  });
});

describe('what cannot be done', () => {
  test.each([
    ['j j j j enter', 'the file does not exist'],
    ['j j j j j x', 'the file is damaged: the header ends early'],
    [']', 'no search is active'],
    ['h', 'nothing is unfolded'],
  ])('%s is refused with its reason', (keys, reason) => {
    const { model, effects } = play(fresh(), keys);
    expect(model.toast?.text).toBe(`not available: ${reason}`);
    expect(types(effects)).not.toContain('open');
  });

  test('a secret that no key opens', () => {
    const [asked] = start(fresh());
    const request = asked.waiting.survey ?? 0;
    const id = secretId('shared/postgres-admin.age');
    const { model } = play(asked, { type: 'surveyed', request, readable: [[id, 'no']] }, 'G y');
    expect(model.toast?.text).toBe('not available: no key found here opens it');
  });
});

describe('a key that means nothing', () => {
  test.each([
    ['Q', 'Q does nothing here · ? help'],
    ['g x', 'g x does nothing here · ? help'],
    ['i x', 'x does nothing here · ? help'],
  ])('%s says so, and where to look', (keys, says) => {
    const { model, effects } = play(fresh(), keys);
    expect(model.toast).toMatchObject({ level: 'info', text: says });
    expect(effects).toEqual([]);
  });

  test('is text where text is typed, and nothing where a passphrase is', () => {
    expect(play(fresh(), '/ Q').model.toast).toBeNull();
    const asked: Message = { type: 'passphrase-asked', origin: '~/.ssh/id_ed25519', attempt: 1 };
    expect(play(fresh(), asked, 'F9').model.toast).toBeNull();
  });
});

describe('one step back at a time', () => {
  test('mask, pane, keys, filter, and then nothing', () => {
    const deep = play(openedModel(), 'x tab').model;
    const masked = play(deep, 'esc').model;
    expect([masked.revealed, masked.pane]).toEqual([null, 'value']);
    const list = play(masked, 'esc').model;
    expect([list.pane, list.isUnfolded]).toEqual(['list', true]);
    const folded = play(list, 'esc').model;
    expect(folded.isUnfolded).toBe(false);
    expect(types(play(folded, 'esc').effects)).toEqual([]);
  });

  test('q closes a view and quits at the top', () => {
    expect(types(play(fresh(), 'i q').effects)).toEqual([]);
    expect(types(play(fresh(), 'q').effects)).toEqual(['quit']);
    expect(types(play(fresh(), 'i ctrl-c').effects)).toEqual(['quit']);
  });
});

describe('copying', () => {
  test('says what the report says and counts down', () => {
    const asked = play(openedModel(), 'y');
    const report = {
      route: 'osc52',
      certainty: 'sent',
      clearsAfterSeconds: 45,
      says: 'sent to your terminal',
    } as const;
    const { model } = play(asked.model, {
      type: 'copied',
      request: asked.model.waiting.copy ?? 0,
      outcome: ok(report),
    });
    expect(model.toast?.text).toBe('postgres.age sent to your terminal');
    expect(model.clipboardClearsAt).toBe(noon + 45_000);
    expect(play(model, { type: 'cleared', says: 'clipboard cleared' }).model.clipboardClearsAt).toBeNull();
  });

  test('says what was copied, or was not', () => {
    const copied = (model: Model, outcome: Outcome<CopyReport>): string | undefined =>
      play(model, { type: 'copied', request: model.waiting.copy ?? 0, outcome }).model.toast?.text;
    const report = {
      route: 'desktop',
      certainty: 'copied',
      clearsAfterSeconds: 45,
      says: 'copied',
    } as const;
    expect(copied(play(openedModel(), 'j y').model, ok(report))).toBe('postgres.age#user copied');
    expect(copied(play(fresh(), 'Y').model, ok(report))).toBe('the path of postgres.age copied');
    const refused = fail('io', 'no terminal is attached to tmux', { hint: 'attach one' });
    expect(copied(play(openedModel(), 'y').model, refused)).toBe(
      'postgres.age not copied: no terminal is attached to tmux; attach one',
    );
  });

  test('Y copies the address, with the key where the line is one', () => {
    expect(play(fresh(), 'Y').effects).toEqual([{ type: 'copy-text', request: 1, text: first }]);
    expect(play(openedModel(), 'j Y').effects).toContainEqual({
      type: 'copy-text',
      request: 2,
      text: `${first}#user`,
    });
  });
});

describe('keys typed ahead of a search', () => {
  const hit = (id: string): { id: ReturnType<typeof secretId>; ranges: [] } => ({
    id: secretId(id),
    ranges: [],
  });
  const found = (request: number, ...ids: readonly string[]): Message => ({
    type: 'found',
    request,
    purpose: 'filter',
    hasMore: false,
    hits: ids.map(hit),
  });

  test('act on what it finds, in their order', () => {
    const typed = play(fresh(), '/ d b 2 enter x');
    expect(types(typed.effects)).not.toContain('open');
    const { model, effects } = play(
      typed.model,
      found(typed.model.waiting.search ?? 0, 'hosts/db2/postgres.age'),
    );
    expect(effects).toContainEqual(expect.objectContaining({ type: 'open', id: 'hosts/db2/postgres.age' }));
    expect(model.typedAhead).toEqual([]);
  });

  test('do not hold up the way out', () => {
    expect(types(play(fresh(), '/ d enter ctrl-c').effects)).toContain('quit');
  });

  test('hits that come later leave the chosen line and what it shows alone', () => {
    const typed = play(fresh(), '/ d b enter');
    const first = play(typed.model, found(typed.model.waiting.search ?? 0, 'hosts/db1/postgres.age'), 'x');
    const shown = play(first.model, answerOpen(first.effects)).model;
    expect(shown.revealed).not.toBeNull();
    const indexed = play(shown, { type: 'indexed', request: shown.waiting.index ?? 0, skipped: 0 }).model;
    const more = found(indexed.waiting.search ?? 0, 'mail/dkim.age', 'hosts/db1/postgres.age');
    const { model } = play(indexed, more);
    expect(selectedLine(model)?.id).toBe('hosts/db1/postgres.age');
    expect(model.cursor).toBe(1);
    expect(model.revealed).not.toBeNull();
  });

  test('a better hit that comes later is selected while nobody chose', () => {
    const typed = play(fresh(), '/ d b');
    const first = play(typed.model, found(typed.model.waiting.search ?? 0, 'hosts/db1/postgres.age')).model;
    const indexed = play(first, { type: 'indexed', request: first.waiting.index ?? 0, skipped: 0 }).model;
    const { model } = play(
      indexed,
      found(indexed.waiting.search ?? 0, 'mail/dkim.age', 'hosts/db1/postgres.age'),
    );
    expect(selectedLine(model)?.id).toBe('mail/dkim.age');
  });
});
