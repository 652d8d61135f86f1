/** What can be generated from a password. */
export const hashKinds = ['bcrypt', 'htpasswd', 'sha512-crypt'] as const;

export type HashKind = (typeof hashKinds)[number];

/** What can be generated. */
export const valueKinds = [
  'password',
  'words',
  'hex',
  'base64',
  'base64url',
  'uuid',
  'ssh-ed25519',
  'ssh-rsa',
  'age',
  'wireguard',
  ...hashKinds,
] as const;

export type ValueKind = (typeof valueKinds)[number];

/** What `length` is where nobody says; of anything else there is but one. */
export const defaultLengths: Readonly<Partial<Record<ValueKind, number>>> = {
  password: 32,
  words: 8,
  hex: 32,
  base64: 32,
  base64url: 32,
  'ssh-rsa': 3072,
};
