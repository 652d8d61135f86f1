import { basename, dirname } from 'node:path/posix';
import type { SourcePosition } from '../../core/recipient.ts';
import { kindOfName } from './group-kind.ts';
import type { DeclaredKey, RulesEntry, RulesGroup } from './rules-reading.ts';

interface Gathering {
  readonly name: string;
  readonly at: SourcePosition | undefined;
  readonly evidence: string;
  readonly texts: Set<string>;
}

/** Directory of a `.pub` file when its name says what is in it: `hosts` of `keys/hosts/web1.pub`. */
const directoryOf = (key: DeclaredKey): string | null => {
  const file = key.names.find((name) => name.source === 'pub-file')?.at?.file;
  const parts = file === undefined ? [] : dirname(file).split('/');
  return parts.findLast((part) => kindOfName(part) !== 'unknown') ?? null;
};

/**
 * The names under which entries list their keys: lists (`users = [ … ]`), sets (`hosts.web1`), directories of `.pub`
 * files. A list that is one person's or host's own keys is that key's name, not a group.
 */
export function collectGroups(entries: readonly RulesEntry[]): readonly RulesGroup[] {
  const groups = new Map<string, Gathering>();
  const add = (name: string, text: string, evidence: string, at: SourcePosition | undefined) => {
    const id = `${name}\0${at?.file ?? ''}\0${at === undefined || evidence.startsWith('set') ? '' : at.line}`;
    const group = groups.get(id) ?? { name, at, evidence, texts: new Set<string>() };
    group.texts.add(text);
    groups.set(id, group);
  };
  for (const entry of entries) {
    for (const key of entry.publicKeys) {
      for (const grant of key.via) {
        if (key.names[0]?.text === grant.name) continue;
        add(grant.name, key.text, `${grant.kind} ${grant.name}`, grant.at);
      }
      const directory = directoryOf(key);
      if (directory !== null) add(directory, key.text, `directory ${basename(directory)}`, undefined);
    }
  }
  return [...groups.values()].map(({ name, at, evidence, texts }) => ({
    name,
    kind: kindOfName(name),
    texts: [...texts],
    ...(at === undefined ? {} : { at }),
    evidence,
  }));
}
