import { createKeyring } from '../crypto/create-keyring.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { deriveKey } from './derivation/derive-key.ts';
import {
  type FindOptions,
  type FoundIdentities,
  findIdentities,
  type KeySearch,
} from './identities/find-identities.ts';

interface LoadedKeys {
  readonly keyring: Keyring;
  readonly found: Omit<FoundIdentities, 'sources'>;
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

  async search(): Promise<KeySearch> {
    const { keyring, found } = await this.#load();
    await keyring.learnPublicHalves();
    return { statuses: [...keyring.statuses(), ...found.unusable], empty: found.empty };
  }

  stopUnlocking(): void {
    void this.#loading?.then(({ keyring }) => keyring.stopUnlocking());
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
    const { sources, ...found } = await findIdentities(this.#options, this.#drainedPipes);
    const keyring = createKeyring(sources, deriveKey);
    for (const source of sources) source.bytes.fill(0);
    return { keyring, found };
  }
}
