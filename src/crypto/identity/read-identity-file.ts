import { fail } from '../../core/outcome.ts';
import { decodeBech32 } from '../bech32.ts';
import { type KeyHolder, unusableKey } from './key-holder.ts';
import { hybridHolder, x25519Holder } from './native-holder.ts';

const comment = 0x23;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;

function trim(line: Uint8Array): Uint8Array {
  let start = 0;
  let end = line.length;
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.subarray(start, end);
}

/** A file that holds a key and hundreds of other lines tells about the first of them only. */
const maxBadLines = 3;

/**
 * The keys of an age identity file: one on each line, comments and empty lines between them, LF or CRLF. A line that
 * is none becomes an unusable key that names its number and never its text; a file without any key is one such line.
 */
export function readIdentityFile(origin: string, bytes: Uint8Array): KeyHolder[] {
  const holders: KeyHolder[] = [];
  let badLines = 0;
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = trim(bytes.subarray(start, end));
    start = end + 1;
    if (line.length === 0 || line[0] === comment) continue;
    const holder = readLine(origin, number, line);
    const isBad = holder.statuses().some((status) => status.kind === 'unusable');
    if (isBad) badLines++;
    if (!isBad || badLines <= maxBadLines) holders.push(holder);
  }
  const [first] = holders;
  const holdsNoKey = first === undefined || (badLines >= maxBadLines && holders.length === maxBadLines);
  return holdsNoKey ? [unusableKey(origin, notAnIdentityFile)] : holders;
}

const notAnIdentityFile = fail('bad-identity', 'no private key in this file', {
  hint: 'an identity file holds lines AGE-SECRET-KEY-1…, or is an ssh private key',
}).error;

function readLine(origin: string, number: number, line: Uint8Array): KeyHolder {
  const where = `${origin}:${number}`;
  const bad = (says: string, hint?: string): KeyHolder =>
    unusableKey(origin, fail('bad-identity', says, hint === undefined ? { where } : { where, hint }).error);
  const decoded = decodeBech32(line);
  // Private keys are written in capitals; age refuses others.
  const isUpperCase = line.every((byte) => byte < 0x61 || byte > 0x7a);
  if (decoded === null || !isUpperCase) {
    decoded?.data.fill(0);
    return looksPublic(line)
      ? bad(
          'a public key stands where a private key belongs',
          'the identity file holds lines AGE-SECRET-KEY-1…',
        )
      : bad('the line is not an age private key, or it is mistyped');
  }
  const { prefix, data } = decoded;
  if (prefix === 'age-secret-key-pq-' && data.length === 32) return hybridHolder(origin, data);
  if (prefix === 'age-secret-key-' && data.length === 32) {
    const holder = x25519Holder(origin, data);
    data.fill(0);
    return holder;
  }
  data.fill(0);
  if (prefix.startsWith('age-plugin-'))
    return pluginKey(origin, where, prefix.slice('age-plugin-'.length, -1));
  return bad('this kind of age private key is not known here');
}

const looksPublic = (line: Uint8Array): boolean =>
  Buffer.from(line.subarray(0, 4)).toString('latin1') === 'age1';

function pluginKey(origin: string, where: string, name: string): KeyHolder {
  const says = `needs age-plugin-${name}, and keyhole does not decrypt with plugins yet`;
  const hint = 'open files that only this key reads with age itself';
  return unusableKey(origin, fail('unsupported', says, { where, hint }).error, 'plugin');
}
