import { basename, dirname, normalize } from 'node:path/posix';
import { applySplices, type Splice } from '../../../core/splice.ts';
import { encodeText, toBytes } from '../byte-string.ts';
import { besideSibling } from '../edit/add-entry.ts';
import { paragraphOf, placeFor } from '../edit/entry-order.ts';
import { alignedTo } from '../edit/entry-style.ts';
import { attributeName, isBareName } from '../edit/nix-name.ts';
import { columnAt, isBlank, lineStartOf } from '../edit/source-lines.ts';
import type { Statement } from '../edit/statements.ts';
import type { NixFiles } from '../nix-files.ts';
import type { FileEdit } from './file-edit.ts';
import type { KeyStatement } from './key-statements.ts';
import { inQuotes, type ReaderKey } from './replace-reader.ts';

/** A statement for a new reader, written as that of another one is. */
export interface NewStatement {
  readonly edits: readonly FileEdit[];
  /** The reader that it was written after. */
  readonly model: KeyStatement;
}

/**
 * Writes a new reader beside one that is written already: the same statement with another name and key, or another
 * `.pub` file where that holds the key. `null` where the model has more in it than one name and one key.
 */
export function newStatement(
  model: KeyStatement,
  alike: readonly KeyStatement[],
  files: NixFiles,
  name: string,
  key: ReaderKey,
): NewStatement | null {
  const { parsed, set, statements } = model;
  const siblings = alike.filter((one) => one.set === set && shapeOf(one) === shapeOf(model));
  const entries = new Map<string, readonly Statement[]>();
  for (const one of siblings) entries.set(one.name.name, [one.statement]);
  const place = { set, statements, entries };
  const spot = placeFor(place, encodeText(name));
  const beside = siblings.find(({ statement }) => statement === spot?.beside) ?? model;
  const written = like(beside, files, name, key);
  if (spot === null || written === null) return null;
  const { text } = parsed.source;
  const column =
    alignedTo(text, paragraphOf(text, statements, statements.indexOf(spot.beside))) ?? ownColumn(beside);
  const lineStart = lineStartOf(text, beside.statement.start);
  const before = text.slice(lineStart, beside.statement.start);
  const indent = isBlank(before) ? before : '';
  const line = alignEquals(written.line, column, before);
  const splice = besideSibling(parsed, place, { ...spot, beside: beside.statement }, encodeText(name), {
    indent,
    line,
  });
  const rules: FileEdit = {
    path: parsed.source.path,
    before: toBytes(text),
    after: toBytes(applySplices(text, [splice])),
  };
  return { edits: [rules, ...written.files], model: beside };
}

/** `hosts.web1.key` is written otherwise than `web1`: the parts of the path but for the name. */
const shapeOf = ({ statement: { names }, name }: KeyStatement): string =>
  names.map((part) => (part.start === name.start ? '' : (part.name ?? '?'))).join('.');

function like(
  { parsed, statement, name: own, keys }: KeyStatement,
  files: NixFiles,
  name: string,
  key: ReaderKey,
): { readonly line: string; readonly files: readonly FileEdit[] } | null {
  const { text, comments } = parsed.source;
  const [literal] = keys;
  const commented = comments.some(([start]) => start >= statement.start && start < statement.end);
  if (literal === undefined || keys.length !== 1 || commented) return null;
  const isLetName = own.start === statement.start && !own.quoted;
  if (isLetName && !isBareName(name)) return null;
  const named: Splice = { start: own.start, end: own.end, text: encodeText(attributeName(name)) };
  const { node, file } = literal;
  const old = text.slice(node.start, node.end);
  let put: string;
  let added: readonly FileEdit[] = [];
  if (file === null) {
    const quote = old.startsWith("''") ? "''" : '"';
    const inside = old.slice(quote.length, -quote.length).trim();
    const hasComment = inside.split(/\s+/).length > (inside.startsWith('age1') ? 1 : 2);
    const spoken = inQuotes(key, hasComment);
    put = `${quote}${old.slice(quote.length, -quote.length).replace(inside, () => spoken)}${quote}`;
  } else {
    const path = pathLike(old, own.name, name);
    const target = path === null ? null : normalize(`${dirname(parsed.source.path)}/${path}`);
    if (path === null || target === null || files.exists(target)) return null;
    put = path;
    added = [{ path: target, before: null, after: Buffer.from(`${key.text}\n`, 'utf8') }];
  }
  const splices = [named, { start: node.start, end: node.end, text: put }]
    .map((splice) => ({
      ...splice,
      start: splice.start - statement.start,
      end: splice.end - statement.start,
    }))
    .toSorted((one, other) => one.start - other.start);
  return { line: applySplices(text.slice(statement.start, statement.end), splices), files: added };
}

/** `./keys/bob.pub` for `./keys/alice.pub`, `./hosts/web2/key.pub` for `./hosts/web1/key.pub`. */
function pathLike(path: string, from: string, to: string): string | null {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(to)) return null;
  const parts = path.split('/');
  const like = parts.map((part) => {
    if (part === from) return to;
    const end = /(\.(?:pub|txt|key|age))+$/.exec(part)?.[0] ?? '';
    return basename(part, end) === from ? `${to}${end}` : part;
  });
  return like.join('/') === path ? null : like.join('/');
}

/** Of a model with more than a blank before its `=`, which stands in a column even when no name beside it is longer. */
function ownColumn({ parsed, statement: { equals } }: KeyStatement): number | null {
  const { text } = parsed.source;
  return equals !== null && /[ \t]{2}$/.test(text.slice(0, equals)) ? columnAt(text, equals) : null;
}

/** The `=` in the column where its neighbours have theirs; else a blank before it, if the model has any. */
function alignEquals(line: string, column: number | null, before: string): string {
  const equals = line.indexOf('=');
  const left = line.slice(0, equals);
  const name = left.trimEnd();
  const width = columnAt(`${before}${name}`, before.length + name.length);
  const gap = column === null ? (name === left ? 0 : 1) : Math.max(1, column - width);
  return `${name}${' '.repeat(gap)}${line.slice(equals)}`;
}
