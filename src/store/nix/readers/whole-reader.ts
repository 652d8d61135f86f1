import { basename } from 'node:path/posix';
import { encodeText } from '../byte-string.ts';
import { readRules } from '../read-rules.ts';
import type { DeclaredKey } from '../rules-reading.ts';
import { emptied } from './group-members.ts';
import { idOf, idsOf, type MeantEntries, unchanged } from './prove-readers.ts';
import type { ReaderChange } from './reader-change.ts';
import { removal } from './remove-reader.ts';
import { renamedPubFile, renamings } from './rename-reader.ts';
import { replaceKey } from './replace-reader.ts';
import type { Made, Workshop } from './workshop.ts';

type Of<K extends ReaderChange['kind']> = Extract<ReaderChange, { kind: K }>;

/** Another key under the same name: all that it reads, it reads by that one. */
export function replaceReader(workshop: Workshop, { name, old, key }: Of<'replace'>): Made {
  const edits = replaceKey(workshop.sources, workshop.others, workshop.files, old, key);
  const meant: MeantEntries = ({ publicKeys }) => ({
    ids: idsOf(publicKeys).map((id) => (id === old ? key.id : id)),
  });
  const edited = workshop.edited(edits);
  if (edits.length > 0 && edited.isAsMeant(meant)) return edited.edits;
  return { code: 'unsupported', says: `the key of ${name} is not written out where it could be replaced` };
}

/** Out of every entry, every list, and its own statements and files. */
export function removeReader(workshop: Workshop, { name, ids }: Of<'remove'>): Made {
  const gone = new Set(ids);
  const meant: MeantEntries = ({ publicKeys }) => ({ ids: idsOf(publicKeys).filter((id) => !gone.has(id)) });
  const empty = emptied(workshop, meant);
  if (empty !== null) return empty;
  const { files, others, parse } = workshop;
  const edited = workshop.edited(removal({ files, ids: gone, parse, others }));
  if (edited.edits.length > 0 && edited.isAsMeant(meant)) return edited.edits;
  return { code: 'unsupported', says: `${name} is used in a way that cannot be taken out` };
}

/** Another name for the same keys, wherever the rules use it; nobody reads more or less. */
export function renameReader(workshop: Workshop, { from, to, ids }: Of<'rename'>): Made {
  const { statements, sources, others } = workshop;
  if (statements.some(({ name }) => name.name === encodeText(to)))
    return { code: 'usage', says: `the rules call somebody ${to} already` };
  const keys = new Set(ids);
  const own = statements.filter(
    (one) => one.name.name === encodeText(from) && one.keys.every(({ id }) => keys.has(id)),
  );
  const pubFiles = others.filter((path) => basename(path) === `${from}.pub`);
  const drafts = own.length === 0 ? [[]] : renamings(sources, own, from, to);
  for (const draft of drafts) {
    const renamed = workshop.edited(draft);
    const moved = pubFiles.flatMap((file) => renamedPubFile(renamed.sources, renamed.files, file, from, to));
    for (const edited of [renamed.edited(moved), renamed]) {
      if (edited.edits.length > 0 && isRenamed(workshop, edited, from, to, keys)) return edited.edits;
    }
  }
  return { code: 'unsupported', says: `the name ${from} is used in a way that cannot be followed` };
}

/** The same entries with the same keys, of which these have the new name and all others the one they had. */
function isRenamed(
  before: Workshop,
  after: Workshop,
  from: string,
  to: string,
  keys: ReadonlySet<string>,
): boolean {
  if (!after.isAsMeant(unchanged)) return false;
  const namesOf = ({ statements }: Workshop, renamed: boolean): string =>
    JSON.stringify(
      statements
        .map(({ name, outer, keys: own }) => {
          const isOwn = renamed && name.name === encodeText(from) && own.every(({ id }) => keys.has(id));
          return [isOwn ? encodeText(to) : name.name, outer, own.map(({ id }) => id)];
        })
        .toSorted(),
    );
  if (namesOf(before, true) !== namesOf(after, false)) return false;
  return before.rules.every(({ input, reading }) => {
    const now = readRules({ ...input, files: after.files });
    return (
      now.ok &&
      reading.entries.every((entry, index) =>
        entry.publicKeys.every((key, at) => {
          const is = now.value.entries[index]?.publicKeys[at];
          return is !== undefined && hasNames(key, is, keys.has(idOf(key.text)) ? [from, to] : null);
        }),
      )
    );
  });
}

function hasNames(was: DeclaredKey, is: DeclaredKey, renamed: readonly [string, string] | null): boolean {
  const texts = ({ names }: DeclaredKey): readonly string[] =>
    names.filter(({ source }) => source !== 'pub-file' || renamed === null).map(({ text }) => text);
  const expected = texts(was).map((text) => (renamed !== null && text === renamed[0] ? renamed[1] : text));
  return JSON.stringify(expected) === JSON.stringify(texts(is));
}
