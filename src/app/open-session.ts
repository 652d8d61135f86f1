import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type AppError, fail, type Outcome, ok } from '../core/outcome.ts';
import type { Repository } from '../core/repository.ts';
import { exactReadings, possibleReadings } from '../core/resolve-address.ts';
import type { Readable, Secret, SecretId } from '../core/secret.ts';
import type { AskPassphrase, Keyring } from '../crypto/keyring.ts';
import { findRoot } from '../store/find-root.ts';
import { lastChange } from '../store/git-history.ts';
import type { RepositoryReading } from '../store/open-repository.ts';
import { readOneSecret } from '../store/read-one-secret.ts';
import { createSecretReader } from '../store/read-secret-file.ts';
import { recogniseForeign } from '../store/recognise-foreign.ts';
import { nameByAliases } from './aliases/read-aliases.ts';
import { explainNoKey } from './identities/explain-no-key.ts';
import { indexKeys } from './index-keys.ts';
import { KeyHolder } from './key-holder.ts';
import { PlaintextVault } from './plaintext-vault.ts';
import { recoverAtStart } from './recover-at-start.ts';
import { relativeToRoot } from './relative-to-root.ts';
import { sameReaders } from './same-readers.ts';
import type { OpenedSecret, Session, SessionOptions } from './session.ts';
import { sweepScratchAtStart } from './sweep-scratch-at-start.ts';
import { createUseFinder } from './use-finder.ts';
import { userDirectory } from './user-directory.ts';

// Asked for once each: an import() of a loaded file still takes longer than decrypting one.
let decryption: Promise<typeof import('../crypto/decrypt-file.ts')> | undefined;
let payloads: Promise<typeof import('../core/payload/parse-payload.ts')> | undefined;
// Reading rules is half of the program, and one secret addressed by its path needs none of it.
const loadReading = () => import('../store/open-repository.ts');
const loadDecryption = () => (decryption ??= import('../crypto/decrypt-file.ts'));
const loadPayloads = () => (payloads ??= import('../core/payload/parse-payload.ts'));

const stopped = (): Outcome<never> => fail('stopped', 'stopped');
const changed = (id: SecretId): Outcome<never> =>
  fail('changed', 'the file has other readers than when the repository was read', {
    where: id,
    hint: 'read the repository again',
  });

/**
 * Opens the repository at or above `options.path`. No key is looked for and nothing is decrypted before it is needed.
 * Errors: those of `openRepository`.
 */
