import type { RulesGroup } from './rules-reading.ts';

const hostWords = new Set(
  'host hosts hostkeys system systems systemkeys machine machines server servers node nodes vm vms nixos router routers desktop desktops laptop laptops workstation workstations vps cluster'.split(
    ' ',
  ),
);
const personWords = new Set(
  'user users userkeys person persons people human humans admin admins administrators maintainer maintainers developer developers dev devs operator operators owner owners member members team me yubikey yubikeys'.split(
    ' ',
  ),
);

/** The words of `allSystemKeys`, `host_keys`, `my-users`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);

/** A guess from the name alone; a name that speaks of both or of neither says nothing. */
export function kindOfName(name: string): RulesGroup['kind'] {
  const words = wordsOf(name);
  const host = words.some((word) => hostWords.has(word));
  const person = words.some((word) => personWords.has(word));
  if (host === person) return 'unknown';
  return host ? 'host' : 'person';
}

const collectiveWords = new Set(
  'all any both common everybody everyone everything group shared trusted'.split(' '),
);

/** Whether a name means several people or hosts, so that it is no name for one key. */
export const isCollective = (name: string): boolean =>
  wordsOf(name).some(
    (word) =>
      collectiveWords.has(word) || (word.endsWith('s') && (hostWords.has(word) || personWords.has(word))),
  );
