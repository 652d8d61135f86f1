import { generateX25519 } from '../generate-identity.ts';
import type { Generated } from './generated.ts';

/** An identity file as `age-keygen` writes it, but for the time, and its recipient. */
export function generateAgeIdentity(): Generated {
  const { identity, recipient } = generateX25519();
  const secret = Buffer.concat([Buffer.from(`# public key: ${recipient.id}\n`), identity, Buffer.from('\n')]);
  identity.fill(0);
  return { secret, publicLine: recipient.id };
}
