import { expect, test } from 'vitest';
import { idOf } from '../../../src/store/nix/readers/prove-readers.ts';
import type { ReaderChange } from '../../../src/store/nix/readers/reader-change.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { change, changed, type Files, keyOf, realRules } from './bench.ts';
import { alice, bob, freshKey, layouts, web1, web2 } from './layouts.ts';

const fresh = freshKey('root@fresh');
const people = { alice, bob, web1, web2 };
type Person = keyof typeof people;

const adding = (beside: Person, group: string | null = null): ReaderChange => ({
  kind: 'add',
  name: 'fresh',
  key: keyOf(fresh),
  beside: [idOf(people[beside])],
  group,
  entries: [],
});
const replacing = (name: Person): ReaderChange => ({
  kind: 'replace',
  name,
  old: idOf(people[name]),
  key: keyOf(fresh),
});
const renaming = (from: Person): ReaderChange => ({
  kind: 'rename',
  from,
  to: 'somebody',
  ids: [idOf(people[from])],
});
const removing = (name: Person): ReaderChange => ({ kind: 'remove', name, ids: [idOf(people[name])] });

type Rules = Readonly<Record<string, readonly string[]>>;

const mapped = (rules: Rules, meant: (ids: readonly string[], key: string) => readonly string[]): Rules =>
  Object.fromEntries(Object.entries(rules).map(([key, texts]) => [key, meant(texts.map(idOf), key)]));

/** What real Nix must say afterwards, computed from what it said before and nothing of ours. */
function meantBy(wanted: ReaderChange): (ids: readonly string[], key: string) => readonly string[] {
  if (wanted.kind === 'replace') return (ids) => ids.map((id) => (id === wanted.old ? wanted.key.id : id));
  if (wanted.kind === 'remove') return (ids) => ids.filter((id) => !wanted.ids.includes(id));
  return (ids) => ids;
}

const linesOf = (files: Files): readonly string[] => Object.values(files).flatMap((text) => text.split('\n'));
const commentsOf = (files: Files): readonly string[] =>
  linesOf(files).filter((line) => line.trim().startsWith('#'));

const changes: readonly ReaderChange[] = [
  adding('bob'),
  adding('web2'),
  ...(['alice', 'bob', 'web1', 'web2'] as const).flatMap((name) => [
    replacing(name),
    renaming(name),
    removing(name),
  ]),
];

describeWithPeers('a change of a reader, in every layout', ['nix-instantiate'], () => {
  const done = new Map<string, number>();

  test.each(layouts)('$layout', { timeout: 240_000 }, async ({ files, rules }) => {
    const before = await realRules(files, rules);
    for (const wanted of changes) {
      const after = changed({ files, rules }, wanted);
      if (typeof after === 'string') continue;
      done.set(wanted.kind, (done.get(wanted.kind) ?? 0) + 1);
      const found = mapped(await realRules(after, rules), (ids) => ids);
      expect(found, JSON.stringify(wanted)).toEqual(mapped(before, meantBy(wanted)));
      expect(commentsOf(after)).toEqual(commentsOf(files));
      const gone = linesOf(files).filter((line) => !linesOf(after).includes(line));
      const touched = wanted.kind === 'rename' ? new RegExp(wanted.from) : /./;
      for (const line of gone) expect(line).toMatch(touched);
      // A new reader is a new line, unless all stands on one.
      if (wanted.kind === 'add' && linesOf(files).length > 8)
        expect(gone.filter((line) => !line.includes('{ '))).toEqual([]);
    }
  });

  test('was done often, and not only refused', () => {
    expect(Object.fromEntries(done)).toEqual({ add: 16, replace: 36, rename: 19, remove: 25 });
  });
});