export async function openSession(options: SessionOptions, signal?: AbortSignal): Promise<Outcome<Session>> {
  await sweepScratchAtStart(options.env);
  const recovery = await recoverAtStart(options.path);
  const first = await readWanted(options, signal);
  if (!first.ok) return first;
  let reading = await withAliases(first.value, options);
  const keys = new KeyHolder(options);
  const vault = new PlaintextVault();
  const readSecretFile = createSecretReader(reading.repository.root, () => reading.kept);
  /** Counts locks, so that a decryption that was under way when the user locked does not bring a value back. */
  let locks = 0;

  let secrets = byId(reading);

  const identities = async () => (await keys.search()).statuses;

  const reread = async (rereadSignal?: AbortSignal): Promise<Outcome<Repository>> => {
    const { readRepository } = await loadReading();
    const { only: _, ...whole } = options;
    const again = await readRepository({ ...whole, path: reading.repository.root }, rereadSignal);
    if (!again.ok) return again;
    reading = await withAliases(again.value, options);
    secrets = byId(reading);
    return ok(reading.repository);
  };

  const readable = async (id: SecretId): Promise<Readable> => {
    const stanzas = reading.stanzas.get(id);
    return stanzas === undefined ? 'unknown' : (await keys.keyring()).readable(stanzas);
  };

  const decrypt = async (
    id: SecretId,
    ask: AskPassphrase,
    signal?: AbortSignal,
    onFile?: (file: Uint8Array) => void,
  ): Promise<Outcome<Uint8Array>> => {
    const secret = secrets.get(id);
    if (secret === undefined) return fail('not-found', `no secret called ${id}`);
    const lockedBefore = locks;
    const file = readSecretFile(id);
    if (!file.ok) return { ok: false, error: explainMissing(file.error, secret) };
    onFile?.(file.value);
    const before = reading.stanzas.get(id);
    const keyring = await keys.keyring();
    const { decryptFile } = await loadDecryption();
    if (signal?.aborted || locks !== lockedBefore) return stopped();
    // Another value is what the person wants to see; other readers are not those who are on the screen.
    const checked: Keyring = {
      ...keyring,
      openFileKey: (stanzas, asks) =>
        before === undefined || sameReaders(before, stanzas)
          ? keyring.openFileKey(stanzas, asks)
          : Promise.resolve(changed(id)),
    };
    const decrypted = await decryptFile(file.value, checked, ask);
    if (!decrypted.ok) {
      const foreign = decrypted.error.code === 'damaged' ? recogniseForeign(file.value, id) : null;
      return foreign ?? { ok: false, error: { ...decrypted.error, where: decrypted.error.where ?? id } };
    }
    if (!signal?.aborted && locks === lockedBefore) return decrypted;
    decrypted.value.fill(0);
    return stopped();
  };

  return ok({
    recovery,
    repository: () => reading.repository,
    reload: reread,
    identities,
    emptyKeyPlaces: async () => (await keys.search()).empty,
    readable,
    async open(id, ask, openSignal) {
      const lockedBefore = locks;
      let file = '';
      const decrypted = await decrypt(id, ask, openSignal, (bytes) => {
        file = hash('sha256', bytes);
      });
      if (!decrypted.ok) {
        // Looking at the keys of a session that was locked meanwhile would read them again.
        if (decrypted.error.code !== 'no-key' || locks !== lockedBefore) return decrypted;
        return { ok: false, error: explainNoKey(decrypted.error, await keys.search(), options) };
      }
      const { parsePayload } = await loadPayloads();
      const { kind, entries, finalNewline, lines } = await parsePayload(decrypted.value);
      if (locks !== lockedBefore) {
        for (const bytes of [decrypted.value, ...entries.map((entry) => entry.value)]) bytes.fill(0);
        return stopped();
      }
      const opened: OpenedSecret = {
        id,
        file,
        ref: vault.hold(decrypted.value),
        size: decrypted.value.length,
        kind,
        entries: entries.map(({ path, value }) => ({ path, ref: vault.hold(value), size: value.length })),
        finalNewline,
        lines,
      };
      return ok(opened);
    },
    lend: (ref, use) => vault.lend(ref, use),
    release(opened) {
      vault.release(opened.ref);
      for (const entry of opened.entries) vault.release(entry.ref);
    },
    indexKeys(onProgress, indexSignal) {
      const lockedBefore = locks;
      const isLocked = (): boolean => locks !== lockedBefore;
      const listed = reading.repository.secrets.filter((secret) => reading.stanzas.has(secret.id));
      return indexKeys(listed, { readable, decrypt, isLocked }, onProgress, indexSignal);
    },
    lastChange: (id, changeSignal) => lastChange(reading.repository.root, id, options.env, changeSignal),
    async compareValues(items, compareSignal) {
      const { compareVersions } = await import('./compare-versions.ts');
      const lockedBefore = locks;
      const isStopped = () => compareSignal?.aborted === true || locks !== lockedBefore;
      const place = { root: reading.repository.root, env: options.env };
      const ports = { ...place, keyring: () => keys.keyring(), decrypt, isStopped };
      return compareVersions(items, ports, compareSignal);
    },
    async survey(surveySignal) {
      const { surveyRepository } = await import('../store/survey/survey-repository.ts');
      try {
        const rulesFrom = rulesFilesBelow(reading);
        return ok(await surveyRepository(reading.repository.root, rulesFrom, surveySignal));
      } catch (error) {
        if (surveySignal?.aborted) return stopped();
        throw error;
      }
    },
    whereUsed: createUseFinder(
      () => reading.repository,
      () => rulesFilesBelow(reading),
    ),
    async writer() {
      const { createWriter } = await import('./writing/create-writer.ts');
      const stateDirectory =
        options.stateDirectory ?? join(userDirectory(options.env, 'XDG_STATE_HOME'), 'keyhole');
      return createWriter({ reading: () => reading, reread, identities, vault, stateDirectory });
    },
    stopUnlocking: () => keys.stopUnlocking(),
    async git() {
      const { createGitWork } = await import('./committing/create-git-work.ts');
      const rulesFrom = () => rulesFilesBelow(reading);
      const { env } = options;
      const repository = () => reading.repository;
      return createGitWork({ repository, stanzas: () => reading.stanzas, rulesFrom, reread, env });
    },
    lock() {
      locks += 1;
      vault.wipe();
      keys.forget();
    },
  });
}

/** Keys are named where rules were read; one file alone names nobody. */
async function withAliases(reading: RepositoryReading, { env }: SessionOptions): Promise<RepositoryReading> {
  if (reading.repository.recipients.size === 0) return reading;
  return { ...reading, repository: await nameByAliases(reading.repository, env) };
}

/** All of the repository, or of the one secret that is wanted as much as is wanted of it. */
async function readWanted(
  options: SessionOptions,
  signal?: AbortSignal,
): Promise<Outcome<RepositoryReading>> {
  const { only, path, rulesFiles, ...others } = options;
  const root = only === undefined ? null : findRoot(path);
  if (only !== undefined && root?.ok) {
    const here = relativeToRoot(root.value, path);
    if (only.withRules) {
      const wanted = possibleReadings(only.address, root.value, here);
      const { readRepository } = await loadReading();
      const read = await readRepository({ ...others, path, rulesFiles, only: wanted }, signal);
      if (read.ok && read.value.repository.secrets.length > 0) return read;
    } else if (rulesFiles.length === 0) {
      const one = readOneSecret(root.value, exactReadings(only.address, root.value, here));
      if (one !== null) return ok(one);
    }
  }
  const { readRepository } = await loadReading();
  return readRepository({ ...others, path, rulesFiles }, signal);
}

function rulesFilesBelow({ repository, sources }: RepositoryReading): ReadonlySet<string> {
  const { root, rules } = repository;
  const inside = [...(sources?.keys() ?? [])].filter((file) => file.startsWith(`${root}/`));
  return new Set([...rules.map(({ path }) => path), ...inside.map((file) => file.slice(root.length + 1))]);
}

function byId({ repository }: RepositoryReading): ReadonlyMap<SecretId, Secret> {
  return new Map(repository.secrets.map((secret) => [secret.id, secret]));
}

function explainMissing(error: AppError, secret: Secret): AppError {
  if (error.code !== 'not-found' || secret.rule === undefined) return error;
  return {
    ...error,
    says: 'the rules name it, but there is no such file',
    hint: 'create it, or remove its rule',
    where: secret.id,
  };
}
