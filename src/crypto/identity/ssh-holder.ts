import type { IdentityStatus } from '../../core/identity-status.ts';
import { type AppError, fail, type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { PassphraseCost } from '../keyring.ts';
import { type OpenSshKey, stanzasFor } from '../ssh/open-key.ts';
import type { SshPublicKey } from '../ssh/public-key.ts';
import type { KeyHolder } from './key-holder.ts';
import { forgotten, shareRunning, unlock } from './unlock.ts';

export interface SshKeySource {
  readonly origin: string;
  readonly publicKey: SshPublicKey;
  readonly isEncrypted: boolean;
  /** Present where trying a passphrase takes so much that the person is to agree. */
  readonly cost?: PassphraseCost | undefined;
  /** The passphrase is empty when the key is not encrypted. */
  open(passphrase: Uint8Array): Promise<OpenSshKey | 'wrong passphrase' | 'malformed' | 'stopped'>;
  /** Overwrites the bytes the key came from. */
  wipe(): void;
}

/**
 * An SSH key whose public half is known and whose private half is read at the first file that carries its tag: so a
 * passphrase is asked only for a file that needs it, and only once.
 */
export function sshHolder(source: SshKeySource): KeyHolder {
  const { origin, publicKey } = source;
  const { kind, blob } = publicKey;
  const recipient = `${kind} ${blob.toString('base64')}` as RecipientId;
  const mine = stanzasFor(kind, blob);
  let key: OpenSshKey | null = null;
  let broken: AppError | null = null;
  let wiped = false;

  const accept = (opened: OpenSshKey | string): Outcome<OpenSshKey> => {
    if (opened === 'stopped') return fail('stopped', 'stopped');
    if (wiped) return forgotten(); // whatever came of bytes that were overwritten meanwhile
    if (typeof opened === 'string' || !opened.blob.equals(blob)) {
      const says = 'the private key is malformed or does not belong to its public half';
      const failure = fail('bad-identity', says, { where: origin });
      broken = failure.error;
      return failure;
    }
    key = opened;
    return ok(opened);
  };
  const openKey = shareRunning(async (ask): Promise<Outcome<OpenSshKey>> => {
    if (!source.isEncrypted) return accept(await source.open(Buffer.alloc(0)));
    return unlock(ask, { origin, kind, ...(source.cost && { cost: source.cost }) }, async (passphrase) => {
      const opened = await source.open(passphrase);
      return opened === 'wrong passphrase' && !wiped ? ok(null) : accept(opened);
    });
  });

  const status = (): IdentityStatus => {
    if (broken !== null) return { origin, kind, recipient, lock: 'unusable', error: broken };
    return {
      origin,
      kind,
      recipient,
      lock: source.isEncrypted && key === null ? 'needs-passphrase' : 'open',
    };
  };
  return {
    rank: () => (broken !== null ? 'never' : source.isEncrypted && key === null ? 'locked-ssh' : 'open-ssh'),
    statuses: () => [status()],
    readable: (stanzas) => (broken === null && mine(stanzas).length > 0 ? 'yes' : 'no'),
    unwrap: async (stanzas, ask) => {
      const own = mine(stanzas);
      if (own.length === 0) return ok(null);
      if (broken !== null) return { ok: false, error: broken };
      if (wiped) return forgotten();
      const opened = key === null ? await openKey(ask) : ok(key);
      return opened.ok ? opened.value.unwrap(own) : opened;
    },
    wipe: () => {
      wiped = true;
      key = null;
      source.wipe();
    },
  };
}
