import type { Outcome } from '../core/outcome.ts';
import type { Readable, Secret, SecretId } from '../core/secret.ts';
import type { AskPassphrase } from '../crypto/keyring.ts';
import type { KeyIndex } from './session.ts';
import { sideBySide } from './side-by-side.ts';

/** What listing keys needs of a session. */
export interface IndexPorts {
  readable(id: SecretId): Promise<Readable>;
  /** The bytes are the caller's, who overwrites them. */
  decrypt(id: SecretId, ask: AskPassphrase, signal?: AbortSignal): Promise<Outcome<Uint8Array>>;
  /** Whether the user locked the session since: then no further file is opened. */
  isLocked(): boolean;
}

type KeyPaths = readonly (readonly string[])[];

const maxFileSize = 1024 * 1024; // bytes of ciphertext; what is larger is no list of keys
const maxKeysPerSecret = 5_000;
const maxKeys = 100_000;
const pauseAfter = 8; // milliseconds of work between two chances for a key press

const nobodyAnswers: AskPassphrase = () => Promise.resolve(null);

/**
 * Decrypts every secret, some side by side, keeps the names of its keys and overwrites its values at once. Never
 * prompts: what needs a passphrase is skipped and counted.
 */
export async function indexKeys(
  secrets: readonly Secret[],
  ports: IndexPorts,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<KeyIndex> {
  const { parsePayload } = await import('../core/payload/parse-payload.ts');
  const keys = new Map<SecretId, KeyPaths>();
  let done = 0;
  let skipped = 0;
  let total = 0;
  let rested = performance.now();

  const keysOf = async ({ id, size }: Secret): Promise<KeyPaths | 'skipped'> => {
    const worthIt = size <= maxFileSize && total < maxKeys && (await ports.readable(id)) !== 'no';
    const decrypted = worthIt ? await ports.decrypt(id, nobodyAnswers, signal) : undefined;
    if (!decrypted?.ok) return 'skipped';
    const { entries } = await parsePayload(decrypted.value);
    for (const entry of entries) entry.value.fill(0);
    decrypted.value.fill(0);
    const paths = entries.slice(0, maxKeysPerSecret).map((entry) => entry.path);
    total += paths.length;
    return paths;
  };

  for await (const batch of sideBySide(secrets, async (secret) => ({
    secret,
    paths: await keysOf(secret),
  }))) {
    for (const { secret, paths } of batch) {
      done += 1;
      if (paths === 'skipped') skipped += 1;
      else if (paths.length > 0) keys.set(secret.id, paths);
    }
    if (performance.now() - rested > pauseAfter) {
      onProgress(done, secrets.length);
      await new Promise((resume) => setImmediate(resume));
      rested = performance.now();
    }
    if (signal?.aborted || ports.isLocked()) break;
  }
  onProgress(secrets.length, secrets.length);
  return { keys, skipped };
}
