import { type AppError, fail, type Outcome, ok } from '../core/outcome.ts';
import type { Readable } from '../core/secret.ts';
import type { Stanza } from '../core/stanza.ts';
import { looksArmored } from './age/armor.ts';
import { deriveScrypt } from './age/derive-scrypt.ts';
import { readScryptStanza, unusualCost, unwrapScrypt } from './age/scrypt.ts';
import { encryptedFileHolder } from './identity/encrypted-file-holder.ts';
import { byRank, type KeyHolder } from './identity/key-holder.ts';
import { readIdentityFile } from './identity/read-identity-file.ts';
import { readSshFile } from './identity/read-ssh-file.ts';
import { unlock } from './identity/unlock.ts';
import type { AskPassphrase, IdentitySource, Keyring } from './keyring.ts';
import { pemLabel } from './ssh/pem.ts';
import type { DeriveScrypt, Unlocking } from './unlocking.ts';

const binaryStart = Buffer.from('age-encryption.org/');

function readSource(source: IdentitySource, unlocking: Unlocking): readonly KeyHolder[] {
  const { origin, bytes } = source;
  if (looksArmored(bytes) || binaryStart.equals(bytes.subarray(0, binaryStart.length))) {
    return [encryptedFileHolder(origin, bytes, unlocking, (lines) => readIdentityFile(origin, lines))];
  }
  const label = pemLabel(bytes);
  return label === null ? readIdentityFile(origin, bytes) : [readSshFile(source, label, unlocking)];
}

/** Which failure to report when several keys fit and none opens: the one the person can do most about. */
const byUsefulness: readonly AppError['code'][] = [
  'wrong-passphrase',
  'needs-prompt',
  'bad-identity',
  'damaged',
];

function mostUseful(failures: readonly AppError[]): AppError | undefined {
  const rank = (error: AppError): number => {
    const index = byUsefulness.indexOf(error.code);
    return index < 0 ? byUsefulness.length : index;
  };
  return failures.toSorted((a, b) => rank(a) - rank(b))[0];
}

function noKey(stanzas: readonly Stanza[], holders: readonly KeyHolder[]): Outcome<never> {
  if (holders.length === 0) {
    return fail('no-key', 'no private key was found', { hint: 'give one with -i' });
  }
  const kinds = [...new Set(stanzas.map((stanza) => stanza.type))].join(', ');
  const hasPlugin = holders.some((holder) => holder.statuses().some((status) => status.kind === 'plugin'));
  const hint = hasPlugin
    ? 'a plugin key was found, and keyhole does not decrypt with plugins yet'
    : 'give another key with -i, or ask a reader to add yours';
  return fail('no-key', `none of the keys found opens it (it is encrypted to ${kinds})`, { hint });
}

/**
 * The keys of the sources, in their order. Cheap: X25519 keys are ready at once, SSH keys show their public half, and
 * nothing is decrypted. What cannot be used becomes a line of `statuses()`. The sources' bytes stay the caller's, who
 * overwrites them: the keyring has copied what it needs.
 *
 * @param scrypt where passphrases are tried; in this process when absent
 */
export function createKeyring(
  sources: readonly IdentitySource[],
  scrypt: DeriveScrypt = deriveScrypt,
): Keyring {
  let stop = new AbortController();
  const unlocking: Unlocking = { scrypt, signal: () => stop.signal };
  let holders: readonly KeyHolder[] = sources.flatMap((source) => readSource(source, unlocking));
  let wiped = false;

  const readable = (stanzas: readonly Stanza[]): Readable => {
    if (wiped) return 'unknown';
    const answers = holders.map((holder) => holder.readable(stanzas));
    if (answers.includes('yes')) return 'yes';
    return answers.includes('unknown') ? 'unknown' : 'no';
  };

  const openFileKey = async (
    stanzas: readonly Stanza[],
    ask: AskPassphrase,
  ): Promise<Outcome<Uint8Array>> => {
    if (wiped) return fail('no-key', 'the keys were forgotten');
    const [first] = stanzas;
    if (first?.type === 'scrypt' && stanzas.length === 1) return openWithPassphrase(first, ask, unlocking);
    const failures: AppError[] = [];
    // Ordered once: a key that somebody unlocks meanwhile changes its rank and would be passed over.
    for (const holder of byRank(holders)) {
      const pending = holder.unwrap(stanzas, ask);
      const unwrapped = pending instanceof Promise ? await pending : pending;
      // Who stopped one passphrase does not want to be asked for the next.
      if (!unwrapped.ok && unwrapped.error.code === 'stopped') return unwrapped;
      if (!unwrapped.ok) failures.push(unwrapped.error);
      else if (unwrapped.value !== null) return ok(unwrapped.value);
    }
    const failure = mostUseful(failures);
    return failure === undefined ? noKey(stanzas, holders) : { ok: false, error: failure };
  };

  const stopUnlocking = (): void => {
    stop.abort();
    stop = new AbortController();
  };

  return {
    statuses: () => holders.flatMap((holder) => holder.statuses()),
    learnPublicHalves: async () => {
      for (const holder of holders) await holder.learnPublicHalf?.();
    },
    readable,
    openFileKey,
    stopUnlocking,
    wipe: () => {
      stopUnlocking();
      for (const holder of holders) holder.wipe();
      holders = [];
      wiped = true;
    },
  };
}

/** A file for a passphrase instead of keys: asked for each file, since each has its own. */
async function openWithPassphrase(
  stanza: Stanza,
  ask: AskPassphrase,
  unlocking: Unlocking,
): Promise<Outcome<Uint8Array>> {
  const parameters = readScryptStanza(stanza);
  if (!parameters.ok) return parameters;
  const cost = unusualCost(parameters.value);
  const request = { origin: 'the file itself', kind: 'encrypted-file', ...(cost && { cost }) } as const;
  return unlock(ask, request, (passphrase) => unwrapScrypt(parameters.value, passphrase, unlocking));
}
