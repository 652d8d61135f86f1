import type { AppError } from '../../../core/outcome.ts';
import { decodeText, encodeText } from '../byte-string.ts';
import { attributeName, isBareName } from '../edit/nix-name.ts';
import type { RulesEntry } from '../rules-reading.ts';
import {
  comesThrough,
  memberDrafts,
  membersOf,
  type NamedGroup,
  namedGroups,
  withoutMember,
} from './named-group.ts';
import { idOf, idsOf, type MeantEntries } from './prove-readers.ts';
import type { ReaderChange } from './reader-change.ts';
import { firstProved, type Made, type Workshop } from './workshop.ts';

/** The one group that is called so. */
export function groupOf({ sources, rules }: Workshop, name: string): NamedGroup | AppError {
  const root = rules[0]?.input.root ?? '';
  const [first, ...others] = namedGroups(sources, root, name);
  if (first === undefined) return { code: 'not-found', says: `the rules have no group called ${name}` };
  if (others.length === 0) return first;
  const files = [first, ...others].map(({ file }) => file);
  return { code: 'ambiguous', says: `${files.length} groups are called ${name}: in ${files.join(', ')}` };
}

/** A reader who is there already comes into a group, and so to all that the group reads. */
export function joinGroup(
  workshop: Workshop,
  { name, id, group }: Extract<ReaderChange, { kind: 'join' }>,
): Made {
  const joined = withMember(workshop, group, name, id);
  return 'code' in joined ? joined : joined.edits;
}

/** The group with a member of this name, for whom there is a statement already. */
export function withMember(workshop: Workshop, asked: string, name: string, id: string): Workshop | AppError {
  const group = groupOf(workshop, asked);
  if ('code' in group) return group;
  if (group.kind === 'set')
    return { code: 'unsupported', says: `${asked} is a set: whoever is written in it belongs to it` };
  const isFed = ({ publicKeys }: RulesEntry): boolean => publicKeys.some((key) => comesThrough(group, key));
  const entries = workshop.rules.flatMap(({ reading }) => reading.entries);
  const twice = entries.filter((entry) => isFed(entry) && idsOf(entry.publicKeys).includes(id));
  const [one] = twice;
  if (one !== undefined) {
    const inIt = one.publicKeys.some((key) => idOf(key.text) === id && comesThrough(group, key));
    return inIt
      ? { code: 'usage', says: `${name} is in ${asked} already` }
      : {
          code: 'usage',
          says: `${name} reads ${one.key} already, and would be there twice`,
          hint: `keyhole revoke ${name} ${one.key} first`,
        };
  }
  // Of a list that is empty nobody knows yet whom it feeds.
  const isEmpty = !entries.some(isFed);
  const meant: MeantEntries = (entry) => {
    const ids = idsOf(entry.publicKeys);
    return isFed(entry)
      ? { ids: [...ids, id] }
      : isEmpty && !ids.includes(id)
        ? { ids, mayGain: id }
        : { ids };
  };
  const drafts = memberDrafts(group, waysToName(workshop, group, name, id));
  return (
    firstProved(workshop, drafts, meant) ?? {
      code: 'unsupported',
      says: `${name} cannot be written into ${asked} without changing more than that`,
    }
  );
}

/** As the members of the group are named, then by what there is. */
function waysToName(
  { statements }: Workshop,
  group: NamedGroup,
  name: string,
  id: string,
): readonly string[] {
  const own = statements.filter(
    (one) => one.name.name === encodeText(name) && one.keys.some((key) => key.id === id),
  );
  const likeMembers = membersOf(group).flatMap((member) =>
    statements.flatMap(({ name: other }) => {
      const pattern = new RegExp(`(?<![A-Za-z0-9_'-])${escaped(other.name)}(?![A-Za-z0-9_'-])`);
      return pattern.test(member) ? [member.replace(pattern, () => encodeText(attributeName(name)))] : [];
    }),
  );
  const bySet = own.flatMap(({ outer }) =>
    outer === null ? [] : [`${outer}.${encodeText(attributeName(name))}`],
  );
  const bare = isBareName(name) ? [encodeText(name)] : [];
  return [...new Set([...likeMembers, ...bare, ...bySet])].slice(0, 8);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A reader goes out of a group, and so from all that it reads by that. */
export function leaveGroup(
  workshop: Workshop,
  { name, ids, group: asked }: Extract<ReaderChange, { kind: 'leave' }>,
): Made {
  let now = workshop;
  const gone = new Set<string>();
  for (const id of ids) {
    const group = groupOf(now, asked);
    const original = groupOf(workshop, asked);
    if ('code' in group) return group;
    if ('code' in original) return original;
    const going = new Set([...gone, id]);
    const meant = without(original, going);
    const isIn = workshop.rules.some(({ reading }) =>
      reading.entries.some(({ publicKeys }) =>
        publicKeys.some((key) => idOf(key.text) === id && comesThrough(original, key)),
      ),
    );
    if (!isIn || now.isAsMeant(meant)) continue;
    const empty = emptied(workshop, meant);
    if (empty !== null) return empty;
    const proved =
      firstProved(now, withoutMember(group, new Set(ids)), meant) ??
      firstProved(now, withoutMember(group, new Set(ids)), without(original, new Set(ids)));
    if (proved === null)
      return { code: 'unsupported', says: `${name} is in ${asked} in a way that cannot be edited` };
    now = proved;
    gone.add(id);
  }
  return gone.size === 0 ? { code: 'not-found', says: `${name} reads nothing through ${asked}` } : now.edits;
}

const without =
  (group: NamedGroup, ids: ReadonlySet<string>): MeantEntries =>
  ({ publicKeys }) => ({
    ids: idsOf(publicKeys.filter((key) => !(ids.has(idOf(key.text)) && comesThrough(group, key)))),
  });

/** Entries that nobody could read any more. */
export function emptied({ rules }: Workshop, meant: MeantEntries): AppError | null {
  const empty = rules.flatMap(({ reading }) =>
    reading.entries.filter((entry) => meant(entry).ids.length === 0),
  );
  const [first] = empty;
  if (first === undefined) return null;
  return {
    code: 'usage',
    says: `nobody could read ${first.key} any more`,
    hint: 'grant it to somebody first, or remove it with keyhole rm',
    details: empty.slice(1).map(({ key }) => `nor ${decodeText(key) ?? key}`),
  };
}
