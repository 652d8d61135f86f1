import type { ValueWish } from '../app/usecases/generate-value.ts';
import { makeSecrets } from '../app/usecases/make-secrets.ts';
import type { NewSecret } from '../app/usecases/prepare-new.ts';
import { guessableBits, strengthOf } from '../app/usecases/strength-of.ts';
import { type HashKind, hashKinds, valueKinds } from '../app/usecases/value-kinds.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation, valuesOf } from './invocation.ts';
import { readValueFor } from './read-value-for.ts';

export interface NewValues {
  readonly secrets: readonly NewSecret[];
  readonly notes: readonly string[];
}

/** Long enough for any use, and short enough to be typed. */
const passwordLength = 24;

/**
 * What `new` puts into its files: a value that is given or made, and with --password-in the password behind a hash. All
 * bytes belong to the caller. Errors: `usage`, those of `readValueFor`.
 */
export async function newValuesFor(
  invocation: Invocation,
  io: CliIo,
  path: string,
  passwordPath: string | null,
): Promise<Outcome<NewValues>> {
  const wanted = valuesOf(invocation, 'generate')[0];
  const kind = valueKinds.find((one) => one === wanted);
  const hash = hashKinds.find((one) => one === kind);
  const misplaced = unusedOption(invocation, kind);
  if (misplaced) return misplaced;
  if (hash) return hashed(invocation, io, path, passwordPath, hash);
  if (kind === undefined) {
    const value = await readValueFor(invocation, io, `value of ${path}`);
    return value.ok ? ok({ secrets: [{ path, value: value.value }], notes: [] }) : value;
  }
  const length = lengthOf(invocation);
  if (!length.ok) return length;
  const wish: ValueWish = {
    kind: kind as ValueWish['kind'],
    ...(length.value === null ? {} : { length: length.value }),
    alphabet: valuesOf(invocation, 'alphabet')[0] ?? 'alphanumeric',
    separator: valuesOf(invocation, 'separator')[0] ?? '-',
    comment: valuesOf(invocation, 'comment')[0] ?? '',
  };
  const made = await makeSecrets(path, { from: 'generator', wish });
  return made.ok ? ok({ secrets: made.value, notes: weakness(path, wish) }) : made;
}

async function hashed(
  invocation: Invocation,
  io: CliIo,
  path: string,
  passwordPath: string | null,
  kind: HashKind,
): Promise<Outcome<NewValues>> {
  const length = lengthOf(invocation);
  if (!length.ok) return length;
  const user = valuesOf(invocation, 'user')[0] ?? null;
  if (passwordPath === null) {
    const password = await readValueFor(invocation, io, 'password');
    if (!password.ok) return password;
    const made = await makeSecrets(path, { from: 'password', kind, user, password: password.value });
    return made.ok ? ok({ secrets: made.value, notes: [] }) : made;
  }
  const wish = {
    kind: 'password',
    length: length.value ?? passwordLength,
    alphabet: valuesOf(invocation, 'alphabet')[0] ?? 'readable',
  } as const;
  const made = await makeSecrets(path, { from: 'fresh-password', keptIn: passwordPath, user, ...wish, kind });
  return made.ok ? ok({ secrets: made.value, notes: weakness(passwordPath, wish) }) : made;
}

/** Said of what can be found by trying. */
function weakness(path: string, wish: Parameters<typeof strengthOf>[0]): readonly string[] {
  const bits = strengthOf(wish);
  if (bits === null || bits >= guessableBits) return [];
  const says = `${Math.floor(bits)} bits of choice, which who may try often enough finds`;
  return [`${path}: ${says}; ${guessableBits} are enough for most uses`];
}

function lengthOf(invocation: Invocation): Outcome<number | null> {
  const [text] = valuesOf(invocation, 'length');
  if (text === undefined) return ok(null);
  return /^[1-9]\d{0,5}$/.test(text) ? ok(Number(text)) : fail('usage', '--length is a number');
}

/** Says of an option that it means nothing here, instead of passing over it. */
function unusedOption(invocation: Invocation, kind: string | undefined): Outcome<never> | null {
  const isHash = hashKinds.some((one) => one === kind);
  const makesPassword = hasOption(invocation, 'password-in');
  const sized = ['password', 'words', 'hex', 'base64', 'base64url', 'ssh-rsa'].includes(kind ?? '');
  const allowed: Readonly<Record<string, boolean>> = {
    'from-file': kind === undefined || (isHash && !makesPassword),
    value: kind === undefined || (isHash && !makesPassword),
    length: sized || (isHash && makesPassword),
    alphabet: kind === 'password' || (isHash && makesPassword),
    separator: kind === 'words',
    comment: kind === 'ssh-ed25519' || kind === 'ssh-rsa',
    user: kind === 'htpasswd',
    'password-in': isHash,
  };
  const unused = Object.keys(allowed).find((name) => !allowed[name] && hasOption(invocation, name));
  if (unused === undefined) return null;
  return fail(
    'usage',
    `--${unused} means nothing ${kind === undefined ? 'without --generate' : `for ${kind}`}`,
    {
      hint: 'keyhole new --help',
    },
  );
}
