import type { IdentityStatus } from '../../core/identity-status.ts';
import type { AppError } from '../../core/outcome.ts';
import { ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Readable } from '../../core/secret.ts';
import type { Stanza } from '../../core/stanza.ts';
import type { Unwrapped } from '../age/file-key.ts';
import type { AskPassphrase } from '../keyring.ts';

/** The order in which keys are tried: first what a tag decides, then what costs least, last what asks somebody. */
const ranks = ['open-ssh', 'x25519', 'hybrid', 'locked-ssh', 'encrypted-file', 'never'] as const;

/** One line of a keyring: a key, a locked key, or the reason why there is none. */
export interface KeyHolder {
  rank(): (typeof ranks)[number];
  statuses(): readonly IdentityStatus[];
  readable(stanzas: readonly Stanza[]): Readable;
  /** As `Unwrapped`; a locked key that fits also answers `needs-prompt`, `wrong-passphrase` or `bad-identity`. */
  unwrap(stanzas: readonly Stanza[], ask: AskPassphrase): Unwrapped | Promise<Unwrapped>;
  /** Completes `statuses` by what takes too long for keys of whom nobody asks; absent where there is no such thing. */
  learnPublicHalf?(): Promise<void>;
  wipe(): void;
}

/** In the order of their ranks, and within a rank as given. Most people have one key, and this is asked for each file. */
export const byRank = (holders: readonly KeyHolder[]): readonly KeyHolder[] =>
  holders.length < 2 ? holders : ranks.flatMap((rank) => holders.filter((holder) => holder.rank() === rank));

/** A place where a key was expected and none can be used: it has a line in the status and opens nothing. */
export function unusableKey(
  origin: string,
  error: AppError,
  kind: IdentityStatus['kind'] = 'unusable',
  recipient?: RecipientId,
): KeyHolder {
  const status: IdentityStatus = {
    origin,
    kind,
    lock: 'unusable',
    error,
    ...(recipient === undefined ? {} : { recipient }),
  };
  return {
    rank: () => 'never',
    statuses: () => [status],
    readable: () => 'no',
    unwrap: () => ok(null),
    wipe: () => {},
  };
}
