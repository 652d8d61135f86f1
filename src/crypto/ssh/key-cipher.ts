import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';

/** A cipher of the OpenSSH key format: lengths in bytes. */
export interface KeyCipher {
  readonly keyLength: number;
  readonly ivLength: number;
  readonly blockLength: number;
  /** Bytes of the authentication tag after the private section. */
  readonly tagLength: number;
  /** `null` when the tag does not fit; without a tag the check words inside decide. The caller owns the result. */
  decrypt(key: Buffer, iv: Buffer, section: Buffer, tag: Buffer): Promise<Buffer | null>;
}

function openssl(name: string, keyLength: number, blockLength: number): KeyCipher {
  return {
    keyLength,
    ivLength: blockLength,
    blockLength,
    tagLength: 0,
    decrypt: async (key, iv, section) => {
      const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
      return Buffer.concat([decipher.update(section), decipher.final()]);
    },
  };
}

function gcm(name: 'aes-128-gcm' | 'aes-256-gcm', keyLength: number): KeyCipher {
  return {
    keyLength,
    ivLength: 12,
    blockLength: 16,
    tagLength: 16,
    decrypt: async (key, iv, section, tag) => {
      const decipher = createDecipheriv(name, key, iv, { authTagLength: 16 }).setAuthTag(tag);
      const opened = decipher.update(section);
      try {
        decipher.final();
        return opened;
      } catch {
        opened.fill(0);
        return null;
      }
    },
  };
}

/**
 * OpenSSH's own construction (its PROTOCOL.chacha20poly1305), with sequence number zero and no length field: the
 * first 32 bytes of the key encrypt from block 1 on, and block 0 keys Poly1305. Node has no bare Poly1305.
 */
const chachaPoly: KeyCipher = {
  keyLength: 64,
  ivLength: 0,
  blockLength: 8,
  tagLength: 16,
  decrypt: async (key, _iv, section, tag) => {
    const { poly1305 } = await import('@noble/ciphers/_poly1305.js');
    const nonce = Buffer.alloc(16);
    const stream = createCipheriv('chacha20', key.subarray(0, 32), nonce);
    const firstBlock = stream.update(Buffer.alloc(64));
    const expected = poly1305(section, firstBlock.subarray(0, 32));
    firstBlock.fill(0);
    return timingSafeEqual(expected, tag) ? stream.update(section) : null;
  },
};

/** Every cipher that ssh-keygen can write (`ssh-keygen -Z`), by its name in the key file. */
export const keyCiphers: ReadonlyMap<string, KeyCipher> = new Map([
  ['aes128-ctr', openssl('aes-128-ctr', 16, 16)],
  ['aes192-ctr', openssl('aes-192-ctr', 24, 16)],
  ['aes256-ctr', openssl('aes-256-ctr', 32, 16)],
  ['aes128-cbc', openssl('aes-128-cbc', 16, 16)],
  ['aes192-cbc', openssl('aes-192-cbc', 24, 16)],
  ['aes256-cbc', openssl('aes-256-cbc', 32, 16)],
  ['rijndael-cbc@lysator.liu.se', openssl('aes-256-cbc', 32, 16)],
  ['3des-cbc', openssl('des-ede3-cbc', 24, 8)],
  ['aes128-gcm@openssh.com', gcm('aes-128-gcm', 16)],
  ['aes256-gcm@openssh.com', gcm('aes-256-gcm', 32)],
  ['chacha20-poly1305@openssh.com', chachaPoly],
]);
