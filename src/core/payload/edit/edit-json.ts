import { formatKeyPath } from '../../address.ts';
import type { Splice } from '../../splice.ts';
import { type JsonMember, type JsonNode, parseJsonTree } from '../json-tree.ts';
import type { TextEntry } from '../text-entry.ts';
import { withAddition, withName, withoutPath, withValue } from './expected-entries.ts';
import { type Drafting, refuse, type TextEdit } from './payload-edit.ts';

export function draftJson(text: string, edit: TextEdit, entries: readonly TextEntry[]): Drafting {
  const tree = parseJsonTree(text);
  if ('fault' in tree) return refuse('damaged', tree.fault.says, { at: tree.fault.at });
  const { path } = edit;
  const key = path.at(-1);
  const parent = nodeAt(tree, path.slice(0, -1));
  const index = parent?.members.findIndex((member) => member.key === key) ?? -1;
  const target = parent?.members[index];
  if (key === undefined || parent === undefined) return refuse('not-found', `no key ${formatKeyPath(path)}`);
  if (edit.kind === 'add')
    return draftAddition(text, entries, { path, value: edit.value, tree, parent, key });
  if (target === undefined) return refuse('not-found', `no key ${formatKeyPath(path)}`, { at: parent.start });
  const { keyStart, keyEnd, value } = target;
  switch (edit.kind) {
    case 'set': {
      if (value.kind === 'object' || value.kind === 'array') {
        return refuse('usage', `${formatKeyPath(path)} is an ${value.kind}, not one value`, {
          at: value.start,
        });
      }
      const literal = literalFor(edit.value, text.slice(value.start, value.end));
      return {
        candidates: [[{ start: value.start, end: value.end, text: literal }]],
        expected: withValue(entries, path, edit.value),
        at: value.start,
      };
    }
    case 'rename': {
      if (parent.kind === 'array')
        return refuse('usage', 'a list position has no name to change', { at: keyStart });
      if (parent.members.some((member) => member.key === edit.name)) {
        return refuse('usage', `${edit.name} is there already`, { at: keyStart });
      }
      const literal = stringLike(edit.name, text.slice(keyStart, keyEnd));
      return {
        candidates: [[{ start: keyStart, end: keyEnd, text: literal }]],
        expected: withName(entries, path, edit.name),
        at: keyStart,
      };
    }
    case 'remove':
      return {
        candidates: [[removal(parent, index, target)]],
        expected: withoutPath(
          entries,
          path,
          parent.kind === 'array' ? 'array' : 'object',
          parent.members.length,
        ),
        at: keyStart,
      };
  }
}

function nodeAt(tree: JsonNode, path: readonly string[]): JsonNode | undefined {
  let node: JsonNode | undefined = tree;
  for (const key of path) node = node?.members.find((member) => member.key === key)?.value;
  return node;
}

/** With the comma before it, or behind it for the first. */
function removal(parent: JsonNode, index: number, target: JsonMember): Splice {
  const before = parent.members[index - 1];
  const after = parent.members[index + 1];
  if (before) return { start: before.value.end, end: target.value.end, text: '' };
  if (after) return { start: target.keyStart, end: after.keyStart, text: '' };
  return { start: parent.start + 1, end: parent.end - 1, text: '' };
}

interface Addition {
  readonly path: readonly string[];
  readonly key: string;
  readonly value: string;
  readonly tree: JsonNode;
  readonly parent: JsonNode;
}

/** Behind the last member, spaced like it. */
function draftAddition(text: string, entries: readonly TextEntry[], addition: Addition): Drafting {
  const { path, key, value, tree, parent } = addition;
  const { members, kind, start, end } = parent;
  const says = `${formatKeyPath(path)} is there already`;
  if (members.some((member) => member.key === key)) return refuse('usage', says, { at: start });
  if (kind !== 'object' && kind !== 'array') {
    return refuse('usage', `${formatKeyPath(path.slice(0, -1))} is a value, with no keys in it`, {
      at: start,
    });
  }
  if (kind === 'array' && key !== String(members.length)) {
    return refuse('usage', `the next position of this list is ${members.length}`, { at: start });
  }
  const last = members.at(-1);
  const previous = members.at(-2);
  const model = last === undefined ? '' : text.slice(last.value.start, last.value.end);
  const colon = colonOf(text, tree);
  const shown = last === undefined || kind === 'array' ? colon : text.slice(last.keyEnd, last.value.start);
  // What stands between two members, or between the bracket and the only one; never less than after a colon.
  const gap =
    previous && last
      ? text.slice(text.indexOf(',', previous.value.end) + 1, last.keyStart)
      : last
        ? text.slice(start + 1, last.keyStart) || colon.slice(1)
        : '';
  const literal = literalFor(value, model.startsWith('"') ? model : '""');
  const member =
    kind === 'array'
      ? literal
      : `${stringLike(key, last ? text.slice(last.keyStart, last.keyEnd) : '')}${shown}${literal}`;
  const splice: Splice = last
    ? { start: last.value.end, end: last.value.end, text: `,${gap}${member}` }
    : { start: start + 1, end: end - 1, text: member };
  return { candidates: [[splice]], expected: withAddition(entries, path, value), at: start };
}

/** As the first key of the document has it. */
function colonOf(text: string, node: JsonNode): string {
  const [first] = node.members;
  if (first === undefined) return ': ';
  return node.kind === 'object' ? text.slice(first.keyEnd, first.value.start) : colonOf(text, first.value);
}

/** A number stays a number and a truth value one, where the new value is one; all else is a string. */
function literalFor(value: string, kept: string): string {
  const sameKind = kinds.some((kind) => kind.test(kept) && kind.test(value));
  return sameKind ? value : stringLike(value, kept);
}

const kinds = [/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/, /^(?:true|false)$/, /^null$/];

/** As a string; in ASCII where the literal before escaped what is not. */
function stringLike(value: string, kept: string): string {
  const literal = JSON.stringify(value);
  const escapes = /\\u(?:00[89a-f]|0[1-9a-f]|[1-9a-f])/i.test(kept) && !/[^\x00-\x7f]/.test(kept);
  return escapes
    ? literal.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : literal;
}
