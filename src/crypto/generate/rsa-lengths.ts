/** Bits of the RSA keys that are made. */
export const rsaLengths = [2048, 3072, 4096] as const;

export type RsaLength = (typeof rsaLengths)[number];
