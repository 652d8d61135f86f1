// Edwards curve 25519 (RFC 8032, section 5.1). Public keys only: nothing here needs to take the same time for all.
const prime = (1n << 255n) - 19n;
const curve = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const signBit = 1n << 255n;
const length = 32;

/** The y of every point of order 1, 2, 4 or 8; whoever encrypts to one of them encrypts to everybody. */
const smallOrder: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  prime - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

/**
 * The u of an Ed25519 public key on the Montgomery form of the curve, as X25519 takes it (RFC 7748, section 4.1). `null`
 * for bytes that are no point, or a point of small order.
 */
export function montgomeryOf(point: Uint8Array): Buffer | null {
  if (point.length !== length) return null;
  const encoded = fromLittleEndian(point);
  // The top bit is the sign of x: both signs are points, and u is the same for both.
  const y = encoded & (signBit - 1n);
  if (y >= prime || smallOrder.has(y)) return null;
  // x² = (y² - 1) / (d·y² + 1) has a root where numerator times denominator has one; x is never 0 here.
  const numerator = modulo(y * y - 1n);
  const denominator = modulo(curve * y * y + 1n);
  if (power(modulo(numerator * denominator), (prime - 1n) / 2n) !== 1n) return null;
  return toLittleEndian(modulo((1n + y) * power(modulo(1n - y), prime - 2n)));
}

const modulo = (value: bigint): bigint => ((value % prime) + prime) % prime;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

const fromLittleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

const toLittleEndian = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex').reverse();
