import type { Secret } from '../../core/secret.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { openJail } from '../../store/jail.ts';
import type { Session } from '../session.ts';

/** The public half of a key pair, which lies beside the secret. */
export interface PublicHalf {
  /** From the root. */
  readonly path: string;
  /** Why it must not go where its secret goes; `null` when it may. */
  readonly stays: string | null;
}

/** An RSA key of 16,384 bits with a comment is shorter. */
const longest = 8192;

/** `keys/web.age` and `keys/web.pub`. */
export const publicPath = (path: string): string => `${path.replace(/\.age$/, '')}.pub`;

/**
 * The public half beside a secret, when there is no doubt: it is called as `keyhole new` calls it, it is a file of its own
 * with one public key in it, and no other secret could have it. The rules may read it, too: then it stays.
 */
export async function publicHalfOf(session: Session, { id }: Secret): Promise<PublicHalf | null> {
  const { root, secrets, rules } = session.repository();
  const path = publicPath(id);
  if (secrets.some((other) => other.id === path || (other.id !== id && publicPath(other.id) === path)))
    return null;
  if (!holdsPublicKey(root, path)) return null;
  const sources = rules.length === 0 ? [] : (await session.writer()).rulesFrom();
  const stays =
    sources === null ? 'the rules may read it' : sources.includes(path) ? 'the rules read it' : null;
  return { path, stays };
}

function holdsPublicKey(root: string, path: string): boolean {
  const jail = openJail(root);
  try {
    if (jail.readLink(path) !== null) return false;
    const start = jail.readStart(path, longest);
    if (!start.ok || start.value.size > longest) return false;
    const text = Buffer.from(start.value.bytes).toString();
    const line = text.endsWith('\n') ? text.slice(0, -1) : text;
    return !/[\r\n]/.test(line) && (isWireguardKey(line) || parseRecipient(line).kind !== 'unsupported');
  } finally {
    jail.close();
  }
}

const isWireguardKey = (line: string): boolean => /^[A-Za-z0-9+/]{43}=$/.test(line);

/** Tells that it goes along, or why it does not. */
export const noteOfPublicHalf = ({ path, stays }: PublicHalf, id: string): string =>
  stays === null ? `${path} goes with ${id}: it is its public half` : `${path} stays: ${stays}`;
