// The curve P-256 (FIPS 186-5; SEC 2, secp256r1): y² = x³ - 3x + b over the prime p.
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const coordinateLength = 32;

/** A public point in both forms of SEC 1, section 2.3.3: 33 and 65 bytes. */
export interface P256Forms {
  readonly compressed: Uint8Array;
  readonly uncompressed: Uint8Array;
}

const modulo = (value: bigint): bigint => ((value % p) + p) % p;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * coordinateLength, '0'), 'hex');

/** Both forms of a public point given in either; `null` when it is none. Public values only: not constant time. */
export function p256Forms(point: Uint8Array): P256Forms | null {
  const [form = 0] = point;
  const isCompressed = point.length === 1 + coordinateLength && (form === 2 || form === 3);
  const isUncompressed = point.length === 1 + 2 * coordinateLength && form === 4;
  if (!isCompressed && !isUncompressed) return null;
  const x = toBigInt(point.subarray(1, 1 + coordinateLength));
  const square = modulo(x * x * x - 3n * x + b);
  const root = power(square, (p + 1n) / 4n);
  if (x >= p || modulo(root * root) !== square) return null;
  const parity = isCompressed ? BigInt(form & 1) : BigInt((point.at(-1) ?? 0) & 1);
  const y = (root & 1n) === parity ? root : modulo(-root);
  if (isUncompressed && y !== toBigInt(point.subarray(1 + coordinateLength))) return null;
  return {
    compressed: Buffer.concat([Buffer.from([2 + Number(parity)]), toBytes(x)]),
    uncompressed: Buffer.concat([Buffer.from([4]), toBytes(x), toBytes(y)]),
  };
}
