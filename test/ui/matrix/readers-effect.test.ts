import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSession } from '../../../src/app/open-session.ts';
import type { Session } from '../../../src/app/session.ts';
import { readGivenKeys } from '../../../src/crypto/read-given-keys.ts';
import { giveReaders } from '../../../src/ui/matrix/readers-effect.ts';
import type { ReadersWish } from '../../../src/ui/matrix/readers-wish.ts';
import { encrypted, member } from '../../support/agenix-repository.ts';
import { gitRepository } from '../../support/git-repository.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { secretId } from '../support/fake-session.ts';

const alice = member('alice');
const bob = member('bob');
const web1 = member('web1');
const web2 = member('web2');
const files = ['secrets.nix', 'a.age', 'b.age', 'locked.age'];

/** `web` is a list that a.age and b.age have readers from; nobody here opens locked.age. */
async function house(): Promise<{ root: string; session: Session }> {
  const root = path.join(temporaryDirectory(), 'repository');
  mkdirSync(root);
  const keys = [alice, bob, web1, web2].map(({ name, publicLine }) => `  ${name} = "${publicLine}";`);
  const rules = `let
${keys.join('\n')}
  web = [ web1 web2 ];
in {
  "a.age".publicKeys = [ alice ] ++ web;
  "b.age".publicKeys = [ alice ] ++ web;
  "locked.age".publicKeys = [ bob ];
}
`;
  gitRepository(
    {
      'secrets.nix': rules,
      'a.age': await encrypted('a', [alice, web1, web2]),
      'b.age': await encrypted('b', [alice, web1, web2, bob]),
      'locked.age': await encrypted('locked', [bob, web1]),
    },
    root,
  );
  const key = path.join(temporaryDirectory(), 'key');
  writeFileSync(key, alice.privateFile);
  const options = {
    path: root,
    rulesFiles: [],
    identityFiles: [key],
    defaultIdentities: false,
    env: {},
    stateDirectory: temporaryDirectory(),
  };
  const session = await openSession(options);
  if (!session.ok) throw new Error(session.error.says);
  onTestFinished(() => session.value.lock());
  return { root, session: session.value };
}

const bytes = (root: string): string[] => files.map((file) => readFileSync(path.join(root, file), 'base64'));
const quiet = { ask: async () => null };
const ignored = (): void => undefined;
const drifted: ReadersWish = {
  kind: 'rekey',
  ids: [secretId('b.age'), secretId('locked.age')],
  all: false,
};

describe('giving files other readers', () => {
  test('of a list that others have readers from, shows what changing it comes to, and what else to do', async () => {
    const { root, session } = await house();
    const before = bytes(root);
    const wish: ReadersWish = {
      kind: 'toggles',
      toggles: [{ secret: secretId('a.age'), reader: 'web2', to: 'revoke' }],
    };
    const { outcome, notes, texts } = await giveReaders(session, wish, 'none', quiet, ignored);
    expect(outcome).toMatchObject({ ok: true, value: { did: 'ask' } });
    expect(notes[0]).toMatch(/^! web2 comes with a list that gives readers to 1 other secret, too: b\.age$/);
    expect(notes[1]).toMatch(/^for this alone, edit the rules by hand: secrets\.nix:8: put \[ alice web1 \]/);
    expect(texts[0]?.lines.map(({ sign, text }) => `${sign}${text.trim()}`)).toEqual([
      '-web = [ web1 web2 ];',
      '+web = [ web1 ];',
    ]);
    expect(bytes(root)).toEqual(before);
  });

  test('of a reader as a whole, tells what follows, by the name that a new key gets', async () => {
    const { root, session } = await house();
    const before = bytes(root);
    const given = readGivenKeys(member('web3', 'root@web1').publicLine);
    const [key] = given.ok ? given.value.keys : [];
    if (key === undefined) throw new Error('no key');
    const request = { kind: 'add', name: 'web3', key, group: 'web', beside: null, secrets: [] } as const;
    const wish: ReadersWish = { kind: 'reader', request };
    const { outcome, notes } = await giveReaders(session, wish, 'none', quiet, ignored);
    expect(notes).toEqual([
      expect.stringMatching(/^! what stands beside the key names web1/),
      expect.stringMatching(/^key of web3: ssh-ed25519 SHA256:/),
    ]);
    if (!outcome.ok || outcome.value.did !== 'ask') throw new Error('nothing is asked');
    const gains = outcome.value.plan.steps.flatMap(({ readerChange }) => readerChange?.gains ?? []);
    expect(gains.map(({ name }) => name)).toEqual(['web3', 'web3']);
    expect(bytes(root)).toEqual(before);
    const written = await giveReaders(session, wish, outcome.value.agreement, quiet, ignored);
    expect(written.outcome).toMatchObject({ ok: true, value: { did: 'written', files: 3 } });
  });

  test('says of what cannot be opened that it stays, and fails where that is all', async () => {
    const { session } = await house();
    const { outcome, notes } = await giveReaders(session, drifted, 'none', quiet, ignored);
    expect(outcome).toMatchObject({ ok: true, value: { did: 'ask', plan: { steps: [{ path: 'b.age' }] } } });
    expect(notes).toEqual([expect.stringMatching(/^! locked\.age stays as it is: /)]);
    const alone = await giveReaders(
      session,
      { ...drifted, ids: [secretId('locked.age')] },
      'none',
      quiet,
      ignored,
    );
    expect(alone.outcome).toMatchObject({ ok: false, error: { where: 'locked.age' } });
  });

  test('writes what was agreed to and nothing else', async () => {
    const { root, session } = await house();
    const before = bytes(root);
    const asked = await giveReaders(session, drifted, 'none', quiet, ignored);
    if (!asked.outcome.ok || asked.outcome.value.did !== 'ask') throw new Error('nothing was asked');
    const { agreement } = asked.outcome.value;
    const other = await giveReaders(session, { ...drifted, all: true }, { plan: 'another' }, quiet, ignored);
    expect(other.outcome).toMatchObject({ ok: true, value: { did: 'ask' } });
    expect(bytes(root)).toEqual(before);
    const told: number[] = [];
    const done = await giveReaders(session, drifted, agreement, quiet, (count) => told.push(count));
    expect(done.outcome).toMatchObject({ ok: true, value: { did: 'written', files: 1 } });
    expect(told.length).toBeGreaterThan(0);
    const after = bytes(root);
    expect(after.map((text, index) => text === before[index])).toEqual([true, true, false, true]);
  });

  test.each(['opened', 'encrypted'] as const)(
    'stops once something is %s, with nothing written',
    async (when) => {
      const { root, session } = await house();
      const before = bytes(root);
      const stop = new AbortController();
      let stopped = 0;
      const halt = (): void => {
        stopped += 1;
        stop.abort();
      };
      const opening = { ...quiet, signal: stop.signal, onProgress: when === 'opened' ? halt : ignored };
      const { outcome } = await giveReaders(
        session,
        { ...drifted, ids: [secretId('b.age'), secretId('a.age')], all: true },
        'anything',
        opening,
        when === 'encrypted' ? halt : ignored,
      );
      expect(stopped).toBeGreaterThan(0);
      expect(outcome).toMatchObject({ ok: false, error: { code: 'stopped' } });
      expect(bytes(root)).toEqual(before);
    },
  );
});
