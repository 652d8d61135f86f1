import { generateSshEd25519 } from '../../crypto/generate/ssh-key.ts';

/** An ssh-ed25519 key pair as text. */
export interface SshKeyPair {
  /** Text of the private key file; secret, though these only ever open demos. */
  readonly privateFile: string;
  /** One line without a newline: `ssh-ed25519 AAAA… comment`. */
  readonly publicLine: string;
}

/** A pair for the demo, whose comments are our own: one that is not a single line is a bug. */
export function generateSshKey(comment: string): SshKeyPair {
  const generated = generateSshEd25519(comment);
  if (!generated.ok) throw new TypeError(generated.error.says);
  const { secret, publicLine } = generated.value;
  if (publicLine === undefined) throw new TypeError('an ssh key without its public half');
  return { privateFile: Buffer.from(secret).toString('latin1'), publicLine };
}
