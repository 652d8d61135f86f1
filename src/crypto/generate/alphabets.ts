const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

/** Alphabets of passwords by name. */
export const alphabets = {
  /** Needs no quotes anywhere. */
  alphanumeric: letters + digits,
  /** Without what is mistaken for something else when it is read aloud or typed off: 0 O o 1 l I. */
  readable: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  /** Everything on a US keyboard but the space. */
  printable: `${letters}${digits}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`,
  digits,
} as const;

/** Those of an alphabet that is named, else the characters themselves. */
export const charactersOf = (alphabet: string): string =>
  Object.entries(alphabets).find(([name]) => name === alphabet)?.[1] ?? alphabet;
