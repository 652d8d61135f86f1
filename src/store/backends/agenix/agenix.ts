import { counted } from '../../../core/counted.ts';
import { foldedPath } from '../../../core/folded-path.ts';
import type { Problem } from '../../../core/repository.ts';
import type { Secret, SecretId } from '../../../core/secret.ts';
import type { Stanza } from '../../../core/stanza.ts';
import type { RulesGroup } from '../../nix/rules-reading.ts';
import type { Backend, Loaded, TreeView } from '../backend.ts';
import { createComparer } from './comparer.ts';
import { declareSecrets } from './declare-secrets.ts';
import { findRules } from './find-rules.ts';
import { type HostEvidence, readHostEvidence } from './host-evidence.ts';
import { inspectSecret } from './inspect-secret.ts';
import { KeyBook } from './key-book.ts';
import { extraNamer } from './name-extras.ts';
import { nameReaders } from './name-readers.ts';
import { describeRules, type ReadRules, readAllRules } from './read-all-rules.ts';
import { hasRekeyedFiles } from './rekeyed-files.ts';

/** Files between two chances for a waiting key press or a stop to be noticed: about 5 ms of work. */
const batch = 128;

/**
 * agenix and ragenix: a Nix file maps age files to the public keys that may read them. Age files that no rules name
 * belong here too, as orphans.
 */
export const agenix: Backend = {
  name: 'agenix',
  detect(tree) {
    const found = findRules(tree);
    const rules = found.candidates.map((candidate) => candidate.path);
    const files = ageFiles(tree);
    if (rules.length === 0 && files.length === 0 && found.problems.length === 0) return [];
    return [
      { evidence: [...rules, ...files.slice(0, 1)], load: (signal) => load(tree, found, files, signal) },
    ];
  },
};

async function load(
  tree: TreeView,
  found: ReturnType<typeof findRules>,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<Loaded> {
  const { rules, problems: badRules } = await readAllRules(tree, found.candidates, signal);
  const unread = [...badRules, ...whyNoRules(tree, rules.length, badRules.length, files)];
  const problems: Problem[] = [...found.problems, ...unread];
  // Where rules are missing or cannot be read, nobody can say that a file has none.
  const [broken] = unread;
  const undeclared = broken === undefined ? 'orphan' : { broken };
  const book = new KeyBook();
  const declarations = declareSecrets(rules, book, problems);
  const groups = rules.flatMap(({ reading }) => reading.groups);
  const ruled = { keys: new Set(book.recipients().keys()), isWhole: problems.length === 0 };
  const hosts = await addHosts(tree, book, groups, files);
  const known = new Set([...declarations.keys(), ...files.map((path) => path as SecretId)]);
  const ids = [...known].filter(tree.isWanted).sort();
  const compare = createComparer(book, extraNamer([...book.recipients().values()]));
  const secrets: Secret[] = [];
  const stanzas = new Map<SecretId, readonly Stanza[]>();
  for (const [index, id] of ids.entries()) {
    if (index % batch === batch - 1) {
      await new Promise((resume) => setImmediate(resume));
      signal?.throwIfAborted();
    }
    const inspected = inspectSecret(tree, id, declarations.get(id) ?? undeclared, compare);
    if (inspected === null) continue;
    secrets.push(inspected.secret);
    if (inspected.stanzas) stanzas.set(id, inspected.stanzas);
  }
  return {
    secrets,
    stanzas,
    rules: rules.map(describeRules),
    readFrom: readFrom(rules),
    recipients: book.recipients(),
    readers: nameReaders(book, groups, hosts),
    ruled,
    problems: [...problems, ...twins(secrets)],
  };
}

/** Enters the keys of hosts that other Nix files tell of, and says which readers are hosts. */
async function addHosts(
  tree: TreeView,
  book: KeyBook,
  groups: readonly RulesGroup[],
  files: readonly string[],
): Promise<HostEvidence['hosts']> {
  const unsaid = nameReaders(book, groups).filter(({ kind }) => kind === 'unknown');
  const names = unsaid.map(({ name }) => name);
  const { hosts, keys } = await readHostEvidence(tree, names, hasRekeyedFiles(files));
  for (const { text, host, at } of keys) book.add(text.trim(), [{ text: host, source: 'host-key', at }]);
  return hosts;
}

/** Nix does not say what it read besides the file it was given. */
function readFrom(rules: readonly ReadRules[]): readonly string[] | null {
  if (rules.some(({ reading }) => reading.evaluatedBy !== 'keyhole')) return null;
  return [...new Set(rules.flatMap(({ reading }) => reading.filesRead))];
}

function ageFiles(tree: TreeView): readonly string[] {
  return tree.listing.entries.map((entry) => entry.path).filter((path) => path.endsWith('.age'));
}

function whyNoRules(
  tree: TreeView,
  rules: number,
  unreadable: number,
  files: readonly string[],
): readonly Problem[] {
  if (rules > 0 || unreadable > 0 || files.length === 0) return [];
  const where = tree.jail.root;
  const count = counted(files.length, 'age file');
  if (hasRekeyedFiles(files)) {
    const says = `looks like agenix-rekey, which keeps its rules in the flake: ${count} listed without rules`;
    return [{ code: 'unsupported', says, where }];
  }
  const says = `no agenix rules file found: ${count} listed without rules`;
  return [{ code: 'not-found', says, hint: 'name the rules with --rules if there are any', where }];
}

/** Names that become one file on a disk that ignores case or Unicode form, as on macOS. */
function twins(secrets: readonly Secret[]): readonly Problem[] {
  const seen = new Map<string, SecretId>();
  const problems: Problem[] = [];
  for (const { id } of secrets) {
    const folded = foldedPath(id);
    const first = seen.get(folded);
    if (first === undefined) seen.set(folded, id);
    else {
      const says = `its name differs from ${first} only in case or Unicode form`;
      problems.push({ code: 'ambiguous', says, hint: 'rename one of them', where: id });
    }
  }
  return problems;
}
