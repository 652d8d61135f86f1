import type { Place } from '../audit/survey.ts';
import { hostByDirectory } from './host-directory.ts';
import type { NixFacts } from './nix-facts.ts';

/** A host that a Nix file seems to be for, and why one may think so. */
export interface HostGuess {
  readonly name: string;
  /**
   * `directory`: the file lies in the host's · `configuration`: `nixosConfigurations` names it · `host-name`: it sets
   * `networking.hostName` · `import`: such a file imports it, perhaps through others.
   */
  readonly how: 'directory' | 'configuration' | 'host-name' | 'import';
}

/** A host of the Nix files and what speaks for it. */
export interface KnownHost {
  readonly name: string;
  /** Other names it goes by, such as that of its directory. */
  readonly aliases: readonly string[];
  /** Where it is written; absent where only a directory says so. */
  readonly at: Place | null;
  readonly how: Exclude<HostGuess['how'], 'import'>;
}

export interface HostMap {
  readonly hosts: readonly KnownHost[];
  of(file: string): readonly HostGuess[];
  /** By one of its names, else by one that differs only in case. */
  find(name: string): KnownHost | undefined;
}

interface Gathering {
  readonly aliases: Set<string>;
  readonly roots: Map<string, Exclude<HostGuess['how'], 'import'>>;
  at: Place | null;
  how: KnownHost['how'];
}

const mostHosts = 1_000;
/** Steps of all walks along imports together. */
const mostSteps = 300_000;

/** Which hosts the Nix files are for, as far as directories, literal names and literal imports tell. */
export function mapHosts(facts: readonly NixFacts[], files: ReadonlySet<string>): HostMap {
  const gathered = new Map<string, Gathering>();
  const gather = (name: string, how: KnownHost['how'], at: Place | null): Gathering | null => {
    const known = gathered.get(name);
    if (known === undefined && gathered.size >= mostHosts) return null;
    const host = known ?? { aliases: new Set(), roots: new Map(), at, how };
    gathered.set(name, host);
    return host;
  };
  const fileOf = (target: string): string | null =>
    files.has(target) ? target : files.has(`${target}/default.nix`) ? `${target}/default.nix` : null;

  const namedBy = new Map<string, string[]>();
  for (const { name, at, modules } of facts.flatMap(({ configurations }) => configurations)) {
    const host = gather(name, 'configuration', at);
    const roots = modules.flatMap((target) => fileOf(target) ?? []);
    for (const root of roots) host?.roots.set(root, 'configuration');
    const [directory, another] = new Set(roots.flatMap((root) => hostByDirectory(root) ?? []));
    if (directory === undefined || another !== undefined) continue;
    namedBy.set(directory, [...(namedBy.get(directory) ?? []), name]);
    if (directory !== name) host?.aliases.add(directory);
  }
  for (const { file } of facts) {
    const directory = hostByDirectory(file);
    if (directory === null) continue;
    for (const name of namedBy.get(directory) ?? [directory]) {
      gather(name, 'directory', null)?.roots.set(file, 'directory');
    }
  }
  const imports = new Map(facts.map((one) => [one.file, one.imports.flatMap((to) => fileOf(to) ?? [])]));
  let reached = walkAll(gathered, imports);
  let isGrown = false;
  for (const { name, at } of facts.flatMap(({ hostNames }) => hostNames)) {
    const [owner, another] = reached.get(at.file)?.keys() ?? [];
    const known = gathered.get(owner ?? name);
    if (another !== undefined) continue;
    if (owner !== undefined && owner !== name) known?.aliases.add(name);
    if (known) known.at ??= at;
    if (owner !== undefined) continue;
    gather(name, 'host-name', at)?.roots.set(at.file, 'host-name');
    isGrown = true;
  }
  if (isGrown) reached = walkAll(gathered, imports);
  const hosts = [...gathered]
    .map(([name, { aliases, at, how }]): KnownHost => ({ name, aliases: [...aliases], at, how }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const answers = new Map<string, readonly HostGuess[]>();
  return {
    hosts,
    of(file) {
      const known = answers.get(file);
      if (known !== undefined) return known;
      const answer = [...(reached.get(file) ?? [])]
        .map(([name, how]): HostGuess => ({ name, how }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      answers.set(file, answer);
      return answer;
    },
    find(name) {
      const isCalled = (wanted: string, fold: (text: string) => string) => (host: KnownHost) =>
        [host.name, ...host.aliases].some((one) => fold(one) === fold(wanted));
      return (
        hosts.find((host) => host.name === name) ??
        hosts.find(isCalled(name, (text) => text)) ??
        hosts.find(isCalled(name, (text) => text.toLowerCase()))
      );
    },
  };
}

/** By file, the hosts that lead to it. */
function walkAll(
  hosts: ReadonlyMap<string, Gathering>,
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ReadonlyMap<string, HostGuess['how']>> {
  const reached = new Map<string, Map<string, HostGuess['how']>>();
  let steps = 0;
  for (const [name, { roots }] of hosts) {
    const waiting: (readonly [file: string, how: HostGuess['how']])[] = [...roots];
    for (let at = 0; at < waiting.length && steps < mostSteps; at += 1) {
      const [file, how] = waiting[at] ?? ['', 'import'];
      const before = reached.get(file) ?? new Map<string, HostGuess['how']>();
      if (before.has(name)) continue;
      steps += 1;
      reached.set(file, before.set(name, how));
      for (const next of imports.get(file) ?? []) waiting.push([next, 'import']);
    }
  }
  return reached;
}
