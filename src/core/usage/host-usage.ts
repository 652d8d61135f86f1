import type { Repository } from '../repository.ts';
import type { Secret, SecretId } from '../secret.ts';
import type { KnownHost } from './host-map.ts';
import type { WhereUsed } from './where-used.ts';

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

/** Secrets for whose use nothing was found at all. */
export const withoutUse = ({ secrets }: Repository, usage: WhereUsed): readonly Secret[] =>
  secrets.filter(({ id }) => {
    const { declared, used, named } = usage.of(id);
    return declared.length + used.length + named.length === 0;
  });
