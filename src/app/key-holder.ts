import type { IdentityStatus } from '../core/identity-status.ts';
import { createKeyring } from '../crypto/create-keyring.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { type FindOptions, findIdentities } from './identities/find-identities.ts';

interface LoadedKeys {
  readonly keyring: Keyring;
  readonly unusable: readonly IdentityStatus[];
}

/** Loads the user's keys when they are first needed, and forgets them on lock. */
export class KeyHolder {
  readonly #options: FindOptions;
  readonly #drainedPipes = new Set<string>();
  #loading: Promise<LoadedKeys> | undefined;

  constructor(options: FindOptions) {
    this.#options = options;
  }

  async keyring(): Promise<Keyring> {
    return (await this.#load()).keyring;
  }

  async statuses(): Promise<readonly IdentityStatus[]> {
    const { keyring, unusable } = await this.#load();
    await keyring.learnPublicHalves();
    return [...keyring.statuses(), ...unusable];
  }

  /** The next use reads the key files again and asks again. */
  forget(): void {
    const loading = this.#loading;
    this.#loading = undefined;
    void loading?.then(({ keyring }) => keyring.wipe());
  }

  #load(): Promise<LoadedKeys> {
    this.#loading ??= this.#read();
    return this.#loading;
  }

  async #read(): Promise<LoadedKeys> {
    const { sources, unusable } = await findIdentities(this.#options, this.#drainedPipes);
    const keyring = createKeyring(sources);
    for (const source of sources) source.bytes.fill(0);
    return { keyring, unusable };
  }
}
