import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSession } from '../../../src/app/open-session.ts';
import type { Session } from '../../../src/app/session.ts';
import { applyPlan } from '../../../src/app/usecases/apply-plan.ts';
import { prepareReaders } from '../../../src/app/usecases/prepare-readers.ts';
import { prepareReversal } from '../../../src/app/usecases/prepare-reversal.ts';
import { changedLines } from '../../../src/core/changed-lines.ts';
import type { RecipientId } from '../../../src/core/recipient.ts';
import type { SecretId } from '../../../src/core/secret.ts';
import { parseHeader } from '../../../src/crypto/parse-header.ts';
import { evaluateWithNix } from '../../../src/store/nix/nix-instantiate.ts';
import { encrypted, member } from '../../support/agenix-repository.ts';
import { writeFiles } from '../../support/git-repository.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { type Layout, layouts, membersOf, type WrittenEntry } from './layouts.ts';

const members = ['alice', 'bob', 'carol', 'web1', 'web2'].map((name) => member(name));
const idOf = new Map(members.map(({ name, id }) => [name, id]));
const idsOf = (reader: string): readonly string[] => membersOf(reader).map((name) => idOf.get(name) ?? '');

interface Toggle {
  readonly reader: string;
  readonly index: number;
  readonly to: 'grant' | 'revoke';
}

interface Case {
  readonly layout: Layout;
  readonly entries: readonly WrittenEntry[];
  readonly toggles: readonly Toggle[];
  readonly editGroups: boolean;
}

/** alice, who opens all of it here, reads everything and stays. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    layout: fc.constantFrom(...layouts),
    readers: fc.array(
      fc.uniqueArray(
        fc.constantFrom('bob', 'carol', 'web1', 'web2', 'team', 'team', 'machines', 'machines'),
        { maxLength: 3 },
      ),
      { minLength: 2, maxLength: 5 },
    ),
    toggles: fc.array(
      fc.record({
        reader: fc.constantFrom('bob', 'carol', 'web1', 'web2', 'machines'),
        index: fc.nat(4),
        to: fc.constantFrom('grant' as const, 'revoke' as const, 'revoke' as const),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    editGroups: fc.boolean(),
  })
  .map(({ layout, readers, toggles, editGroups }) => ({
    layout,
    entries: readers.map((some, index) => ({ key: `s${index}.age`, readers: withAlice(some) })),
    toggles: toggles.map((toggle) => ({ ...toggle, index: toggle.index % readers.length })),
    editGroups,
  }));

/** Nobody twice, which ragenix refuses. */
function withAlice(readers: readonly string[]): readonly string[] {
  const inGroup = new Set(
    readers.flatMap((reader) => (membersOf(reader).length > 1 ? membersOf(reader) : [])),
  );
  const once = readers.filter((reader) => membersOf(reader).length > 1 || !inGroup.has(reader));
  return inGroup.has('alice') ? once : ['alice', ...once];
}

/** What real Nix says: entry → readers, over all rules files. */
async function nixReaders(
  root: string,
  rules: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const file of rules) {
    const rulesPath = path.join(root, file);
    const result = await evaluateWithNix({ root, rulesPath, env: process.env, timeout: 60_000 });
    if (!result.ok) throw new Error(result.error.says);
    for (const [key, { publicKeys }] of Object.entries(
      result.value as Record<string, { publicKeys: string[] }>,
    )) {
      const ids = publicKeys.map((key) => key.trim().split(' ').slice(0, 2).join(' '));
      found.set(path.posix.join(path.posix.dirname(file), key), new Set(ids));
    }
  }
  return found;
}

async function sessionOf(root: string, identity: string): Promise<Session> {
  const opened = await openSession({
    path: root,
    rulesFiles: [],
    identityFiles: [identity],
    defaultIdentities: false,
    env: { XDG_STATE_HOME: path.join(path.dirname(identity), 'state') },
  });
  if (!opened.ok) throw new Error(opened.error.says);
  return opened.value;
}

