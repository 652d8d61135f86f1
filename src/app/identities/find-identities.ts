import type { IdentityStatus } from '../../core/identity-status.ts';
import { type AppError, fail } from '../../core/outcome.ts';
import type { IdentitySource } from '../../crypto/keyring.ts';
import { type IdentityPlace, shortPath, usualPlaces } from './identity-places.ts';
import { readIdentity } from './read-identity.ts';

export interface FindOptions {
  /** `-i`, absolute, tried first, in order. */
  readonly identityFiles: readonly string[];
  readonly defaultIdentities: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface FoundIdentities {
  /** In the order they are tried. Their bytes are the caller's, who overwrites them after making a keyring. */
  readonly sources: readonly IdentitySource[];
  /** Places that were named and give no key, each with the reason. */
  readonly unusable: readonly IdentityStatus[];
  /** Places where keys are usual and none was found. */
  readonly empty: readonly EmptyPlace[];
}

/** A place that was looked at, and why it gave no key. */
export interface EmptyPlace {
  readonly origin: string;
  readonly says: string;
}

/** What became of looking for keys. */
export interface KeySearch {
  /** In the order they are tried, then those that cannot be used. */
  readonly statuses: readonly IdentityStatus[];
  readonly empty: readonly EmptyPlace[];
}

/** How `-i` files are called in statuses. */
export const givenOrigins = ({ identityFiles, env }: Pick<FindOptions, 'identityFiles' | 'env'>) =>
  identityFiles.map((path) => shortPath(path, env));

/** How files that hold private keys begin, or what they hold somewhere. */
const marks = ['AGE-SECRET-KEY-', 'AGE-PLUGIN-', 'age-encryption.org/', '-----BEGIN AGE', 'PRIVATE KEY-----'];

/**
 * Reads every private key file that can be found. A missing or unreadable one is a line in `unusable` where somebody
 * named it, and nothing where we only looked; it never stops the others. No command is run to get a key.
 *
 * @param drained pipes that gave their bytes before; filled here, so that a second call can say why they are empty
 */
export async function findIdentities(
  options: FindOptions,
  drained: Set<string>,
  signal?: AbortSignal,
): Promise<FoundIdentities> {
  const { env } = options;
  const sources: IdentitySource[] = [];
  const unusable: IdentityStatus[] = [];
  const empty: EmptyPlace[] = [];
  const seen = new Set<string>();
  const given = options.identityFiles.map((path): IdentityPlace => ({ path, standing: 'named' }));
  const collect = async (place: IdentityPlace, mayBePipe: boolean): Promise<void> => {
    const origin = originOf(place, env);
    if (drained.has(place.path)) {
      const error = fail('bad-identity', 'it was a pipe, and a pipe can be read only once', {
        hint: 'start keyhole again to unlock it',
      });
      unusable.push(unusableStatus(origin, error.error));
      return;
    }
    const read = await readIdentity(place.path, mayBePipe, signal);
    if (!read.ok) {
      if (isWorthALine(place, read.error)) unusable.push(unusableStatus(origin, asIdentityError(read.error)));
      else empty.push({ origin, says: read.error.says });
      return;
    }
    const { bytes, sameness, once } = read.value;
    if (once) drained.add(place.path);
    const unwanted = place.standing === 'listed' && !holdsKey(bytes);
    if (unwanted) empty.push({ origin, says: 'no private key in it' });
    if (unwanted || seen.has(sameness)) {
      bytes.fill(0);
      return;
    }
    seen.add(sameness);
    const publicKeyFile = await readPublicHalf(place.path, bytes);
    sources.push({ origin, bytes, ...(publicKeyFile && { publicKeyFile }) });
  };
  for (const place of given) await collect(place, true);
  if (options.defaultIdentities) {
    for (const place of usualPlaces(env)) await collect(place, place.standing === 'named');
    collectVariables(env, sources, unusable);
  }
  return { sources, unusable, empty };
}

function collectVariables(
  env: FindOptions['env'],
  sources: IdentitySource[],
  unusable: IdentityStatus[],
): void {
  const key = env['SOPS_AGE_KEY'];
  // sops takes several keys with any white space between them; identity files hold one on a line.
  if (key) {
    const lines = key.split('\n').filter((line) => !line.trimStart().startsWith('#'));
    sources.push({
      origin: '$SOPS_AGE_KEY',
      bytes: Buffer.from(lines.join('\n').trim().replace(/\s+/g, '\n')),
    });
  }
  for (const variable of ['SOPS_AGE_KEY_CMD', 'SOPS_AGE_SSH_PRIVATE_KEY_CMD']) {
    if (!env[variable]) continue;
    const error = fail('unsupported', 'keyhole runs no command to get a key', {
      hint: 'give its output with -i <(command)',
    });
    unusable.push(unusableStatus(`$${variable}`, error.error));
  }
}

/** Encrypted PEM keys do not show their public half, which then lies beside them. */
async function readPublicHalf(path: string, bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200));
  if (!start.includes('-----BEGIN') || start.includes('OPENSSH') || start.includes('BEGIN AGE'))
    return undefined;
  const read = await readIdentity(`${path}.pub`, false);
  return read.ok ? read.value.bytes : undefined;
}

function originOf(place: IdentityPlace, env: FindOptions['env']): string {
  return place.variable === undefined ? shortPath(place.path, env) : `$${place.variable}`;
}

/** A host key that only root may read is normal; the user's own key that cannot be read is not. */
function isWorthALine(place: IdentityPlace, error: AppError): boolean {
  if (place.standing === 'named') return true;
  return error.code !== 'not-found' && !place.path.startsWith('/etc/') && place.standing === 'usual';
}

function holdsKey(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return marks.some((mark) => view.includes(mark));
}

function asIdentityError(error: AppError): AppError {
  return error.code === 'stopped' ? error : { ...error, code: 'bad-identity' };
}

function unusableStatus(origin: string, error: AppError): IdentityStatus {
  return { origin, kind: 'unusable', lock: 'unusable', error };
}
