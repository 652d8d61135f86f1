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
