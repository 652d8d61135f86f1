import { type Outcome, ok } from '../../core/outcome.ts';
import { generateAgeIdentity } from './age-identity.ts';
import type { Generated } from './generated.ts';
import { generatePassword, type PasswordRequest } from './password.ts';
import { generatePhrase, type PhraseRequest } from './phrase.ts';
import { type BytesEncoding, generateBytes, generateUuid } from './random-bytes.ts';
import type { RsaLength } from './rsa-lengths.ts';
import { generateSshEd25519, generateSshRsa } from './ssh-key.ts';
import { generateWireguard } from './wireguard.ts';

/** What to make, with everything it depends on. */
export type GeneratorRequest =
  | ({ readonly kind: 'password' } & PasswordRequest)
  | ({ readonly kind: 'words' } & PhraseRequest)
  | { readonly kind: BytesEncoding; readonly count: number }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'ssh-ed25519'; readonly comment: string }
  | { readonly kind: 'ssh-rsa'; readonly bits: RsaLength; readonly comment: string }
  | { readonly kind: 'age' }
  | { readonly kind: 'wireguard' };

/** A fresh secret of any kind. Error: `usage`. */
export async function generate(request: GeneratorRequest): Promise<Outcome<Generated>> {
  switch (request.kind) {
    case 'password':
      return generatePassword(request);
    case 'words':
      return generatePhrase(request);
    case 'hex':
    case 'base64':
    case 'base64url':
      return generateBytes(request.count, request.kind);
    case 'uuid':
      return ok(generateUuid());
    case 'ssh-ed25519':
      return generateSshEd25519(request.comment);
    case 'ssh-rsa':
      return generateSshRsa(request.bits, request.comment);
    case 'age':
      return ok(generateAgeIdentity());
    case 'wireguard':
      return ok(generateWireguard());
  }
}
