import { createHash, randomFillSync } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { draw } from './draw.ts';
import type { RandomSource } from './generated.ts';

const itoa64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const saltLength = 16;
const defaultRounds = 5000;
/** The time grows with its square; longer ones are no passwords. */
const maxPassword = 1024;
const maxRounds = 1_000_000;

/**
 * The `$6$` hash of a password, as /etc/shadow and `hashedPassword` of NixOS take it. Error: `usage` for a password that
 * no program could send (empty, NUL, too long) and for rounds outside 1000 … 1,000,000.
 */
export function hashWithSha512Crypt(
  password: Uint8Array,
  rounds: number = defaultRounds,
  random: RandomSource = randomFillSync,
): Outcome<string> {
  if (password.length === 0 || password.length > maxPassword || password.includes(0)) {
    return fail('usage', `a password to hash has 1 to ${maxPassword} bytes and no NUL`);
  }
  if (!Number.isInteger(rounds) || rounds < 1000 || rounds > maxRounds) {
    return fail('usage', `1000 to ${maxRounds} rounds`);
  }
  const salt = draw(Buffer.from(itoa64), saltLength, random).toString('latin1');
  const prefix = rounds === defaultRounds ? '' : `rounds=${rounds}$`;
  return ok(`$6$${prefix}${salt}$${sha512Crypt(password, Buffer.from(salt), rounds)}`);
}

/** Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6, steps 1 to 22. */
function sha512Crypt(password: Uint8Array, salt: Uint8Array, rounds: number): string {
  const alternate = digest(password, salt, password);
  const first: Uint8Array[] = [password, salt, repeated(alternate, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) first.push((bits & 1) === 1 ? alternate : password);
  let state = digest(...first);
  const p = repeated(digest(...Array<Uint8Array>(password.length).fill(password)), password.length);
  const s = repeated(digest(...Array<Uint8Array>(16 + (state[0] ?? 0)).fill(salt)), salt.length);
  for (let round = 0; round < rounds; round += 1) {
    const odd = round % 2 === 1;
    const parts = [odd ? p : state];
    if (round % 3 !== 0) parts.push(s);
    if (round % 7 !== 0) parts.push(p);
    parts.push(odd ? state : p);
    state = digest(...parts);
  }
  p.fill(0);
  return encoded(state);
}

function digest(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const repeated = (bytes: Buffer, length: number): Buffer =>
  Buffer.concat(Array<Buffer>(Math.ceil(length / bytes.length)).fill(bytes)).subarray(0, length);

/** Three bytes at a time, in an order of its own: 0 21 42, 22 43 1, 44 2 23, … and the last one alone. */
function encoded(state: Buffer): string {
  let text = '';
  const add = (value: number, digits: number): void => {
    for (let digit = 0; digit < digits; digit += 1) text += itoa64.charAt((value >> (6 * digit)) & 63);
  };
  let [a, b, c] = [0, 21, 42];
  for (let group = 0; group < 21; group += 1) {
    add(((state[a] ?? 0) << 16) | ((state[b] ?? 0) << 8) | (state[c] ?? 0), 4);
    [a, b, c] = [b + 1, c + 1, a + 1];
  }
  add(state[63] ?? 0, 2);
  return text;
}
