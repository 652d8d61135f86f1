import { generateX25519 } from '../../crypto/generate-identity.ts';
import { generateSshKey } from './generate-ssh-key.ts';

/** The hosts of the demo, in the order the rules name them. */
export const hostNames = ['atlas', 'borealis', 'cygnus', 'draco', 'eridanus', 'fornax'] as const;
export const personNames = ['alice', 'bob', 'carol'] as const;
/** Was switched off a year ago. Nobody re-encrypted everything it could read. */
export const retiredHost = 'zephyr';

export type MemberName = (typeof hostNames)[number] | (typeof personNames)[number] | typeof retiredHost;

/** Named lists of the rules file. */
export const groups = {
  people: ['alice', 'bob'],
  oncall: ['alice', 'carol'],
  hosts: hostNames,
  web: ['atlas', 'cygnus'],
  databases: ['draco', 'eridanus'],
} as const satisfies Record<string, readonly MemberName[]>;

export type GroupName = keyof typeof groups;

export interface Cast {
  /** Public key of each member as the rules file spells it. */
  readonly publicKeys: Readonly<Record<MemberName, string>>;
  /** The key of alice, who is you: text of an OpenSSH private key file. */
  readonly identity: string;
}

/** Fresh keys for everybody; all private halves but yours are dropped at once. */
export function assembleCast(): Cast {
  const you = generateSshKey('alice@demo');
  const hosts = [...hostNames, retiredHost].map((name) => [name, generateSshKey(`root@${name}`).publicLine]);
  // One reader with a native age key: its stanzas are anonymous, which is why some states read "unknown".
  const carol = generateX25519().recipient.id;
  const publicKeys = {
    alice: you.publicLine,
    bob: generateSshKey('bob@demo').publicLine,
    carol,
    ...Object.fromEntries(hosts),
  } as Record<MemberName, string>;
  return { publicKeys, identity: you.privateFile };
}
