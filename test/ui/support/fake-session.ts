import type { CommitResult } from '../../../src/app/committing/git-work.ts';
import type { EmptyPlace } from '../../../src/app/identities/find-identities.ts';
import type { LastChange, OpenedSecret, SecretRef, Session } from '../../../src/app/session.ts';
import type { CommitPlan } from '../../../src/core/commit-plan.ts';
import type { GitState } from '../../../src/core/git-state.ts';
import type { IdentityStatus } from '../../../src/core/identity-status.ts';
import { type AppError, fail, type Outcome, ok } from '../../../src/core/outcome.ts';
import type { PayloadKind } from '../../../src/core/payload.ts';
import type { Recipient, RecipientId } from '../../../src/core/recipient.ts';
import type { Problem, Reader, Repository } from '../../../src/core/repository.ts';
import type { Readable, Secret, SecretId } from '../../../src/core/secret.ts';
import type { WhereUsed } from '../../../src/core/usage/where-used.ts';

/** One secret of the fake: its value in clear, and where it matters, its keys as `name=value` lines. */
export interface FakeSecret {
  readonly id: string;
  readonly value?: string | Uint8Array;
  readonly kind?: PayloadKind;
  readonly readable?: Readable;
  readonly asksPassphrase?: string;
  readonly fails?: AppError;
  readonly secret?: Partial<Secret>;
  /** No rule names it. */
  readonly isOrphan?: boolean;
}

export interface FakeOptions {
  readonly secrets: readonly FakeSecret[];
  readonly name?: string;
  readonly branch?: string;
  readonly problems?: readonly Problem[];
  readonly identities?: readonly IdentityStatus[];
  readonly emptyKeyPlaces?: readonly EmptyPlace[];
  readonly readers?: readonly Reader[];
  readonly recipients?: readonly Recipient[];
  /** `never`: git does not answer while the test looks. */
  readonly lastChange?: Outcome<LastChange | null> | 'never';
  readonly reloaded?: Outcome<Repository>;
  /** A passphrase is tried until that is stopped. */
  readonly unlocksNever?: boolean;
  /** Without them git does not answer while the test looks. */
  readonly gitStates?: Readonly<Record<string, GitState>>;
  /** Without them nobody knows while the test looks. */
  readonly uses?: WhereUsed;
  readonly commit?: Outcome<CommitPlan>;
  readonly committed?: Outcome<CommitResult>;
}

/** A session in memory over the real types. `calls` tells what was asked of it; `lent` how often bytes were lent. */
export interface FakeSession extends Session {
  readonly calls: string[];
  readonly held: () => number;
  /** How often it was asked where secrets are used, which takes no key: no part of `calls`. */
  readonly usesAsked: () => number;
}

export const recipientId = (text: string): RecipientId => text as RecipientId;
export const secretId = (text: string): SecretId => text as SecretId;

export function fakeRepository(options: FakeOptions): Repository {
  return {
    root: '/home/alice/nix-config',
    name: options.name ?? 'nix-config',
    git: { branch: options.branch ?? 'main', head: 'a1b2c3d4e5f6' },
    backends: ['agenix'],
    rules: [{ path: 'secrets.nix', entries: 7, keysRelativeTo: 'rules-directory', evaluatedBy: 'keyhole' }],
    secrets: options.secrets.map(fakeSecret),
    recipients: new Map((options.recipients ?? []).map((recipient) => [recipient.id, recipient])),
    readers: options.readers ?? [],
    problems: options.problems ?? [],
  };
}

function fakeSecret({ id, secret, isOrphan }: FakeSecret): Secret {
  const rule = { rulesFile: 'secrets.nix', key: id, at: { file: 'secrets.nix', line: 41, column: 3 } };
  return {
    id: secretId(id),
    backend: 'agenix',
    format: 'age',
    ...(!isOrphan && { rule }),
    declared: [],
    state: 'ok',
    armored: false,
    size: 412,
    ...secret,
  };
}

