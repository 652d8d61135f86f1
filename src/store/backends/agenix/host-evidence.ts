import type { SourcePosition } from '../../../core/recipient.ts';
import type { KindEvidence } from '../../../core/repository.ts';
import { hostByDirectory } from '../../../core/usage/host-directory.ts';
import type { NixFacts } from '../../../core/usage/nix-facts.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import type { Jail } from '../../jail.ts';
import type { TreeView } from '../backend.ts';

/** What Nix files beside the rules say of hosts, as far as it is written out. */
export interface HostEvidence {
  /** By the name of a reader that is a host. */
  readonly hosts: ReadonlyMap<string, KindEvidence>;
  /** Keys that agenix-rekey is told to be a host's. */
  readonly keys: readonly { readonly text: string; readonly host: string; readonly at: SourcePosition }[];
}

const mostFileBytes = 128 * 1024;
const mostKeyBytes = 4_096;
/** Files looked at for the name of one reader, and for all. */
const mostPerName = 4;
const mostFiles = 300;
/** Stands in for the key of a host that has none yet. */
const placeholder = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq';

/**
 * Which of these names are hosts, by `nixosConfigurations` of the flake and by `networking.hostName` in files that lie
 * where the name says; and with `isRekeyed` the keys of hosts. Reads few files, for it is done whenever a repository
 * is opened.
 */
export async function readHostEvidence(
  { jail, listing }: TreeView,
  names: readonly string[],
  isRekeyed: boolean,
): Promise<HostEvidence> {
  const hosts = new Map<string, KindEvidence>();
  const keys: HostEvidence['keys'][number][] = [];
  const nix = listing.entries.flatMap(({ path, kind }) =>
    kind === 'file' && path.endsWith('.nix') ? [path] : [],
  );
  const isFlake = nix.includes('flake.nix');
  const candidates = isRekeyed ? nix.filter((file) => hostByDirectory(file) !== null) : placesOf(names, nix);
  if ((names.length === 0 || !isFlake) && candidates.length === 0) return { hosts, keys };
  // Most of it is the parser, which is loaded; the rest is not worth a start without it.
  const { factsIn } = await import('../../usage/facts-in.ts');
  const { tryParse } = await import('../../survey/try-parse.ts');
  const factsOf = (file: string, word: string): NixFacts | null => {
    const read = jail.readStart(file, mostFileBytes);
    if (!read.ok || read.value.size > mostFileBytes) return null;
    const { bytes } = read.value;
    if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(word)) return null;
    const parsed = tryParse(file, bytes);
    return parsed === null ? null : factsIn(file, parsed, () => false);
  };

  const wanted = new Set(names);
  const flake = isFlake && names.length > 0 ? factsOf('flake.nix', 'nixosConfigurations') : null;
  for (const { name, at } of flake?.configurations ?? []) {
    if (wanted.has(name) && !hosts.has(name)) hosts.set(name, { source: 'configuration', at });
  }
  for (const file of candidates.slice(0, mostFiles)) {
    const facts = factsOf(file, isRekeyed ? 'hostPubkey' : 'hostName');
    for (const { name, at } of facts?.hostNames ?? []) {
      if (wanted.has(name) && !hosts.has(name)) hosts.set(name, { source: 'host-name', at });
    }
    const host = hostByDirectory(file) ?? facts?.hostNames[0]?.name;
    for (const { key, at } of facts?.hostKeys ?? []) {
      const text = key.kind === 'text' ? key.text : publicKeyIn(jail, key.path);
      if (host !== undefined && text !== null && isHostKey(text)) keys.push({ text, host, at });
    }
  }
  return { hosts, keys };
}

const mainFile = /^(default|configuration|host|system|networking?)\.nix$/;

/** Files where a host of such a name would set its name: `hosts/atlas/default.nix`, `machines/atlas.nix`. */
function placesOf(names: readonly string[], nix: readonly string[]): readonly string[] {
  const places = new Map(names.map((name) => [name, [] as string[]]));
  for (const file of nix) {
    const parts = file.split('/');
    const last = parts.pop() ?? '';
    const parent = mainFile.test(last) ? parts.at(-1) : undefined;
    const place = places.get(last.slice(0, -'.nix'.length)) ?? places.get(parent ?? '');
    if (place && place.length < mostPerName) place.push(file);
  }
  return [...places.values()].flat();
}

function publicKeyIn(jail: Jail, path: string): string | null {
  const read = jail.readStart(path, mostKeyBytes);
  return read.ok ? Buffer.from(read.value.bytes).toString('utf8') : null;
}

function isHostKey(text: string): boolean {
  const { id, kind } = parseRecipient(text.trim());
  return (kind === 'ssh-ed25519' || kind === 'ssh-rsa' || kind === 'x25519') && id !== placeholder;
}
