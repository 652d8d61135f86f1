import { createHash } from 'node:crypto';
import { pem } from './pem.ts';

// Values that look like what people keep, and say of themselves that they are not real.

export const fake = (what: string): string => `not-real-${what}`;

export const line = (what: string): string => `${fake(what)}\n`;

export const dotenv = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([key, value]) => `${key}=${/[ #"]/.test(value) ? JSON.stringify(value) : value}\n`)
    .join('');

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const ini = (sections: Readonly<Record<string, Readonly<Record<string, string>>>>): string =>
  Object.entries(sections)
    .map(([name, entries]) => {
      const lines = Object.entries(entries).map(([key, value]) => `${key} = ${value}\n`);
      return `[${name}]\n${lines.join('')}`;
    })
    .join('\n');

/** Two levels are all the demo needs. */
export const yaml = (sections: Readonly<Record<string, Readonly<Record<string, string>>>>): string =>
  Object.entries(sections)
    .map(([name, entries]) => {
      const lines = Object.entries(entries).map(([key, value]) => `  ${key}: ${value}\n`);
      return `${name}:\n${lines.join('')}`;
    })
    .join('');

export const fakeKey = (what: string): string =>
  pem(
    'PRIVATE KEY',
    Buffer.from(`This is a picture of a private key, for ${what}. It opens nothing and never did.`),
  );

export const wifi = (networks: Readonly<Record<string, string>>): string =>
  Object.entries(networks)
    .map(([ssid, passphrase]) => `network={\n  ssid="${ssid}"\n  psk="${passphrase}"\n}\n`)
    .join('');

export const bytes = (what: string): Uint8Array => createHash('sha512').update(`demo ${what}`).digest();
