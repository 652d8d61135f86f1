import type { Survey } from '../core/audit/survey.ts';
import type { IdentityStatus } from '../core/identity-status.ts';
import type { Outcome } from '../core/outcome.ts';
import type { PayloadKind } from '../core/payload.ts';
import type { Repository } from '../core/repository.ts';
import type { Readable, SecretId } from '../core/secret.ts';
import type { SecretRef } from '../core/secret-ref.ts';
import type { WhereUsed } from '../core/usage/where-used.ts';
import type { AskPassphrase } from '../crypto/keyring.ts';
import type { LastChange } from '../store/git-history.ts';
import type { GitWork } from './committing/git-work.ts';
import type { ValueLikeness } from './compare-value.ts';
import type { ValueVersions } from './compare-versions.ts';
import type { EmptyPlace } from './identities/find-identities.ts';
import type { StartRecovery } from './recover-at-start.ts';
import type { Writer } from './writing/writer.ts';

export type { LastChange, SecretRef };

/** A decrypted secret as the UI may know it: shape and handles, never values. */
export interface OpenedSecret {
  readonly id: SecretId;
  /** SHA-256 of the file it was read from: what is written over it must still be that file. */
  readonly file: string;
  readonly ref: SecretRef;
  /** Bytes of the whole value. */
  readonly size: number;
  readonly kind: PayloadKind;
  readonly entries: readonly {
    readonly path: readonly string[];
    readonly ref: SecretRef;
    readonly size: number;
  }[];
  readonly finalNewline: boolean;
  readonly lines: number;
}

/** Key names of structured secrets, for search. Values were overwritten before this was returned. */
export interface KeyIndex {
  readonly keys: ReadonlyMap<SecretId, readonly (readonly string[])[]>;
  /** Secrets whose keys could not be listed without a prompt or at all. */
  readonly skipped: number;
}

/**
 * One open repository with the user's keys: the only owner of plaintext and private keys.
 * Both faces, the command line and the UI, act through it.
 */
export interface Session {
  repository(): Repository;
  /** What opening it found of interrupted writes. */
  readonly recovery: StartRecovery;
  reload(signal?: AbortSignal): Promise<Outcome<Repository>>;
  /** Loads the identity files on first use. Never prompts. */
  identities(): Promise<readonly IdentityStatus[]>;
  /** Where else keys are usual and none was found. */
  emptyKeyPlaces(): Promise<readonly EmptyPlace[]>;
  /** Whether a key found here opens it; never prompts, never decrypts. */
  readable(id: SecretId): Promise<Readable>;
  /**
   * Decrypts one secret into the session, as it is on disk now. Errors: `not-found`, `no-key`, `needs-prompt`,
   * `wrong-passphrase`, `damaged`, `unsupported`, `refused`, `io`, and `changed` when it has other readers than the
   * repository as it was read says.
   */
  open(id: SecretId, ask: AskPassphrase, signal?: AbortSignal): Promise<Outcome<OpenedSecret>>;
  /** Lends the bytes for the duration of the call. `not-found` once they were released. Do not keep them. */
  lend<T>(ref: SecretRef, use: (bytes: Uint8Array) => T): Outcome<T>;
  /** Overwrites the secret's bytes; its refs and those of its entries are dead afterwards. */
  release(opened: OpenedSecret): void;
  /** Lists the key names of every structured secret that opens without a prompt. */
  indexKeys(onProgress: (done: number, total: number) => void, signal?: AbortSignal): Promise<KeyIndex>;
  /** `null` when git knows no commit of it. */
  lastChange(id: SecretId, signal?: AbortSignal): Promise<Outcome<LastChange | null>>;
  /**
   * How the values of secrets are like those of earlier versions, each in turn; no value leaves the session, and nobody
   * is asked. Errors: `stopped` and those of `readVersions`.
   */
  compareValues(
    items: readonly ValueVersions[],
    signal?: AbortSignal,
  ): Promise<Outcome<readonly ValueLikeness[]>>;
  /** What the files beside secrets and rules say, read when it is asked for. Errors: `stopped`. */
  survey(signal?: AbortSignal): Promise<Outcome<Survey>>;
  /**
   * Where the Nix files declare and use the secrets, read from their text when first asked for: a guess. Error: `stopped`.
   */
  whereUsed(signal?: AbortSignal): Promise<Outcome<WhereUsed>>;
  /** Loads what writes; nothing else of a session changes a file. */
  writer(): Promise<Writer>;
  /** Ends the work that a passphrase takes, where some runs; the `open` that waits for it gets `stopped`. */
  stopUnlocking(): void;
  /** Loads what knows of git beyond branch and last change, and what commits. */
  git(): Promise<GitWork>;
  /** Forgets every value and every unlocked key; the next `open` asks again. */
  lock(): void;
}

/** What `openSession` needs to know; every path absolute. */
export interface SessionOptions {
  /** Where to look, upward, for the repository. */
  readonly path: string;
  /** `--rules` or `RULES`; empty means search. */
  readonly rulesFiles: readonly string[];
  /** `-i`, tried first, in order. */
  readonly identityFiles: readonly string[];
  readonly defaultIdentities: boolean;
  /**
   * The only secret that is wanted. Where the address is its exact path, nothing else is read, and until a reload
   * `repository()` knows that file alone: not who may read it, unless the rules are wanted too.
   */
  readonly only?: { readonly address: string; readonly withRules: boolean };
  /** Where it is remembered whom the user accepted as readers; absent: where the user's state is kept. */
  readonly stateDirectory?: string;
  /** Environment of the process: HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, SOPS_AGE_KEY*, PATH are read from here. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
