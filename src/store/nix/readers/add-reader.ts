import { decodeText, encodeText } from '../byte-string.ts';
import { editRules } from '../edit/edit-rules.ts';
import { recipientOffers } from '../edit/recipient-offers.ts';
import { groupOf, withMember } from './group-members.ts';
import type { KeyStatement } from './key-statements.ts';
import type { NamedGroup } from './named-group.ts';
import { newStatement } from './new-statement.ts';
import { idOf, type MeantEntries, unchanged } from './prove-readers.ts';
import type { ReaderChange } from './reader-change.ts';
import type { Made, Workshop } from './workshop.ts';

type Addition = Extract<ReaderChange, { kind: 'add' }>;

/** Neighbours that are tried in turn. */
const mostModels = 12;

/** A new name for a new key, in a group if one is given, and in the entries that are. */
export function addReader(workshop: Workshop, change: Addition): Made {
  const { name, key } = change;
  if (workshop.statements.some((one) => one.name.name === encodeText(name)))
    return { code: 'usage', says: `the rules call somebody ${name} already`, hint: 'give another name' };
  const group = change.group === null ? null : groupOf(workshop, change.group);
  if (group !== null && 'code' in group) return group;
  const bound = boundIn(workshop, change, group);
  if (bound === null) return nowhere(workshop, change, group);
  const joined = group?.kind === 'list' ? withMember(bound, change.group ?? '', name, key.id) : bound;
  return 'code' in joined ? joined : withEntries(joined, change);
}

function nowhere(
  { statements }: Workshop,
  { name, beside, group: asked }: Addition,
  group: NamedGroup | null,
): Made {
  if (group?.kind === 'set')
    return {
      code: 'unsupported',
      says: `${name} cannot be written into ${asked} without changing more than that`,
    };
  const sets = statements.filter(
    ({ outer, keys }) => outer !== null && keys.some(({ id }) => beside.includes(id)),
  );
  const [near] = sets.map(({ outer }) => decodeText(outer ?? '') ?? '');
  const byItself = 'without a name, keyhole grant writes a key into the rule of a secret';
  return {
    code: 'unsupported',
    says: `there is no place where ${name} could be written like its neighbours, and nobody would read more by that`,
    hint:
      near === undefined
        ? byItself
        : `--group ${near} writes it into that set, with all that this reads; ${byItself}`,
  };
}

/** With the new statement, which by itself changes no entry unless it is one of a set that feeds some. */
function boundIn(workshop: Workshop, change: Addition, group: NamedGroup | null): Workshop | null {
  const alike = workshop.statements.filter(({ keys }) => keys.length === 1);
  const meant: MeantEntries = (entry) => ({
    ...unchanged(entry),
    ...(group?.kind === 'set' ? { mayGain: change.key.id } : {}),
  });
  for (const model of modelsFor(alike, change, group).slice(0, mostModels)) {
    const made = newStatement(model, alike, workshop.files, change.name, change.key);
    if (made === null) continue;
    const edited = workshop.edited(made.edits);
    const isThere = edited.statements.some(
      ({ name, keys }) =>
        name.name === encodeText(change.name) && keys.some(({ id }) => id === change.key.id),
    );
    if (isThere && edited.isAsMeant(meant)) return edited;
  }
  return null;
}

/** Those in the set or the list that is named; else those that are asked for, the last written first. */
function modelsFor(
  alike: readonly KeyStatement[],
  { beside, group: asked }: Addition,
  group: NamedGroup | null,
): readonly KeyStatement[] {
  if (group?.kind === 'set') {
    const { parsed, node } = group;
    return alike.filter(
      (one) =>
        one.parsed.source.path === parsed.source.path &&
        ((one.statement.start >= node.start && one.statement.end <= node.end) || one.outer === asked),
    );
  }
  const rankOf = ({ keys: [key] }: KeyStatement): number => {
    const rank = beside.indexOf(key?.id ?? '');
    return rank < 0 ? beside.length : rank;
  };
  return alike.toReversed().toSorted((one, other) => rankOf(one) - rankOf(other));
}

function withEntries(workshop: Workshop, { key, entries, name }: Addition): Made {
  let now = workshop;
  for (const entry of entries) {
    const before = now.rules.find(({ input }) => input.rulesPath === entry.rulesPath);
    if (before === undefined) return { code: 'not-found', says: `no rules in ${entry.rulesPath}` };
    const input = { ...before.input, files: now.files };
    const offers = recipientOffers(input, entry.key);
    if (!offers.ok) return offers.error;
    const recipient = offers.value.find((one) => one.kind === 'key' && one.keys.map(idOf).join() === key.id);
    if (recipient === undefined)
      return { code: 'unsupported', says: `the rule for ${entry.key} cannot name ${name}` };
    const edit = editRules(input, { kind: 'grant', key: entry.key, recipient });
    // Through the group it may have it already.
    if (!edit.ok && edit.error.code === 'usage') continue;
    if (!edit.ok) return edit.error;
    now = now.edited(edit.value);
  }
  return now.edits;
}
