declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** One block: Blowfish keyed 64 times with two SHA-512 hashes, then 64 encryptions. `out` has 32 bytes. */
    hash(hashedPassphrase: Uint8Array, hashedSalt: Uint8Array, out: Uint8Array): void;
  };
  // biome-ignore lint/style/noDefaultExport: this is how a CommonJS module looks from here
  export default bcrypt;
}
