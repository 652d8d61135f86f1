import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Recipient } from '../core/recipient.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { GivenKey } from './given-key.ts';
import { parseRecipient } from './parse-recipient.ts';
import { fieldsOfLine } from './ssh/fields-of-line.ts';
import { whyNoReader } from './ssh/why-no-reader.ts';

/** No list of keys that a person gives is longer. */
const mostBytes = 256 * 1024;
const mostLines = 2_000;

export interface GivenKeys {
  /** Each once, in the order of the text. */
  readonly keys: readonly GivenKey[];
  /** Lines that are keys of a kind that is none for age, or no keys at all, and why. */
  readonly passed: readonly { readonly line: number; readonly says: string }[];
}

/**
 * The public keys in a text that somebody gives: a key, a `.pub` file, the output of `ssh-keyscan`, `known_hosts` or
 * `authorized_keys` lines, the answer of `age-keygen`. Errors: `bad-recipient` where no line is a key that age can
 * encrypt to, or one is a private key, which is never repeated.
 */
export function readGivenKeys(text: string): Outcome<GivenKeys> {
  if (text.length > mostBytes) return fail('bad-recipient', 'longer than any list of public keys');
  if (/AGE-SECRET-KEY-|AGE-PLUGIN-|-----BEGIN [A-Z ]*PRIVATE KEY/i.test(text)) {
    return fail('bad-recipient', 'a private key stands where a public key belongs', {
      hint: 'give the public half: the .pub file, or what age-keygen -y prints',
    });
  }
  if (/^---- BEGIN SSH2 PUBLIC KEY ----/m.test(text)) {
    return fail('bad-recipient', 'a key in the format of RFC 4716', {
      hint: 'ssh-keygen -i -f FILE prints it as OpenSSH writes it',
    });
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const keys = new Map<string, GivenKey>();
  const passed: { line: number; says: string }[] = [];
  for (const [index, written] of lines.slice(0, mostLines).entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    const key = readLine(line);
    if (typeof key === 'string') passed.push({ line: index + 1, says: key });
    else if (!keys.has(key.recipient.id)) keys.set(key.recipient.id, key);
  }
  if (keys.size > 0) return ok({ keys: [...keys.values()], passed });
  const [first] = passed;
  if (first === undefined) return fail('bad-recipient', 'there is no key in it');
  const details = passed.slice(1).map(({ line, says }) => `line ${line}: ${says}`);
  const hint = 'age encrypts to ssh-ed25519, ssh-rsa and age1… keys';
  return { ok: false, error: { code: 'bad-recipient', says: first.says, hint, details } };
}

/** The key of a line, or why there is none. */
function readLine(line: string): GivenKey | string {
  // `age-keygen` says so on the terminal.
  const bare = line.replace(/^public key:\s*/i, '');
  if (/^age1/i.test(bare)) {
    const [word = '', ...rest] = bare.split(/\s+/);
    const recipient = parseRecipient(word);
    const comment = rest
      .join(' ')
      .replace(/^#\s*/, '')
      .replace(/\p{C}+/gu, '');
    return usable(recipient) ?? { recipient, text: recipient.id, comment, hosts: [], fingerprint: null };
  }
  const fields = fieldsOfLine(bare);
  if (fields === null) return 'not an age or ssh public key';
  if ('refused' in fields) return fields.refused;
  const { type, key, hosts } = fields;
  // What cannot be seen in it would end up in rules and in `.pub` files.
  const comment = fields.comment.replace(/\p{C}+/gu, '');
  const why = whyNoReader(type);
  if (why !== null) return why;
  const recipient = parseRecipient(`${type} ${key}`);
  const text = comment === '' ? recipient.id : `${recipient.id} ${comment}`;
  return usable(recipient) ?? { recipient, text, comment, hosts, fingerprint: fingerprintOf(recipient.id) };
}

const usable = ({ kind, detail }: Recipient): string | null =>
  kind === 'unsupported' ? (detail ?? 'not a public key') : null;
