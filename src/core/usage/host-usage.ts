import { firstFew } from '../first-few.ts';
import type { SecretId } from '../secret.ts';
import type { KnownHost } from './host-map.ts';
import { sayConsumer, staticGuess } from './say-usage.ts';
import type { WhereUsed } from './where-used.ts';

const fewUsers = 3;

/**
 * Whether the Nix files of a host seem to use a secret. `perhaps`: it is used in files of which nobody knows whose they
 * are. A guess in every case.
 */
export type OnHost = 'used' | 'perhaps' | 'not-found';

export function usedOnHost(usage: WhereUsed, host: KnownHost, id: SecretId): OnHost {
  const { declared, used, named } = usage.of(id);
  const places = [...declared, ...used, ...named];
  if (places.some(({ hosts }) => hosts.some(({ name }) => name === host.name))) return 'used';
  return places.some(({ hosts }) => hosts.length === 0) ? 'perhaps' : 'not-found';
}

const prefix = /^(?:(?:root@)|(?:(?:host|machine|system|server|node)[_-]))/i;

/** The host of the Nix files that a reader of the rules seems to be: `atlas`, `root@atlas`, `host_atlas`. */
export const hostOfReader = (usage: WhereUsed, name: string): KnownHost | undefined =>
  usage.hosts.find(name) ?? usage.hosts.find(name.replace(prefix, ''));

/** Whether a reader that is a host seems to use a secret, in a few words; `null` where nothing can be said of it. */
export function sayUseByReader(usage: WhereUsed, reader: string, id: SecretId): string | null {
  const host = hostOfReader(usage, reader);
  if (host === undefined) return null;
  const on = usedOnHost(usage, host, id);
  if (on === 'not-found') return `no use by it found (${staticGuess})`;
  if (on === 'perhaps') return `perhaps used by it (${staticGuess})`;
  const users = usage
    .of(id)
    .used.filter(({ by, hosts }) => by !== null && hosts.some(({ name }) => name === host.name));
  const names = [...new Set(users.map(({ by }) => sayConsumer(by)))];
  return names.length === 0
    ? `declared or named in its files (${staticGuess})`
    : `used there by ${firstFew(names, fewUsers)} (${staticGuess})`;
}
