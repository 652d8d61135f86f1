import { dirname, normalize } from 'node:path/posix';
import type { AttributesNode, Expression } from '../ast.ts';
import { decodeText, fromBytes } from '../byte-string.ts';
import type { ParsedSource } from '../edit/parsed-source.ts';
import { type NamePart, type Statement, statementsOf } from '../edit/statements.ts';
import type { NixFiles } from '../nix-files.ts';
import { isGenericName } from '../telling-name.ts';
import { literalText, visit } from '../visit.ts';
import { idOf } from './prove-readers.ts';
import { setsIn } from './sets-in.ts';

/** A key where it is written: as a string, or by the `.pub` file that holds it. */
export interface KeyLiteral {
  readonly node: Expression;
  readonly id: string;
  /** Absolute; `null` for a string. */
  readonly file: string | null;
}

/** `alice = "ssh-ed25519 …";` and the like: a statement that gives one reader a name. */
export interface KeyStatement {
  readonly parsed: ParsedSource;
  readonly set: AttributesNode;
  readonly statements: readonly Statement[];
  readonly statement: Statement;
  /** The part of its attribute path that says whose. */
  readonly name: NamePart & { readonly name: string };
  /** The name of the set around it: `users` of `users.alice`. */
  readonly outer: string | null;
  readonly keys: readonly KeyLiteral[];
}

interface Found {
  readonly set: AttributesNode;
  readonly statements: readonly Statement[];
  readonly statement: Statement;
}

const keyLike = /^\s*(age1|ssh-(ed25519|rsa) )/;

/** The statements of a file that name readers; rules are none. */
export function keyStatementsOf(parsed: ParsedSource, files: NixFiles): readonly KeyStatement[] {
  const all: Found[] = [];
  const literals: KeyLiteral[] = [];
  for (const { set } of setsIn(parsed.root)) {
    if (!set.literal) continue;
    const statements = statementsOf(parsed, set);
    all.push(...statements.map((statement) => ({ set, statements, statement })));
  }
  for (const { node, isPart } of visit(parsed.root)) {
    const literal = isPart ? null : literalOf(parsed, files, node);
    if (literal !== null) literals.push(literal);
  }
  const named = new Map<Statement, KeyStatement>();
  for (const literal of literals) {
    const around = all
      .filter(({ statement }) => statement.start <= literal.node.start && statement.end >= literal.node.end)
      .toSorted(
        (one, other) =>
          one.statement.end - one.statement.start - (other.statement.end - other.statement.start),
      );
    // What is below `publicKeys` is a rule, whatever else it is called.
    if (around.some(({ statement: { names } }) => names.some(({ name }) => name === 'publicKeys'))) continue;
    const own = around.find(({ statement }) => tellingPart(statement) !== null);
    const name = own === undefined ? null : tellingPart(own.statement);
    if (own === undefined || name === null) continue;
    const known = named.get(own.statement);
    const path = around.flatMap(({ statement: { names } }) => names.toReversed());
    const outer = path[path.findIndex((part) => part.start === name.start) + 1]?.name ?? null;
    named.set(own.statement, { ...own, parsed, name, outer, keys: [...(known?.keys ?? []), literal] });
  }
  return [...named.values()];
}

function tellingPart({ names, equals }: Statement): KeyStatement['name'] | null {
  if (equals === null) return null;
  const part = names.findLast(({ name }) => name !== null && !isGenericName(name));
  return part === undefined || part.name === null ? null : { ...part, name: part.name };
}

function literalOf(parsed: ParsedSource, files: NixFiles, node: Expression): KeyLiteral | null {
  const raw = literalText(node);
  if (raw === null) return null;
  if (node.type === 'string') {
    const text = keyLike.test(raw) ? decodeText(raw)?.trim() : undefined;
    return text === undefined || text.includes('\n') ? null : { node, id: idOf(text), file: null };
  }
  if (node.type !== 'path' || !raw.endsWith('.pub') || raw.startsWith('~')) return null;
  const file = raw.startsWith('/') ? normalize(raw) : normalize(`${dirname(parsed.source.path)}/${raw}`);
  const read = files.readFile(file);
  const text = read.ok ? fromBytes(read.value).trim() : '';
  return keyLike.test(text) && !text.includes('\n') ? { node, id: idOf(text), file } : null;
}
