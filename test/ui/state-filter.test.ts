import { describe, expect, test } from 'vitest';
import { disabledReason } from '../../src/ui/keys/availability.ts';
import { type ShownState, shownStates } from '../../src/ui/keys/shown-states.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { selectedLine } from '../../src/ui/state/select.ts';
import { wantedBy, withState } from '../../src/ui/state/state-filter.ts';
import { start } from '../../src/ui/state/update.ts';
import { drive, keys } from './support/drive.ts';
import { secretId } from './support/fake-session.ts';
import { fresh, play, types } from './support/play.ts';
import { sample } from './support/sample.ts';

const ids = ({ lines }: Model): string[] => lines.map(({ id }) => id);
const foreign = secretId('shared/postgres-admin.age');

/** Asked which secrets the keys open, with an answer for one of them. */
function surveyed(model: Model): Model {
  const [asked] = start(model);
  const readable = [[foreign, 'no']] as const;
  return play(asked, { type: 'surveyed', request: asked.waiting.survey ?? 0, readable }).model;
}

describe('only one state', () => {
  test.each([
    ['f d', ['hosts/web1/postgres-ro.age']],
    ['f m', ['lost.age']],
    ['f x', ['mail/dkim.age']],
    ['f n', ['shared/postgres-admin.age']],
  ])('%s lists %j; Esc, or the same again, lists all', (key, listed) => {
    const { model, effects } = play(surveyed(fresh()), key);
    expect(ids(model)).toEqual(listed);
    // No key is looked for and nothing decrypted to tell a state.
    expect(types(effects).filter((type) => type !== 'last-change')).toEqual([]);
    expect(play(model, 'esc').model.lines).toHaveLength(7);
    expect(play(model, key).model.lines).toHaveLength(7);
    expect(play(model, key).model.filter.query).toBe('');
  });

  test('the cursor stays where it was if that is listed', () => {
    const on = play(fresh(), 'j j').model;
    const narrowed = play(on, 'f d').model;
    expect(selectedLine(narrowed)?.id).toBe('hosts/web1/postgres-ro.age');
    expect(selectedLine(play(narrowed, 'esc').model)?.id).toBe('hosts/web1/postgres-ro.age');
  });

  test('f f goes through those that are there, worst first, and ends with all', () => {
    let model = surveyed(fresh());
    const seen: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      model = play(model, 'f f').model;
      seen.push(model.filter.query);
    }
    expect(seen).toEqual(['state:drift', 'state:missing', 'state:damaged', 'state:no-key', 'state:ok', '']);
  });

  test('what nothing is in gives its reason', () => {
    expect(disabledReason(fresh(), 'only-orphan')).toBe('no secret is orphan');
    expect(disabledReason(fresh(), 'only-drift')).toBeNull();
    expect(disabledReason(fresh(), 'only-no-key')).toBe('what the keys open is not known yet');
    expect(disabledReason(surveyed(fresh()), 'only-no-key')).toBeNull();
    const { model } = play(fresh(), 'f o');
    expect(model.lines).toHaveLength(7);
    expect(model.toast?.text).toBe('not available: no secret is orphan');
  });

  test('what the keys open is listed as it comes to light', () => {
    const typed = play(fresh(), '/ s t a t e : n').model;
    expect(ids(typed)).toEqual([]);
    const [asked] = start({ ...typed, view: { kind: 'browser' } });
    const readable = [[foreign, 'no']] as const;
    const { model } = play(asked, { type: 'surveyed', request: asked.waiting.survey ?? 0, readable });
    expect(ids(model)).toEqual([foreign]);
  });

  test('stays on after the repository was read again', () => {
    const narrowed = play(fresh(), 'f d').model;
    const [secret] = narrowed.repository.secrets;
    if (!secret) throw new Error('the sample is empty');
    const secrets = narrowed.repository.secrets.map((one) =>
      one === secret ? { ...one, state: 'drift' as const } : one,
    );
    const reloading = play(narrowed, 'R').model;
    const { model } = play(reloading, {
      type: 'reloaded',
      request: reloading.waiting.reload ?? 0,
      outcome: { ok: true, value: { ...narrowed.repository, secrets } },
    });
    expect(model.filter.query).toBe('state:drift');
    expect(ids(model)).toEqual([secret.id, 'hosts/web1/postgres-ro.age']);
  });
});