export function createFakeSession(options: FakeOptions): FakeSession {
  let repository = fakeRepository(options);
  const byId = new Map(options.secrets.map((secret) => [secret.id, secret]));
  const vault = new Map<SecretRef, Uint8Array>();
  const unlocked = new Set<string>();
  const calls: string[] = [];
  let serial = 0;
  let usesAsked = 0;

  const hold = (bytes: Uint8Array): SecretRef => {
    serial += 1;
    const ref = `ref-${serial}` as SecretRef;
    vault.set(ref, bytes);
    return ref;
  };

  const openNow = (fake: FakeSecret): OpenedSecret => {
    const bytes =
      typeof fake.value === 'string' ? Buffer.from(fake.value) : Uint8Array.from(fake.value ?? []);
    const kind = fake.kind ?? 'text';
    const text = Buffer.from(bytes).toString();
    const pairs = kind === 'dotenv' ? text.split('\n').filter((line) => line.includes('=')) : [];
    return {
      id: secretId(fake.id),
      file: '0'.repeat(64),
      ref: hold(bytes),
      size: bytes.length,
      kind,
      entries: pairs.map((line) => {
        const at = line.indexOf('=');
        const value = Buffer.from(line.slice(at + 1));
        return { path: line.slice(0, at).split('.'), ref: hold(value), size: value.length };
      }),
      finalNewline: text.endsWith('\n'),
      lines: text.split('\n').length,
    };
  };

  const stopped = Promise.withResolvers<Outcome<never>>();

  return {
    calls,
    held: () => vault.size,
    usesAsked: () => usesAsked,
    repository: () => repository,
    recovery: { settled: [], error: null },
    emptyKeyPlaces: async () => options.emptyKeyPlaces ?? [],
    async reload() {
      calls.push('reload');
      const outcome = options.reloaded ?? ok(repository);
      if (outcome.ok) repository = outcome.value;
      return outcome;
    },
    async identities() {
      return options.identities ?? [];
    },
    async readable(id) {
      return byId.get(id)?.readable ?? 'yes';
    },
    async open(id, ask) {
      calls.push(`open ${id}`);
      const fake = byId.get(id);
      if (!fake) return fail('not-found', 'no such secret');
      if (fake.fails) return { ok: false, error: fake.fails };
      if (fake.asksPassphrase !== undefined && !unlocked.has(id)) {
        for (let attempt = 1; attempt <= 3 && !unlocked.has(id); attempt += 1) {
          const answer = await ask({ origin: '~/.ssh/id_ed25519', kind: 'ssh-ed25519', attempt });
          if (!answer) return fail('needs-prompt', 'the key is locked');
          if (options.unlocksNever) return stopped.promise;
          if (Buffer.from(answer).toString() === fake.asksPassphrase) unlocked.add(id);
          answer.fill(0);
        }
        if (!unlocked.has(id)) return fail('wrong-passphrase', 'the passphrase does not open the key');
      }
      return ok(openNow(fake));
    },
    lend(ref, use) {
      const bytes = vault.get(ref);
      return bytes ? ok(use(bytes)) : fail('not-found', 'the value was released');
    },
    release(opened) {
      calls.push(`release ${opened.id}`);
      for (const ref of [opened.ref, ...opened.entries.map((entry) => entry.ref)]) {
        vault.get(ref)?.fill(0);
        vault.delete(ref);
      }
    },
    async indexKeys(onProgress) {
      calls.push('index-keys');
      onProgress(1, byId.size);
      const keys = new Map<SecretId, readonly (readonly string[])[]>();
      for (const fake of byId.values()) {
        if (fake.kind !== 'dotenv' || fake.asksPassphrase !== undefined) continue;
        const lines = String(fake.value).split('\n');
        keys.set(
          secretId(fake.id),
          lines.filter((line) => line.includes('=')).map((line) => (line.split('=')[0] ?? '').split('.')),
        );
      }
      return { keys, skipped: 0 };
    },
    async lastChange() {
      const { lastChange = ok(null) } = options;
      return lastChange === 'never' ? new Promise(() => undefined) : lastChange;
    },
    compareValues: async (items) => ok(items.map(() => 'unknown' as const)),
    async survey() {
      return ok({ references: [], modes: [], keys: [], plain: [], isComplete: true, ignores: null });
    },
    async whereUsed() {
      usesAsked += 1;
      return options.uses === undefined ? new Promise(() => undefined) : ok(options.uses);
    },
    async git() {
      return {
        states: async () =>
          options.gitStates === undefined
            ? new Promise(() => undefined)
            : ok(new Map(Object.entries(options.gitStates))),
        formerReaders: async () => ok(null),
        ageHistory: async () => ok(null),
        plan: async () => options.commit ?? fail('not-found', 'this is no git repository'),
        async commit(_, { message }) {
          calls.push(`commit ${message}`);
          return options.committed ?? ok({ did: 'committed', commit: 'c0ffee', notes: [] });
        },
      };
    },
    async writer() {
      throw new Error('the fake session writes nothing');
    },
    stopUnlocking() {
      calls.push('stop unlocking');
      stopped.resolve(fail('stopped', 'stopped'));
    },
    lock() {
      calls.push('lock');
      for (const bytes of vault.values()) bytes.fill(0);
      vault.clear();
      unlocked.clear();
    },
  };
}
