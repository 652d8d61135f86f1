import { applySplices } from '../../../core/splice.ts';
import type { Expression } from '../ast.ts';
import { decodeText, toBytes } from '../byte-string.ts';
import { grantSplices, revokeSplice } from '../edit/change-recipients.ts';
import type { ParsedSource } from '../edit/parsed-source.ts';
import { operandsOf, partsOf } from '../edit/recipient-parts.ts';
import type { RulesEntry } from '../rules-reading.ts';
import type { FileEdit } from './file-edit.ts';
import { idOf } from './prove-readers.ts';
import { setsIn } from './sets-in.ts';

/** A list or set of readers that has a name. */
export interface NamedGroup {
  readonly kind: 'list' | 'set';
  readonly parsed: ParsedSource;
  readonly node: Expression;
  /** From the root, and where its expression starts. */
  readonly file: string;
}

/** The lists and sets that a name means: `hosts`, or `groups.hosts` for one of several. */
export function namedGroups(
  sources: readonly ParsedSource[],
  root: string,
  name: string,
): readonly NamedGroup[] {
  return sources.flatMap((parsed) => {
    const file = parsed.source.path.slice(root.length + 1);
    const groups: NamedGroup[] = [];
    for (const { set, path } of setsIn(parsed.root)) {
      for (const { name: own, value: node, inherits } of set.bindings.values()) {
        const names = [...path, own].map((part) => decodeText(part) ?? part);
        if (inherits !== 'no' || (own !== name && names.join('.') !== name)) continue;
        const kind = node.type === 'attributes' ? 'set' : isListLike(node) ? 'list' : null;
        if (kind !== null) groups.push({ kind, parsed, node, file });
      }
    }
    return groups;
  });
}

function isListLike(node: Expression): boolean {
  if (node.type === 'with' || node.type === 'let') return isListLike(node.body);
  return node.type === 'list' || (node.type === 'binary' && node.operator === '++');
}

/** Whether an entry has a key through a group. */
export const comesThrough = (group: NamedGroup, key: RulesEntry['publicKeys'][number]): boolean =>
  key.via.some(
    ({ kind, value }) =>
      kind === 'list' &&
      group.kind === 'list' &&
      value?.file === group.file &&
      value.start === group.node.start,
  );

/** Ways to add a member that is called like a neighbour, but for its name. */
export function memberDrafts(group: NamedGroup, names: readonly string[]): readonly (readonly FileEdit[])[] {
  const { parsed, node } = group;
  return names.flatMap((text) =>
    grantSplices(parsed, node, { text, kind: 'key', keys: [], uses: 0 }).map((splices) =>
      draft(parsed, applySplices(parsed.source.text, splices)),
    ),
  );
}

/** What members of a group are written as. */
export const membersOf = ({ parsed, node }: NamedGroup): readonly string[] =>
  partsOf(parsed, operandsOf(parsed, node)).flatMap(({ text, item }) => (item === null ? [] : [text]));

/** Ways to take one part out of a group. */
export function withoutMember(group: NamedGroup, ids: ReadonlySet<string>): readonly (readonly FileEdit[])[] {
  const { parsed, node } = group;
  const operands = operandsOf(parsed, node);
  const isKey = (text: string): boolean => ids.has(idOf(text.replace(/^"|"$/g, '')));
  return partsOf(parsed, operands)
    .toSorted((one, other) => Number(isKey(other.text)) - Number(isKey(one.text)))
    .map((part) => {
      const { operand } = part;
      const emptied = { start: operand.start, end: operand.end, text: '[ ]' };
      const splice = revokeSplice(parsed, operands, part) ?? emptied;
      return draft(parsed, applySplices(parsed.source.text, [splice]));
    });
}

const draft = ({ source }: ParsedSource, after: string): readonly FileEdit[] => [
  { path: source.path, before: toBytes(source.text), after: toBytes(after) },
];
