import type { Consumer } from '../../core/usage/nix-facts.ts';
import { readable } from '../nix/byte-string.ts';

const unknown = '?';
/** Parts of an option's name that are shown. */
const mostParts = 3;
const wrappers = new Set(['config', 'outputs', 'imports', 'modules', 'nixosConfigurations']);

/** What an option belongs to, by its name: `services.nginx.…` and `systemd.services.nginx.…` to nginx. */
export function consumerOf(option: readonly string[]): Consumer | null {
  const service = after(option, 'services');
  if (service !== null) return { kind: 'service', name: readable(service) };
  const container = after(option, 'containers');
  if (container !== null) return { kind: 'container', name: readable(container) };
  const start = option.findLastIndex((part) => wrappers.has(part)) + 1;
  const parts = option.slice(start).filter((part) => part !== unknown);
  return parts.length === 0 ? null : { kind: 'option', name: readable(parts.slice(0, mostParts).join('.')) };
}

function after(option: readonly string[], word: string): string | null {
  const at = option.lastIndexOf(word);
  const next = at === -1 ? undefined : option[at + 1];
  return next === undefined || next === unknown ? null : next;
}
