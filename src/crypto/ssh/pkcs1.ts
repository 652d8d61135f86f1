import { createPrivateKey, type KeyObject } from 'node:crypto';

/** The numbers of an RSA key as OpenSSH stores them: big endian, no leading zero. */
export interface RsaNumbers {
  readonly n: Buffer;
  readonly e: Buffer;
  readonly d: Buffer;
  readonly iqmp: Buffer;
  readonly p: Buffer;
  readonly q: Buffer;
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

function derInteger(magnitude: Buffer): Buffer {
  const sign = (magnitude[0] ?? 0x80) >= 0x80 ? Buffer.alloc(1) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([0x02]), derLength(sign.length + magnitude.length), sign, magnitude]);
}

function toBigInt(magnitude: Buffer): bigint {
  let value = 0n;
  for (const byte of magnitude) value = (value << 8n) | BigInt(byte);
  return value;
}

function toBytes(value: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let left = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(left & 0xffn);
    left >>= 8n;
  }
  const first = bytes.findIndex((byte) => byte !== 0);
  return first <= 0 ? bytes : bytes.subarray(first);
}

/** `d mod (prime - 1)`, which PKCS#1 stores and OpenSSH leaves out. */
const exponentFor = (d: Buffer, prime: Buffer): Buffer =>
  toBytes(toBigInt(d) % (toBigInt(prime) - 1n), prime.length);

/** The key object of an RSA key (RFC 8017, A.1.2). `null` when OpenSSL finds the numbers impossible. */
export function rsaKeyOf({ n, e, d, iqmp, p, q }: RsaNumbers): KeyObject | null {
  if (toBigInt(p) < 2n || toBigInt(q) < 2n) return null;
  const exponents = [exponentFor(d, p), exponentFor(d, q)];
  const numbers = [Buffer.alloc(1), n, e, d, p, q, ...exponents, iqmp].map(derInteger);
  const body = Buffer.concat(numbers);
  const der = Buffer.concat([Buffer.from([0x30]), derLength(body.length), body]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' });
  } catch {
    return null;
  } finally {
    for (const secret of [...numbers, ...exponents, body, der]) secret.fill(0);
  }
}
