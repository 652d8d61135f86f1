import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { promisify } from 'node:util';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { wireInteger, wireString } from '../ssh/wire.ts';
import type { Generated } from './generated.ts';
import { opensshFile } from './openssh-file.ts';
import type { RsaLength } from './rsa-lengths.ts';

// RFC 8410: an Ed25519 key around its 32 bytes of seed.
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An ssh-ed25519 pair as `ssh-keygen -t ed25519 -N ''` writes it. Error: `usage` for the comment. */
export function generateSshEd25519(comment: string): Outcome<Generated> {
  const bad = badComment(comment);
  if (bad !== null) return bad;
  const seed = randomFillSync(Buffer.alloc(32));
  const der = Buffer.concat([pkcs8Prefix, seed]);
  const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const both = Buffer.concat([seed, point]);
  const generated = opensshFile({
    type: 'ssh-ed25519',
    publicFields: [wireString(point)],
    privateFields: [wireString(point), wireString(both)],
    comment,
  });
  for (const bytes of [seed, der, both]) bytes.fill(0);
  return ok(generated);
}

/** An ssh-rsa pair as `ssh-keygen -t rsa -N ''` writes it; finding the primes takes up to seconds. Error: `usage`. */
export async function generateSshRsa(bits: RsaLength, comment: string): Promise<Outcome<Generated>> {
  const bad = badComment(comment);
  if (bad !== null) return bad;
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: bits });
  const { n, e, d, p, q, iqmp } = numbersOf(privateKey);
  const generated = opensshFile({
    type: 'ssh-rsa',
    publicFields: [wireInteger(e), wireInteger(n)],
    privateFields: [n, e, d, iqmp, p, q].map(wireInteger),
    comment,
  });
  for (const bytes of [d, p, q, iqmp]) bytes.fill(0);
  return ok(generated);
}

/** The integers of a PKCS#1 key (RFC 8017, A.1.2): version, n, e, d, p, q, two exponents, coefficient. */
function numbersOf(key: KeyObject): Record<'n' | 'e' | 'd' | 'p' | 'q' | 'iqmp', Buffer> {
  const der = key.export({ format: 'der', type: 'pkcs1' });
  const integers: Buffer[] = [];
  // The sequence around them has its length in two bytes at these sizes.
  for (let at = 4; at < der.length; ) {
    const first = der[at + 1] ?? 0;
    const more = first < 0x80 ? 0 : first - 0x80;
    const length = more === 0 ? first : der.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    const sign = der[start] === 0 ? 1 : 0;
    integers.push(Buffer.from(der.subarray(start + sign, start + length)));
    at = start + length;
  }
  der.fill(0);
  const [, n, e, d, p, q, dp, dq, iqmp] = integers;
  if (!n || !e || !d || !p || !q || !iqmp) throw new TypeError('a PKCS#1 key with fewer numbers than nine');
  dp?.fill(0);
  dq?.fill(0);
  return { n, e, d, p, q, iqmp };
}

function badComment(comment: string): ({ readonly ok: false } & ReturnType<typeof fail>) | null {
  return /\p{Cc}/u.test(comment) ? fail('usage', 'a comment is one line') : null;
}
