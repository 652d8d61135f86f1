/** Reads the length-prefixed fields of the SSH wire format (RFC 4251, section 5). Every read is `null` past the end. */
export interface WireReader {
  uint32(): number | null;
  /** A view into the bytes given, not a copy. */
  string(): Buffer | null;
  /** What has not been read. */
  rest(): Buffer;
}

export function readWire(bytes: Uint8Array): WireReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let position = 0;
  const uint32 = (): number | null => {
    if (buffer.length - position < 4) return null;
    const value = buffer.readUInt32BE(position);
    position += 4;
    return value;
  };
  const string = (): Buffer | null => {
    const length = uint32();
    if (length === null || buffer.length - position < length) return null;
    position += length;
    return buffer.subarray(position - length, position);
  };
  return { uint32, string, rest: () => buffer.subarray(position) };
}

/** A positive mpint without its leading zero byte; `null` for negative, zero or not minimally encoded numbers. */
export function positiveInteger(mpint: Buffer | null): Buffer | null {
  const first = mpint?.[0];
  if (mpint === null || first === undefined || first >= 0x80) return null;
  if (first !== 0) return mpint;
  const second = mpint[1];
  return second === undefined || second < 0x80 ? null : mpint.subarray(1);
}

/** One wire string. */
export function wireString(bytes: Uint8Array): Buffer {
  const out = Buffer.alloc(4 + bytes.length);
  out.writeUInt32BE(bytes.length);
  out.set(bytes, 4);
  return out;
}

/** A positive number as an mpint: a zero byte goes before a leading bit. */
export function wireInteger(magnitude: Uint8Array): Buffer {
  const needsZero = (magnitude[0] ?? 0) >= 0x80;
  return wireString(needsZero ? Buffer.concat([Buffer.alloc(1), magnitude]) : magnitude);
}
