import type { IdentityStatus } from '../../core/identity-status.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { decodeArmor, looksArmored } from '../age/armor.ts';
import type { Unwrapped } from '../age/file-key.ts';
import { openFile } from '../age/open-file.ts';
import { readHeader } from '../age/read-header.ts';
import { readScryptStanza, unusualCost, unwrapScrypt } from '../age/scrypt.ts';
import type { Unlocking } from '../unlocking.ts';
import { hybridStanza } from './hybrid-identity.ts';
import { byRank, type KeyHolder, unusableKey } from './key-holder.ts';
import { forgotten, shareRunning, unlock } from './unlock.ts';

/** Stanzas that a key inside such a file may open; age keeps no SSH keys there. */
const isForNativeKeys = (stanza: Stanza): boolean => stanza.type === 'X25519' || stanza.type === hybridStanza;

/**
 * An identity file encrypted with a passphrase. Nothing in it hints at its keys, so it is tried after all others and
 * opened once. `parseLines` reads the identity file inside; the bytes given to it are overwritten afterwards.
 */
export function encryptedFileHolder(
  origin: string,
  bytes: Uint8Array,
  unlocking: Unlocking,
  parseLines: (identityFile: Uint8Array) => readonly KeyHolder[],
): KeyHolder {
  const unusable = (failed: Outcome<unknown>): KeyHolder =>
    unusableKey(origin, failed.ok ? notForPassphrase : { ...failed.error, where: origin }, 'encrypted-file');
  const binary = looksArmored(bytes) ? decodeArmor(bytes) : ok(Buffer.from(bytes));
  if (!binary.ok) return unusable(binary);
  const header = readHeader(binary.value);
  if (!header.ok) return unusable(header);
  const [stanza] = header.value.stanzas;
  if (stanza?.type !== 'scrypt') return unusable(ok(null));
  const parameters = readScryptStanza(stanza);
  if (!parameters.ok) return unusable(parameters);

  let inside: readonly KeyHolder[] | null = null;
  let wiped = false;
  const tryPassphrase = async (passphrase: Uint8Array): Promise<Outcome<readonly KeyHolder[] | null>> => {
    const unwrapped = await unwrapScrypt(parameters.value, passphrase, unlocking);
    if (!unwrapped.ok) return { ok: false, error: { ...unwrapped.error, where: origin } };
    const fileKey = unwrapped.value;
    if (wiped) {
      fileKey?.fill(0);
      return forgotten();
    }
    if (fileKey === null) return ok(null);
    const content = openFile(binary.value, header.value, fileKey);
    fileKey.fill(0);
    if (!content.ok) return { ok: false, error: { ...content.error, where: origin } };
    const holders = byRank(parseLines(content.value));
    content.value.fill(0);
    inside = holders;
    return ok(holders);
  };
  const cost = unusualCost(parameters.value);
  const request = { origin, kind: 'encrypted-file', ...(cost && { cost }) } as const;
  const open = shareRunning((ask) => unlock(ask, request, tryPassphrase));
  const locked: IdentityStatus = { origin, kind: 'encrypted-file', lock: 'needs-passphrase' };

  return {
    rank: () => 'encrypted-file',
    statuses: () => {
      if (inside === null) return [locked];
      const statuses = inside.flatMap((holder) => holder.statuses());
      return statuses.length > 0 ? statuses : [{ ...locked, lock: 'open' }];
    },
    readable: (stanzas) => {
      if (inside !== null)
        return inside.some((holder) => holder.readable(stanzas) !== 'no') ? 'unknown' : 'no';
      return stanzas.some(isForNativeKeys) ? 'unknown' : 'no';
    },
    unwrap: async (stanzas, ask): Promise<Unwrapped> => {
      if (!stanzas.some(isForNativeKeys)) return ok(null);
      if (wiped) return forgotten();
      const holders: Outcome<readonly KeyHolder[]> = inside === null ? await open(ask) : ok(inside);
      if (!holders.ok) return holders;
      for (const holder of holders.value) {
        const unwrapped = await holder.unwrap(stanzas, ask);
        if (!unwrapped.ok || unwrapped.value !== null) return unwrapped;
      }
      return ok(null);
    },
    learnPublicHalf: async () => {
      for (const holder of inside ?? []) await holder.learnPublicHalf?.();
    },
    wipe: () => {
      wiped = true;
      for (const holder of inside ?? []) holder.wipe();
      inside = null;
    },
  };
}

const notForPassphrase = {
  code: 'unsupported',
  says: 'the identity file is encrypted to keys instead of a passphrase',
} as const;