describeWithPeers('a group feeds what it feeds', ['nix-instantiate'], () => {
  const columns = layouts.find(({ layout }) => layout.startsWith('comments')) ?? layouts[0];
  const sets = layouts.find(({ layout }) => layout.startsWith('sets of names')) ?? layouts[0];
  if (columns === undefined || sets === undefined) throw new Error('no layouts');

  test('a new member of a list is read out to every entry with that list, and to no other', async () => {
    const after = changed(columns, adding('web2', 'hosts'));
    if (typeof after === 'string') throw new Error(after);
    const now = await realRules(after, columns.rules);
    expect(Object.keys(now).filter((key) => now[key]?.includes(fresh))).toEqual(['db.age', 'web.age']);
    expect(after['secrets.nix']).toContain('    web2\n    fresh\n  ];');
  });

  test('a new member of a set comes to all that takes the whole set', async () => {
    const after = changed(sets, adding('web2', 'hosts'));
    if (typeof after === 'string') throw new Error(after);
    const now = await realRules(after, sets.rules);
    expect(Object.keys(now).filter((key) => now[key]?.includes(fresh))).toEqual(['all.age']);
    // Unasked, nobody reads more because somebody new is written down.
    expect(change(sets, adding('web2'))).toMatchObject({
      ok: false,
      error: { code: 'unsupported', hint: expect.stringContaining('--group hosts') },
    });
  });

  test('who leaves a list keeps what was given otherwise, and comes back byte for byte', async () => {
    const left = changed(columns, { kind: 'leave', name: 'bob', ids: [idOf(bob)], group: 'people' });
    if (typeof left === 'string') throw new Error(left);
    const now = await realRules(left, columns.rules);
    expect(now).toEqual({
      'bob.age': [bob, alice],
      'db.age': [alice, web1, web2],
      'web.age': [web1, web2, bob],
    });
    const back = changed(
      { ...columns, files: left },
      { kind: 'join', name: 'bob', id: idOf(bob), group: 'people' },
    );
    expect(back).toEqual(columns.files);
  });

  test.each<[string, ReaderChange, string]>([
    ['is no group', adding('bob', 'nobody'), 'not-found: the rules have no group called nobody'],
    [
      'has the reader already',
      { kind: 'join', name: 'bob', id: idOf(bob), group: 'people' },
      'usage: bob is in people already',
    ],
    [
      'would name a reader twice',
      { kind: 'join', name: 'bob', id: idOf(bob), group: 'hosts' },
      'usage: bob reads db.age already, and would be there twice',
    ],
    [
      'does not have the reader',
      { kind: 'leave', name: 'bob', ids: [idOf(bob)], group: 'hosts' },
      'not-found: bob reads nothing through hosts',
    ],
  ])('is refused where it %s', (_, wanted, says) => {
    expect(changed(columns, wanted)).toBe(says);
  });

  test.each(['"; evil = "', '${builtins.readFile ./secrets.nix}', "''${alice}''", "it's", 'back\\slash'])(
    'a comment that Nix could take for more than text is left out: %s',
    (comment) => {
      const plain = freshKey('');
      const key = keyOf(`${plain} ${comment}`);
      const tall = (quote: string): string =>
        `let\n  alice = "${alice}";\n  bob = ${quote}${bob}${quote};\nin { "a.age".publicKeys = [ alice bob ]; }\n`;
      for (const quote of ['"', "''"]) {
        const layout = { rules: 'secrets.nix', files: { 'secrets.nix': tall(quote) } };
        const replaced = changed(layout, { kind: 'replace', name: 'bob', old: idOf(bob), key });
        expect(replaced).toEqual({ 'secrets.nix': tall(quote).replace(bob, plain) });
        const added = changed(layout, {
          kind: 'add',
          name: 'fresh',
          key,
          beside: [idOf(bob)],
          group: null,
          entries: [],
        });
        expect(added).toEqual({
          'secrets.nix': tall(quote).replace('\nin', `\n  fresh = ${quote}${plain}${quote};\nin`),
        });
      }
    },
  );

  test('a key that is put together is nobody whom the rules write down, and is not taken apart', () => {
    const [head, tail] = [bob.slice(0, 40), bob.slice(40)];
    const files = {
      'secrets.nix': `let bob = "${head}" + "${tail}"; alice = "${alice}"; in { "a.age".publicKeys = [ alice bob ]; }`,
    };
    const layout = { rules: 'secrets.nix', files };
    expect(changed(layout, removing('bob'))).toBe(
      'unsupported: bob is used in a way that cannot be taken out',
    );
    expect(changed(layout, replacing('bob'))).toMatch(/^unsupported: .* not written out/);
    expect(changed(layout, removing('alice'))).toEqual({
      'secrets.nix': files['secrets.nix']
        .replace(` alice = "${alice}";`, '')
        .replace('[ alice bob ]', '[ bob ]'),
    });
  });

  test('nobody is left without a reader', () => {
    const only = layouts[0];
    if (only === undefined) throw new Error('no layout');
    expect(changed(only, removing('bob'))).toBe('usage: nobody could read armored.age any more');
  });

  test('what cannot be proved is refused with the lines to change by hand', () => {
    const computed = layouts.find(({ layout }) => layout.startsWith('mapAttrs'));
    if (computed === undefined) throw new Error('no layout');
    const refused = change(computed, removing('web1'));
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unsupported' },
      byHand: [
        { at: { file: 'secrets.nix', line: 2 }, remove: 'web1' },
        { at: { file: 'secrets.nix', line: 7 }, remove: 'web1' },
      ],
    });
  });
});
