import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { SecretId } from '../core/secret.ts';
import { decryptFile } from '../crypto/decrypt-file.ts';
import type { AskPassphrase, Keyring } from '../crypto/keyring.ts';
import { readVersions } from '../store/git/age-versions.ts';
import { compareValue, type ValueLikeness } from './compare-value.ts';

/** A secret and earlier versions of its file, by their blobs. */
export interface ValueVersions {
  readonly id: SecretId;
  readonly blobs: readonly string[];
}

interface Ports {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keyring: () => Promise<Keyring>;
  readonly decrypt: (id: SecretId, ask: AskPassphrase, signal?: AbortSignal) => Promise<Outcome<Uint8Array>>;
  /** Whether the session was locked, or the work is not wanted any more. */
  readonly isStopped: () => boolean;
}

const nobodyAnswers: AskPassphrase = () => Promise.resolve(null);
/** Of one secret; with more, nothing is proved to be changed. */
const mostVersions = 100;

/** `compareValue` for versions in git. Errors: `stopped` and those of `readVersions`. */
export async function compareVersions(
  items: readonly ValueVersions[],
  { root, env, keyring, decrypt, isStopped }: Ports,
  signal?: AbortSignal,
): Promise<Outcome<readonly ValueLikeness[]>> {
  const wanted = new Set(items.flatMap(({ blobs }) => blobs.slice(0, mostVersions)));
  const read = await readVersions(root, [...wanted], env, signal);
  if (!read.ok) return read;
  const keys = await keyring();
  const stopped = fail('stopped', 'stopped');
  const found: ValueLikeness[] = [];
  for (const { id, blobs } of items) {
    const files = blobs.slice(0, mostVersions).flatMap((blob) => read.value.get(blob) ?? []);
    const likeness = await compareValue(
      {
        current: () => decrypt(id, nobodyAnswers, signal),
        decrypt: async (file) => (isStopped() ? stopped : decryptFile(file, keys, nobodyAnswers)),
      },
      files,
    );
    if (isStopped()) return stopped;
    found.push(likeness === 'changed' && files.length < blobs.length ? 'unknown' : likeness);
  }
  return ok(found);
}
