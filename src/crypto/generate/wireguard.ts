import { randomFillSync } from 'node:crypto';
import { privateKeyOf, publicBytesOf } from '../age/x25519.ts';
import { base64Bytes } from './encode-secret.ts';
import type { Generated, RandomSource } from './generated.ts';

/** A pair as `wg genkey` and `wg pubkey` write it: the private key clamped (RFC 7748, section 5), one line each. */
export function generateWireguard(random: RandomSource = randomFillSync): Generated {
  const scalar = Buffer.alloc(32);
  random(scalar);
  scalar[0] = (scalar[0] ?? 0) & 248;
  scalar[31] = ((scalar[31] ?? 0) & 127) | 64;
  const text = base64Bytes(scalar);
  const secret = Buffer.concat([text, Buffer.from('\n')]);
  const publicLine = publicBytesOf(privateKeyOf(scalar)).toString('base64');
  scalar.fill(0);
  text.fill(0);
  return { secret, publicLine };
}