describe('state: in the search line', () => {
  test('is read with the beginning of a state, anywhere in the line', () => {
    expect(wantedBy('state:dr')).toEqual({ states: ['drift'], reader: null, text: '' });
    expect(wantedBy('graf STATE:d env')).toEqual({
      states: ['drift', 'damaged'],
      reader: null,
      text: 'graf env',
    });
    expect(wantedBy('state:')).toEqual({ states: shownStates, reader: null, text: '' });
    expect(wantedBy('state:nothing')).toEqual({ states: [], reader: null, text: '' });
    expect(wantedBy('mystate:ok')).toEqual({ states: null, reader: null, text: 'mystate:ok' });
  });

  test.each(shownStates)('%s comes back as it went in, with text and without', (state: ShownState) => {
    for (const text of ['', 'grafana env']) {
      expect(wantedBy(withState(text, state))).toEqual({ states: [state], reader: null, text });
      expect(withState(withState(text, 'ok'), state)).toBe(withState(text, state));
    }
  });

  test('narrows what is searched for', () => {
    const { model, effects } = play(fresh(), '/ p o s t', 'enter');
    const answered = play(model, {
      type: 'found',
      request: model.waiting.search ?? 0,
      purpose: 'filter',
      hits: [],
      hasMore: false,
    }).model;
    const narrowed = play(answered, 'f d');
    expect(narrowed.model.filter.query).toBe('state:drift post');
    expect(effects.length).toBeGreaterThan(0);
    expect(narrowed.effects).toContainEqual(
      expect.objectContaining({
        type: 'search',
        query: 'post',
        within: new Set(['hosts/web1/postgres-ro.age']),
      }),
    );
  });
});

describe('on the screen', () => {
  test('the keys that may follow are named, in narrow windows too', async () => {
    for (const columns of [80, 40]) {
      const ui = await drive({ ...sample, columns });
      await ui.press('f');
      for (const words of ['d drift', 'm missing', 'n no key', 'f next']) await ui.see(words);
      await ui.press('d');
      await ui.see('/ state:drift');
      await ui.see('1 of 7');
      expect(await ui.text()).not.toContain('dkim');
      await ui.press(keys.esc);
      await ui.see('dkim');
      expect(await ui.text()).not.toContain('state:');
      await ui.quit();
    }
  });

  test('the palette finds it by its name; typing finds within it; nothing found says so', async () => {
    const ui = await drive(sample);
    await ui.press(':', 'only drift', keys.enter);
    await ui.see('/ state:drift');
    await ui.press('/', 'state:ok post');
    await ui.see('hosts/db2/postgres.age');
    expect(await ui.text()).not.toContain('postgres-ro');
    await ui.press(' web');
    await ui.see('No secrets match `state:ok post web`.');
    await ui.press(keys.esc, '?', 'show only');
    await ui.see('show only orphans  not available: no secret is orphan');
    await ui.quit();
  });
});

describe('reader: in the search line', () => {
  test('is read anywhere in the line, and taken out of what is looked for', () => {
    expect(wantedBy('reader:web1')).toEqual({ states: null, reader: 'web1', text: '' });
    expect(wantedBy('env READER:Web state:ok')).toEqual({ states: ['ok'], reader: 'Web', text: 'env' });
    expect(wantedBy('reader:')).toEqual({ states: null, reader: '', text: '' });
    expect(wantedBy('myreader:x')).toEqual({ states: null, reader: null, text: 'myreader:x' });
    expect(withState('reader:web1', 'drift')).toBe('state:drift reader:web1');
  });

  test('narrows the list to what is declared for a reader or found on the file', () => {
    const { model } = play(fresh(), '/', { type: 'pasted', text: 'reader:DB2' });
    expect(ids(model)).toEqual([
      'hosts/db1/postgres.age',
      'hosts/db2/postgres.age',
      'hosts/web1/postgres-ro.age',
    ]);
  });
});
