import type { AttributesNode, Expression } from '../ast.ts';
import { encodeText } from '../byte-string.ts';
import type { RulesReading } from '../rules-reading.ts';
import { lineAndColumn } from '../source.ts';
import { expressionsOf, type ParsedSource } from './parsed-source.ts';
import { type Statement, statementsOf } from './statements.ts';

/** An attribute set of the file in which entries are written. */
export interface EntrySet {
  readonly set: AttributesNode;
  readonly statements: readonly Statement[];
  /** Those that are entries, by key; an entry may take several (`"a".publicKeys = …; "a".armor = …;`). */
  readonly entries: ReadonlyMap<string, readonly Statement[]>;
}

/**
 * The sets that entries of the reading are written in. An entry is known by its place; one that a function made has
 * none, and is then looked for by its name: whether it is the one shows when the edit is evaluated.
 */
export function entrySetsOf(parsed: ParsedSource, reading: RulesReading, file: string): readonly EntrySet[] {
  const places = new Map<string, string>();
  const unplaced = new Map<string, string>();
  for (const { key, at } of [...reading.entries, ...reading.broken]) {
    if (at === undefined) unplaced.set(encodeText(key), key);
    else if (at.file === file) places.set(`${at.line}:${at.column}`, key);
  }
  const sets = [...expressionsOf(parsed.root)].filter((node) => node.type === 'attributes' && node.literal);
  return sets.flatMap((set) => {
    if (set.type !== 'attributes') return [];
    const statements = statementsOf(parsed, set);
    const entries = new Map<string, Statement[]>();
    const byName = new Map<string, string>();
    for (const statement of statements) {
      for (const key of keysOf(parsed, statement, places, unplaced)) {
        entries.set(key, [...(entries.get(key) ?? []), statement]);
        byName.set(encodeText(key), key);
      }
    }
    // Only the first of several statements of an entry is at its place.
    for (const statement of statements) {
      const name = statement.equals === null ? null : (statement.names[0]?.name ?? null);
      const own = name === null ? undefined : entries.get(byName.get(name) ?? '');
      if (own && !own.includes(statement)) own.push(statement);
    }
    return entries.size === 0 ? [] : [{ set, statements, entries }];
  });
}

function keysOf(
  { source }: ParsedSource,
  statement: Statement,
  places: ReadonlyMap<string, string>,
  unplaced: ReadonlyMap<string, string>,
): readonly string[] {
  const starts = statement.equals === null ? statement.names.map(({ start }) => start) : [statement.start];
  const placed = starts.flatMap((start) => {
    const { line, column } = lineAndColumn(source, start);
    return places.get(`${line}:${column}`) ?? [];
  });
  if (placed.length > 0) return placed;
  const names = statement.equals === null ? statement.names : statement.names.slice(0, 1);
  return names.flatMap(({ name }) => (name === null ? [] : (unplaced.get(name) ?? [])));
}

/** What is under `let`, `with`, `assert` and parentheses: the set that is the file's value, when one is. */
export function bodyOf(root: Expression): Expression {
  let node = root;
  while (node.type === 'let' || node.type === 'with' || node.type === 'assert') node = node.body;
  return node;
}
