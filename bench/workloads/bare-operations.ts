// The least that any program must do to open N files with one X25519 key, with Node's own crypto and nothing around
// it: per file one X25519 agreement and two ChaCha20-Poly1305 openings (file key, payload). `node … N SIZE`.
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto';

const [count = 1000, size = 200] = process.argv.slice(2).map(Number);
const { privateKey } = generateKeyPairSync('x25519');
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const ephemeral = generateKeyPairSync('x25519')
  .publicKey.export({ format: 'der', type: 'spki' })
  .subarray(-32);
const nonce = Buffer.alloc(12);

const seal = (key: Uint8Array, text: Uint8Array) => {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
};
const open = (key: Uint8Array, sealed: Uint8Array) => {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
};

const publicKey = () =>
  createPublicKey({ key: Buffer.concat([spkiPrefix, ephemeral]), format: 'der', type: 'spki' });
const shared = diffieHellman({ privateKey, publicKey: publicKey() });
const stanza = seal(shared, Buffer.alloc(16));
const payload = seal(shared, Buffer.alloc(size));

let opened = 0;
for (let index = 0; index < count; index += 1) {
  const key = diffieHellman({ privateKey, publicKey: publicKey() });
  opened += open(key, stanza).length + open(key, payload).length;
}
if (opened !== count * (16 + size)) throw new Error('nothing was opened');