const comments = (text: string): readonly string[] => (text.match(/# .*/g) ?? []).toSorted();

const done = { granted: 0, revoked: 0, spread: 0, refused: 0, unchanged: 0 };

async function check({ layout, entries, toggles, editGroups }: Case): Promise<void> {
  const directory = temporaryDirectory();
  const root = path.join(directory, 'repository');
  const identity = path.join(directory, 'key');
  mkdirSync(root);
  writeFileSync(identity, members[0]?.privateFile ?? '', { mode: 0o600 });
  const rules = layout.write(members, entries);
  writeFiles(root, rules);
  const before = await nixReaders(root, layout.rules);
  const idOfEntry = (index: number): string => {
    const file = layout.rules[index % layout.rules.length] ?? '';
    return path.posix.join(path.posix.dirname(file), entries[index]?.key ?? '');
  };
  const names = entries.map((_, index) => idOfEntry(index));
  for (const [name, readers] of before) writeFiles(root, { [name]: await encrypted(name, [...readers]) });
  const all = [...Object.keys(rules), ...names];
  const contents = (): readonly string[] => all.map((file) => readFileSync(path.join(root, file), 'latin1'));
  const start = contents();
  const session = await sessionOf(root, identity);
  try {
    const meant = toggles.map(({ index, ...toggle }) => ({
      ...toggle,
      secret: idOfEntry(index) as SecretId,
    }));
    const expectedOf = (name: string): Set<string> => {
      const expected = new Set(before.get(name));
      for (const { reader, to } of meant.filter(({ secret }) => secret === name))
        for (const id of idsOf(reader)) to === 'grant' ? expected.add(id) : expected.delete(id);
      return expected;
    };
    const prepared = await prepareReaders(session, {
      toggles: meant,
      editGroups,
      breakHardLinks: false,
      ask: async () => null,
    });
    if (!prepared.ok) {
      done.refused += 1;
      expect(['bad-rules', 'refused', 'usage', 'not-found']).toContain(prepared.error.code);
      expect(contents()).toEqual(start);
      return;
    }
    const { plan } = prepared.value;
    if (plan === null) {
      done.unchanged += 1;
      for (const name of names) expect(expectedOf(name)).toEqual(before.get(name));
      return;
    }
    const applied = await applyPlan(session, plan, {
      kind: 'write',
      label: 'test',
      accept: members.map(({ id }) => id as RecipientId),
    });
    expect(applied).toMatchObject({ ok: true });
    const after = await nixReaders(root, layout.rules);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const gone = new Set(meant.filter(({ to }) => to === 'revoke').flatMap(({ reader }) => idsOf(reader)));
    for (const [name, readers] of after) {
      const expected = expectedOf(name);
      const granted = new Set(
        meant
          .filter(({ secret, to }) => secret === name && to === 'grant')
          .flatMap(({ reader }) => idsOf(reader)),
      );
      const lost = [...expected].filter((id) => editGroups && !readers.has(id));
      if (lost.length > 0) done.spread += 1;
      for (const id of lost) {
        expect([gone.has(id), granted.has(id)]).toEqual([true, false]);
        expected.delete(id);
      }
      expect([name, new Set(readers)]).toEqual([name, expected]);
      const header = parseHeader(readFileSync(path.join(root, name)));
      expect(header.ok && header.value.stanzas.length).toBe(readers.size);
    }
    for (const { to } of meant) done[to === 'grant' ? 'granted' : 'revoked'] += 1;
    for (const [file, old] of Object.entries(rules)) {
      const lines = changedLines(old, readFileSync(path.join(root, file), 'utf8'));
      const removed = lines.filter(({ sign }) => sign === '-');
      const added = lines.filter(({ sign }) => sign === '+');
      // A line for each reader, where a group of two may be taken out one by one, and a list that is emptied.
      const steps = toggles.reduce((sum, { reader }) => sum + 2 * membersOf(reader).length, 4);
      expect(removed.length).toBeLessThanOrEqual(steps);
      expect(added.length).toBeLessThanOrEqual(steps);
      // A comment behind a reader goes with the reader's line, and no other comment does.
      const kept = comments(old).filter((one) => !removed.some(({ text }) => text.includes(one)));
      const now = comments(readFileSync(path.join(root, file), 'utf8'));
      for (const one of kept) expect(now).toContain(one);
    }
    const undo = await prepareReversal(session, 'undo');
    if (!undo.ok) throw new Error(undo.error.says);
    expect(await applyPlan(session, undo.value.plan, { kind: 'undo', label: 'test' })).toMatchObject({
      ok: true,
    });
    expect(contents()).toEqual(start);
  } finally {
    session.lock();
  }
}

describeWithPeers('random grants and revokes, in rules of every layout', ['nix-instantiate'], () => {
  test('real Nix reads what was planned, files follow, other text stays, undo restores the bytes', async () => {
    await fc.assert(fc.asyncProperty(cases, check), { numRuns: 120 });
    expect(done.granted).toBeGreaterThan(10);
    expect(done.revoked).toBeGreaterThan(10);
    expect(done.spread).toBeGreaterThan(0);
    expect(done.refused).toBeGreaterThan(0);
  }, 300_000);
});
