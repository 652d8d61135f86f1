import type { AttributeName, AttributesNode, Binding, Expression } from './ast.ts';
import { accept, type Cursor, deeper, endOfLast, expect, failAt, peek, take, textOf } from './cursor.ts';
import { limits } from './limits.ts';
import { NixFailure } from './nix-failure.ts';
import { parseQuoted } from './parse-string.ts';

const emptySet = (cursor: Cursor, start: number, literal: boolean): AttributesNode => ({
  type: 'attributes',
  source: cursor.source,
  start,
  end: start,
  recursive: false,
  literal,
  bindings: new Map(),
  dynamic: [],
});

/** A string without interpolation is a name like any other. */
const asName = (value: Expression): AttributeName => {
  if (value.type !== 'string' || value.parts.some((part) => typeof part !== 'string')) return value;
  return value.parts.join('');
};

export function parseAttributeName(cursor: Cursor): AttributeName {
  const token = peek(cursor);
  if (token.kind === 'identifier' || token.kind === 'or') return textOf(cursor, take(cursor));
  if (token.kind === '"') return asName(parseQuoted(cursor));
  if (!accept(cursor, '${')) return failAt(cursor, token.start, `expected a name, found ${token.kind}`);
  const value = cursor.expression(cursor);
  expect(cursor, '}');
  return asName(value);
}

export function parseAttributePath(cursor: Cursor): readonly AttributeName[] {
  const path = [parseAttributeName(cursor)];
  while (accept(cursor, '.')) {
    path.push(parseAttributeName(cursor));
    if (path.length > limits.attributePath) {
      throw new NixFailure('limit', `an attribute path has more than ${limits.attributePath} parts`, {
        source: cursor.source,
        start: peek(cursor).start,
      });
    }
  }
  return path;
}

interface Place {
  readonly start: number;
  readonly nameStart: number;
  readonly kind: Binding['kind'];
}

function addBinding(cursor: Cursor, set: AttributesNode, binding: Binding): void {
  const before = set.bindings.get(binding.name);
  if (before === undefined) {
    set.bindings.set(binding.name, binding);
    return;
  }
  const { value } = binding;
  const mergeable = before.inherits === 'no' && binding.inherits === 'no';
  if (!mergeable || before.value.type !== 'attributes' || value.type !== 'attributes') {
    failAt(cursor, binding.nameStart, `attribute ${binding.name} is already defined`);
    return;
  }
  // `a.b = 1; a.c = 2;` and `a = { b = 1; }; a.c = 2;` are one set.
  for (const inner of value.bindings.values()) addBinding(cursor, before.value, inner);
  before.value.dynamic.push(...value.dynamic);
}

/** The set that `a.b` of `a.b.c = …` names, made on the way where it does not exist. */
function descend(
  cursor: Cursor,
  set: AttributesNode,
  path: readonly AttributeName[],
  place: Place,
): AttributesNode {
  let at = set;
  for (const [index, name] of path.entries()) {
    const inner = emptySet(cursor, place.start, false);
    const common = { source: cursor.source, start: place.start, end: place.start };
    const outerPath = [...cursor.path, ...path.slice(0, index + 1).map((part) => staticName(part))];
    if (typeof name !== 'string') {
      at.dynamic.push({ ...common, name, path: outerPath, value: inner });
      at = inner;
      continue;
    }
    const kind = index === 0 ? place.kind : 'attribute';
    const before = at.bindings.get(name);
    if (before === undefined) {
      const more = { nameStart: place.nameStart, value: inner, inherits: 'no' } as const;
      at.bindings.set(name, { ...common, ...more, name, path: outerPath, kind });
      at = inner;
    } else if (before.inherits === 'no' && before.value.type === 'attributes') at = before.value;
    else return failAt(cursor, place.nameStart, `attribute ${name} is already defined`);
  }
  return at;
}

const staticName = (name: AttributeName): string => (typeof name === 'string' ? name : '*');

function parseInherit(cursor: Cursor, set: AttributesNode, kind: Binding['kind']): void {
  const { start } = take(cursor);
  let from: Expression | null = null;
  if (accept(cursor, '(')) {
    from = cursor.expression(cursor);
    expect(cursor, ')');
  }
  const { source } = cursor;
  const added: Binding[] = [];
  while (peek(cursor).kind !== ';') {
    const nameStart = peek(cursor).start;
    const name = parseAttributeName(cursor);
    if (typeof name !== 'string') {
      failAt(cursor, nameStart, 'inherit needs a plain name');
      return;
    }
    const range = { source, start: nameStart, end: endOfLast(cursor) };
    const value: Expression =
      from === null
        ? { type: 'variable', ...range, name }
        : { type: 'select', ...range, subject: from, path: [name], fallback: null };
    const path = [...cursor.path, name];
    const inherits = from === null ? 'scope' : 'from';
    added.push({ ...range, start, name, path, kind, nameStart, value, inherits });
  }
  take(cursor);
  const end = endOfLast(cursor);
  for (const binding of added) addBinding(cursor, set, Object.assign(binding, { end }));
}

function parseBinding(cursor: Cursor, set: AttributesNode, kind: Binding['kind']): void {
  const { start } = peek(cursor);
  const path = parseAttributePath(cursor);
  const place = { start, nameStart: start, kind };
  const target = descend(cursor, set, path.slice(0, -1), place);
  expect(cursor, '=');
  const outer = cursor.path;
  const ownPath = [...outer, ...path.map((part) => staticName(part))];
  // Nesting is bounded, and so is the path.
  cursor.path = ownPath;
  deeper(cursor, path.length);
  const value = cursor.expression(cursor);
  cursor.depth -= path.length;
  cursor.path = outer;
  expect(cursor, ';');
  const range = { source: cursor.source, start, end: endOfLast(cursor) };
  const name = path[path.length - 1];
  if (name === undefined) return;
  if (typeof name !== 'string') {
    if (kind === 'let') failAt(cursor, start, 'let needs plain names');
    target.dynamic.push({ ...range, name, path: ownPath, value });
    return;
  }
  const own = path.length === 1 ? kind : 'attribute';
  addBinding(cursor, target, {
    ...range,
    name,
    path: ownPath,
    kind: own,
    nameStart: start,
    value,
    inherits: 'no',
  });
}

/** Bindings up to `close`, which is taken. A `let` starts a path of its own. */
export function parseBindings(
  cursor: Cursor,
  start: number,
  close: '}' | 'in',
  recursive: boolean,
): AttributesNode {
  const outer = cursor.path;
  const kind = close === 'in' ? 'let' : 'attribute';
  if (kind === 'let') cursor.path = [];
  const set = emptySet(cursor, start, true);
  set.recursive = recursive;
  while (peek(cursor).kind !== close) {
    if (peek(cursor).kind === 'inherit') parseInherit(cursor, set, kind);
    else parseBinding(cursor, set, kind);
  }
  take(cursor);
  cursor.path = outer;
  return Object.assign(set, { end: endOfLast(cursor) });
}
