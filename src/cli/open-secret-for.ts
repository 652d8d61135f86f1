import type { OpenedSecret, SecretRef, Session } from '../app/session.ts';
import { createPassphraseAsker } from '../app/terminal/ask-passphrase.ts';
import { formatAddress } from '../core/address.ts';
import { noSuchKey } from '../core/no-such-key.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { CliIo } from './cli-io.ts';
import type { Invocation } from './invocation.ts';
import { mayAsk } from './may-ask.ts';
import { openSessionFor } from './open-session-for.ts';

export interface OpenedTarget {
  readonly session: Session;
  readonly secret: OpenedSecret;
  /** As typed after `#`; empty asks for the list of keys. */
  readonly key?: readonly string[];
  readonly notes: readonly string[];
  /** Overwrites the value and forgets the keys. */
  readonly close: () => void;
}

/** Opens the secret a command names first, asking for a passphrase where that is allowed. */
export async function openSecretFor(invocation: Invocation, io: CliIo): Promise<Outcome<OpenedTarget>> {
  const wanted = invocation.positionals[0] ?? '';
  const opened = await openSessionFor(invocation, io, { address: wanted, withRules: false });
  if (!opened.ok) return opened;
  const { session, resolve, notes } = opened.value;
  const address = resolve(wanted);
  if (!address.ok) return address;
  const asker = createPassphraseAsker(() => mayAsk(invocation, io));
  const secret = await session.open(address.value.id, asker.ask);
  if (!secret.ok) {
    session.lock();
    return asker.stopped() ?? secret;
  }
  return ok({
    ...address.value,
    session,
    secret: secret.value,
    notes,
    close() {
      session.release(secret.value);
      session.lock();
    },
  });
}

/** The value that is meant: the whole file, or one of its keys. Errors: `not-found`. */
export function chooseRef({ secret, key }: Pick<OpenedTarget, 'secret' | 'key'>): Outcome<SecretRef> {
  if (key === undefined) return ok(secret.ref);
  const wanted = JSON.stringify(key);
  const entry = secret.entries.find(({ path }) => JSON.stringify(path) === wanted);
  if (entry) return ok(entry.ref);
  const where = formatAddress(secret.id, key);
  if (secret.entries.length === 0) {
    return fail('not-found', `it has no keys: its value is ${secret.kind}`, { where });
  }
  return noSuchKey(
    secret.id,
    key,
    secret.entries.map(({ path }) => path),
  );
}
