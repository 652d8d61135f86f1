const sequence = 0x30;
const integer = 0x02;
const maxDepth = 8;

/** OpenSSL does it in one go, while nothing else happens: some seconds of PBKDF2 or scrypt. It writes 2,048 itself. */
export const maxPkcs8Work = 2 ** 25;

/**
 * How much work trying one passphrase of an encrypted PKCS#8 key (RFC 5958) is: the product of all numbers in its
 * parameters, which are the iterations of PBKDF2, or N, r and p of scrypt, and lengths. Infinite when malformed.
 */
export function pkcs8Work(der: Uint8Array): number {
  const [outer] = elementsOf(der);
  const [parameters] = outer?.tag === sequence ? elementsOf(outer.content) : [];
  return parameters?.tag === sequence ? product(parameters.content, 0) : Number.POSITIVE_INFINITY;
}

function product(bytes: Uint8Array, depth: number): number {
  if (depth > maxDepth) return Number.POSITIVE_INFINITY;
  let work = 1;
  for (const { tag, content } of elementsOf(bytes)) {
    if (tag === sequence) work *= product(content, depth + 1);
    if (tag === integer)
      work *= Math.max(
        1,
        content.reduce((value, byte) => value * 256 + byte, 0),
      );
  }
  return work;
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The elements of a DER encoding, up to the first that is malformed. */
function elementsOf(bytes: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const extra = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + extra;
    const length = extra === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, b) => sum * 256 + b, 0);
    if (extra > 3 || start + length > bytes.length) break;
    elements.push({ tag: bytes[at] ?? 0, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
}
