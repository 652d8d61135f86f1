import { counted } from '../counted.ts';
import type { HostGuess } from './host-map.ts';
import type { Consumer } from './nix-facts.ts';
import type { Used, WhereUsed } from './where-used.ts';

const fewHosts = 3;

/** What every face calls what it shows of this. */
export const staticGuess = 'static guess';

/** `atlas, borg`; many hosts are counted, for a file that all import says nothing of one. */
export const sayHosts = (hosts: readonly HostGuess[]): string =>
  hosts.length > fewHosts
    ? counted(hosts.length, 'host')
    : [...new Set(hosts.map(({ name }) => name))].join(', ');

/** `nginx`, `container ctfd`, or the option that is set; what reads it in a file that does not say for whom is `?`. */
export function sayConsumer(by: Consumer | null): string {
  if (by === null) return '?';
  return by.kind === 'container' ? `container ${by.name}` : by.name;
}

/** `nginx on atlas`. */
export function sayUse({ by, hosts }: Pick<Used, 'by' | 'hosts'>): string {
  const on = sayHosts(hosts);
  return on === '' ? sayConsumer(by) : `${sayConsumer(by)} on ${on}`;
}

/** Why more may be used than was found; `null` when nothing speaks for that. */
export function whyIncomplete({ computed, isComplete }: WhereUsed): string | null {
  const [first] = computed;
  const reasons = [
    ...(isComplete ? [] : ['not every Nix file could be read']),
    ...(first === undefined
      ? []
      : [
          `secrets are declared or read by computed names in ${counted(computed.length, 'place')}, ` +
            `first in ${first.at.file}:${first.at.line}`,
        ]),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
}
