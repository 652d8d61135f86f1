import type { Place } from '../audit/survey.ts';
import type { SecretId } from '../secret.ts';
import { createSecretFinder, type Link, type LinkedBy } from './find-secret.ts';
import { type HostGuess, type HostMap, mapHosts } from './host-map.ts';
import type { NixFacts, SecretDeclaration, UseSite } from './nix-facts.ts';

/** `age.secrets.<name>` that seems to be about a secret. */
export interface Declared extends Omit<SecretDeclaration, 'files'> {
  readonly by: LinkedBy;
  readonly hosts: readonly HostGuess[];
}

export interface Used extends UseSite {
  readonly hosts: readonly HostGuess[];
}

/** Where Nix text declares, reads and names one secret: a guess from the text alone. */
export interface SecretUsage {
  readonly declared: readonly Declared[];
  readonly used: readonly Used[];
  /** Other places that name its file. */
  readonly named: readonly { readonly at: Place; readonly hosts: readonly HostGuess[] }[];
}

/** What was found about all secrets. Nothing was evaluated: all of it is a guess. */
export interface WhereUsed {
  of(id: SecretId): SecretUsage;
  readonly hosts: HostMap;
  /** Where secrets are declared or read by names that only an evaluation knows: more may be used than was found. */
  readonly computed: readonly { readonly at: Place; readonly hosts: readonly HostGuess[] }[];
  /** False where not every Nix file was read. */
  readonly isComplete: boolean;
}

interface Gathered {
  readonly declared: Declared[];
  readonly used: Used[];
  readonly named: SecretUsage['named'][number][];
}

interface Linked {
  readonly link: Link | null;
  readonly declared: Omit<Declared, 'by'>;
}

/** Of each kind for one secret, and declarations of one name; nobody has so many, a hostile file might. */
const most = 200;

const add = <T>(list: T[], one: T): void => {
  if (list.length < most) list.push(one);
};

const nowhere: SecretUsage = { declared: [], used: [], named: [] };

export function findUses(
  ids: readonly SecretId[],
  {
    facts,
    files,
    isComplete,
  }: {
    readonly facts: readonly NixFacts[];
    readonly files: ReadonlySet<string>;
    readonly isComplete: boolean;
  },
): WhereUsed {
  const hosts = mapHosts(facts, files);
  const finder = createSecretFinder(ids);
  const usages = new Map<SecretId, Gathered>();
  const usageOf = (id: SecretId): Gathered => {
    const known = usages.get(id) ?? { declared: [], used: [], named: [] };
    usages.set(id, known);
    return known;
  };
  const withHosts = <T extends { readonly at: Place }>(one: T) => ({ ...one, hosts: hosts.of(one.at.file) });

  const byName = new Map<string, Linked[]>();
  for (const { files: references, ...one } of facts.flatMap(({ declarations }) => declarations)) {
    const declared = withHosts(one);
    const found = references.flatMap((reference) => finder.byReference(reference) ?? []);
    // A file that is said, and is not there or is no secret, is not another one of the same name.
    const isSaid = references.some(({ kind }) => kind === 'path');
    const guess = found.length > 0 || isSaid ? null : finder.byName(one.name);
    const links = guess === null ? found : [guess];
    for (const { id, by } of links) add(usageOf(id).declared, { ...declared, by });
    const all = byName.get(one.name) ?? [];
    byName.set(one.name, all);
    for (const link of links.length > 0 ? links : [null]) add(all, { link, declared });
  }
  for (const use of distinctUses(facts.flatMap(({ uses }) => uses))) {
    const used = withHosts(use);
    const declared = byName.get(use.name) ?? [];
    const guess = declared.length === 0 ? finder.byName(use.name) : null;
    const meant = guess === null ? declaredFor(used, declared).flatMap(({ link }) => link ?? []) : [guess];
    for (const id of new Set(meant.map((link) => link.id))) add(usageOf(id).used, used);
  }
  for (const { path, at } of facts.flatMap(({ mentions }) => mentions)) {
    const link = finder.byReference({ kind: 'path', path, exists: true });
    if (link === null) continue;
    const { declared, named } = usageOf(link.id);
    const isKnown = [...declared, ...named].some((one) => isNear(one.at, at));
    if (!isKnown) add(named, withHosts({ at }));
  }
  return {
    of: (id) => usages.get(id) ?? nowhere,
    hosts,
    computed: facts.flatMap(({ computed }) => computed.map((at) => withHosts({ at }))),
    isComplete,
  };
}

/** The declarations that a use is likely to mean: of its own file, else of its hosts, else all of the name. */
function declaredFor(use: Used, all: readonly Linked[]): readonly Linked[] {
  const inFile = all.filter(({ declared }) => declared.at.file === use.at.file);
  if (inFile.length > 0) return inFile;
  const names = new Set(use.hosts.map(({ name }) => name));
  const onHost = all.filter(({ declared }) => declared.hosts.some(({ name }) => names.has(name)));
  return onHost.length > 0 ? onHost : all;
}

function distinctUses(uses: readonly UseSite[]): readonly UseSite[] {
  const keyOf = ({ name, at, by }: UseSite): string =>
    JSON.stringify([name, at.file, by === null ? at.line : [by.kind, by.name]]);
  return [...new Map(uses.toReversed().map((use) => [keyOf(use), use])).values()].reverse();
}

/** The lines that one declaration may take. */
const declarationLines = 12;

const isNear = (declared: Place, at: Place): boolean =>
  declared.file === at.file && at.line >= declared.line && at.line < declared.line + declarationLines;
