import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSession } from '../../src/app/open-session.ts';
import type { Session } from '../../src/app/session.ts';
import { openValues } from '../../src/app/usecases/open-values.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import type { PassphraseRequest } from '../../src/crypto/keyring.ts';
import { encrypted, member } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const open = member('open');
const locked = [generateX25519(), generateX25519()] as const;
const names = Array.from({ length: 70 }, (_, index) => `s/${String(index).padStart(2, '0')}.age` as SecretId);
const keyOf = (index: number): string =>
  index % 10 === 0 ? open.publicLine : (locked[index % 2]?.recipient.id ?? '');

/** 70 files: a tenth opens with a key that is not locked, the others with one of two that are. */
async function house(): Promise<Session> {
  const files: Record<string, string | Uint8Array> = {};
  const entries: string[] = [];
  for (const [index, name] of names.entries()) {
    files[name] = await encrypted(name, [keyOf(index)]);
    entries.push(`"${name}".publicKeys = [ "${keyOf(index)}" ];`);
  }
  const root = gitRepository({ ...files, 'secrets.nix': `{\n${entries.join('\n')}\n}\n` });
  const directory = temporaryDirectory();
  const identityFiles = [path.join(directory, 'open')];
  writeFileSync(identityFiles[0] ?? '', open.privateFile, { mode: 0o600 });
  for (const [index, { identity }] of locked.entries()) {
    const file = await encryptWithPassphrase(identity, Buffer.from(`pass ${index}`), {
      armor: true,
      workFactor: 2,
    });
    if (!file.ok) throw new Error(file.error.says);
    const place = path.join(directory, `locked-${index}`);
    writeFileSync(place, file.value, { mode: 0o600 });
    identityFiles.push(place);
  }
  const opened = await openSession({
    path: root,
    rulesFiles: [],
    identityFiles,
    defaultIdentities: false,
    env: {},
  });
  if (!opened.ok) throw new Error(opened.error.says);
  onTestFinished(() => opened.value.lock());
  return opened.value;
}

/** Answers as `answer` says, and keeps the questions. */
function asker(answer: (request: PassphraseRequest) => string | null) {
  const asked: string[] = [];
  return {
    asked,
    ask: async (request: PassphraseRequest) => {
      asked.push(path.basename(request.origin));
      const text = answer(request);
      return text === null ? null : Uint8Array.from(Buffer.from(text));
    },
  };
}

const right = ({ origin }: PassphraseRequest): string => `pass ${origin.at(-1)}`;

test('many files take one question for each locked key, however many need it', async () => {
  const session = await house();
  const { ask, asked } = asker(right);
  const progress: number[] = [];
  const opened = await openValues(session, names, { ask, onProgress: (done) => progress.push(done) });
  if (!opened.ok) throw new Error(opened.error.says);
  expect(asked.toSorted()).toEqual(['locked-0', 'locked-1']);
  expect(opened.value.failed).toEqual([]);
  expect(opened.value.held.map(({ id }) => id).toSorted()).toEqual(names);
  for (const { id, ref, size } of opened.value.held) {
    expect(size).toBe(id.length);
    expect(session.lend(ref, (bytes) => Buffer.from(bytes).toString())).toMatchObject({ value: id });
  }
  expect(progress.at(-1)).toBe(names.length);
});

test('who does not know a passphrase is not asked for it again at the next file', async () => {
  const session = await house();
  const { ask, asked } = asker((request) => (request.origin.endsWith('0') ? 'wrong' : right(request)));
  const opened = await openValues(session, names, { ask });
  if (!opened.ok) throw new Error(opened.error.says);
  expect(asked.filter((origin) => origin === 'locked-0').length).toBeLessThanOrEqual(3);
  expect(asked.filter((origin) => origin === 'locked-1')).toHaveLength(1);
  expect(opened.value.failed.map(({ id }) => id).toSorted()).toEqual(
    names.filter((_, index) => index % 10 !== 0 && index % 2 === 0),
  );
});

test('nothing is held once it was stopped', async () => {
  const session = await house();
  const stop = new AbortController();
  const { ask } = asker((request) => {
    stop.abort();
    return right(request);
  });
  const opened = await openValues(session, names, { ask, signal: stop.signal });
  expect(opened).toMatchObject({ ok: false, error: { code: 'stopped' } });
});
