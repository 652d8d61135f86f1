import { applySplices, type Splice } from '../../../core/splice.ts';
import type { Expression } from '../ast.ts';
import { fromBytes, toBytes } from '../byte-string.ts';
import { revokeSplice } from '../edit/change-recipients.ts';
import { childrenOf, type ParsedSource } from '../edit/parsed-source.ts';
import { operandsOf, partsOf } from '../edit/recipient-parts.ts';
import { removalOf } from '../edit/remove-entry.ts';
import { statementsOf } from '../edit/statements.ts';
import type { NixFiles } from '../nix-files.ts';
import { literalText, visit } from '../visit.ts';
import { type FileEdit, joinEdits, withEdits } from './file-edit.ts';
import { type KeyStatement, keyStatementsOf } from './key-statements.ts';
import { idOf } from './prove-readers.ts';
import { setsIn } from './sets-in.ts';

/** More places than that nobody wrote by hand. */
const mostSteps = 400;

export interface RemovalInput {
  readonly files: NixFiles;
  readonly ids: ReadonlySet<string>;
  /** Nix files anew, as edits leave them. */
  readonly parse: (files: NixFiles) => readonly ParsedSource[];
  /** Other files that were read, such as `.pub` files. */
  readonly others: readonly string[];
}

/**
 * Takes a reader out of every list, then its own statements, then the files that hold its keys. What is returned is not
 * evaluated yet: a use that is neither an item of a list nor an operand of `++` is left, and fails then.
 */
export function removal({ files, ids, parse, others }: RemovalInput): readonly FileEdit[] {
  let edits: readonly FileEdit[] = [];
  for (let count = 0; count < mostSteps; count += 1) {
    const now = withEdits(files, edits);
    const sources = parse(now);
    const own = sources.flatMap((parsed) => keyStatementsOf(parsed, now).filter((one) => isOwn(one, ids)));
    const step = firstOf(sources, (parsed) => useOf(parsed, own, ids)) ?? firstOf(sources, statementOf(own));
    if (step === null) break;
    edits = joinEdits([...edits, step]);
  }
  return joinEdits([...edits, ...others.flatMap((path) => withoutLines(path, files, ids))]);
}

const isOwn = ({ keys }: KeyStatement, ids: ReadonlySet<string>): boolean =>
  keys.every(({ id }) => ids.has(id));

function firstOf(
  sources: readonly ParsedSource[],
  find: (parsed: ParsedSource) => readonly Splice[] | null,
): FileEdit | null {
  for (const parsed of sources) {
    const splices = find(parsed);
    if (splices === null || splices.length === 0) continue;
    const { path, text } = parsed.source;
    return { path, before: toBytes(text), after: toBytes(applySplices(text, splices)) };
  }
  return null;
}

/** The first use that is an item of a list or an operand of `++`, with what takes it out. */
function useOf(
  parsed: ParsedSource,
  own: readonly KeyStatement[],
  ids: ReadonlySet<string>,
): readonly Splice[] | null {
  const isInside = (node: Expression): boolean =>
    own.some(
      (one) => one.parsed === parsed && node.start >= one.statement.start && node.end <= one.statement.end,
    );
  for (const { node } of visit(parsed.root)) {
    const isList = node.type === 'list' || (node.type === 'binary' && node.operator === '++');
    if (!isList || isInside(node)) continue;
    const operands = operandsOf(parsed, node);
    for (const part of partsOf(parsed, operands)) {
      const { node: operand } = part.operand;
      const item = operand.type === 'list' && part.item !== null ? operand.items[part.item] : operand;
      if (item === undefined || item.type === 'list' || !isUse(item, own, ids)) continue;
      const emptied = { start: operand.start, end: operand.end, text: '[ ]' };
      return [revokeSplice(parsed, operands, part) ?? emptied];
    }
  }
  return null;
}

/** A name of the reader, or what is made of it and nothing else; a key that is written out. */
function isUse(node: Expression, own: readonly KeyStatement[], ids: ReadonlySet<string>): boolean {
  if (node.type === 'variable') return own.some(({ name }) => name.name === node.name);
  if (node.type === 'select') {
    const names = new Set(own.map(({ name }) => name.name));
    const at = node.path.findLastIndex((part) => typeof part === 'string' && names.has(part));
    const matched = own.filter(({ name }) => name.name === node.path[at]);
    const before = at > 0 ? node.path[at - 1] : lastNameOf(node.subject);
    if (at >= 0) return matched.some(({ outer }) => outer === null || before === null || outer === before);
    return isUse(node.subject, own, ids);
  }
  const text = literalText(node);
  if (node.type === 'string' && text !== null) return ids.has(idOf(text));
  if (node.type !== 'apply') return false;
  const [fn, argument] = childrenOf(node);
  return fn !== undefined && argument !== undefined && fn.type !== 'lambda' && isUse(argument, own, ids);
}

function lastNameOf(node: Expression): string | null {
  if (node.type === 'variable') return node.name;
  const last = node.type === 'select' ? node.path.at(-1) : undefined;
  return typeof last === 'string' ? last : null;
}

/** The statements of the reader, and its names in an `inherit`. */
const statementOf =
  (own: readonly KeyStatement[]) =>
  (parsed: ParsedSource): readonly Splice[] | null => {
    const [first] = own.filter((one) => one.parsed === parsed);
    const names = new Set(own.map(({ name }) => name.name));
    for (const { set: node } of setsIn(parsed.root)) {
      if (!node.literal) continue;
      const statements = statementsOf(parsed, node);
      for (const statement of statements) {
        const name = statement.names.find((part) => part.name !== null && names.has(part.name))?.name;
        if (statement.equals !== null || name === undefined || name === null) continue;
        const key = Buffer.from(name, 'latin1').toString('utf8');
        return removalOf(parsed, { set: node, statements, entries: new Map([[key, [statement]]]) }, key);
      }
    }
    if (first === undefined) return null;
    const { set, statements, statement } = first;
    return removalOf(parsed, { set, statements, entries: new Map([['', [statement]]]) }, '');
  };

/** A file that holds nothing but these keys goes; of others the lines go. */
function withoutLines(path: string, files: NixFiles, ids: ReadonlySet<string>): readonly FileEdit[] {
  const read = files.readFile(path);
  if (!read.ok) return [];
  const lines = fromBytes(read.value).split('\n');
  const kept = lines.filter((line) => line.trim() === '' || !ids.has(idOf(line)));
  if (kept.length === lines.length) return [];
  const isEmpty = kept.every((line) => line.trim() === '' || line.trim().startsWith('#'));
  return [{ path, before: read.value, after: isEmpty ? null : toBytes(kept.join('\n')) }];
}
