import type { Expression } from '../ast.ts';
import { decodeText } from '../byte-string.ts';
import type { EntrySet } from './entry-places.ts';
import type { ParsedSource } from './parsed-source.ts';
import { columnAt, isBlank, lineStartOf } from './source-lines.ts';
import type { Statement } from './statements.ts';

/** How the entries of a set are written. */
export interface EntryStyle {
  /** What stands before an entry on its line. */
  readonly indent: string;
  /** One level more. */
  readonly unit: string;
  /** `"a".publicKeys = …;` and not `"a" = { publicKeys = …; };`. */
  readonly dotted: boolean;
  /** Sets of one entry are written over several lines. */
  readonly tallSet: boolean;
  readonly tallList: boolean;
  /** Between the brackets of a list and what is in them. */
  readonly pad: string;
  readonly beforeEquals: string;
  readonly afterEquals: string;
  /** Names without quotes where they can be. */
  readonly bare: boolean;
}

export function styleOf(parsed: ParsedSource, { set, statements, entries }: EntrySet): EntryStyle {
  const { text } = parsed.source;
  const own = [...new Set([...entries.values()].flat())].filter(({ equals }) => equals !== null);
  const dotted = own.filter(({ names }) => names.length > 1);
  const sets = own.filter((one) => one.names.length === 1 && valueText(text, one).startsWith('{'));
  const lists = own
    .map((one) => /\[[^[\]]*\]/.exec(valueText(text, one))?.[0])
    .filter((list) => list !== undefined);
  const full = lists.filter((list) => !isBlank(list.slice(1, -1)));
  const model = own[0] ?? statements[0];
  const indent =
    model === undefined
      ? indentInside(text, set)
      : (/^[ \t]*/.exec(text.slice(lineStartOf(text, model.start), model.start))?.[0] ?? '');
  const tall = sets.find((one) => one.equals !== null && valueText(text, one).includes('\n'));
  const inner = tall === undefined ? undefined : /\n([ \t]+)\S/.exec(valueText(text, tall))?.[1];
  const between = own.find((one) => !/\n/.test(afterEquals(text, one)));
  return {
    indent,
    unit:
      inner?.startsWith(indent) && inner.length > indent.length
        ? inner.slice(indent.length)
        : indent.startsWith('\t')
          ? '\t'
          : '  ',
    dotted: dotted.length >= sets.length,
    tallSet:
      sets.length === 0 ||
      sets.filter((one) => valueText(text, one).includes('\n')).length * 2 >= sets.length,
    tallList: full.filter((list) => list.includes('\n')).length * 2 > full.length,
    pad: full.some((list) => /^\[\s/.test(list)) || full.length === 0 ? ' ' : '',
    beforeEquals: between === undefined ? ' ' : beforeEquals(text, own),
    afterEquals: between === undefined ? ' ' : afterEquals(text, between),
    bare: own.length > 0 && own.every(({ names }) => names[0]?.quoted === false),
  };
}

/** From behind the `=` to before the `;`. */
const valueText = (text: string, { equals, end }: Statement): string =>
  equals === null ? '' : text.slice(equals + 1, end - 1).trim();

const afterEquals = (text: string, { equals }: Statement): string =>
  equals === null ? '\n' : (/^\s*/.exec(text.slice(equals + 1))?.[0] ?? ' ');

/** Nothing where nobody writes a blank there; columns are the matter of `alignedTo`. */
function beforeEquals(text: string, own: readonly Statement[]): string {
  const tight = own.every(({ equals }) => equals !== null && !isBlank(text.charAt(equals - 1)));
  return tight ? '' : ' ';
}

/** The column of the `=`, where the entries around a place have theirs in one column under names of other lengths. */
export function alignedTo(text: string, around: readonly Statement[]): number | null {
  const columns = around.flatMap((one) => (one.equals === null ? [] : [columnAt(text, one.equals)]));
  const names = new Set(around.map((one) => (one.names.at(-1)?.end ?? 0) - one.start));
  const [first] = columns;
  const aligned = columns.length > 1 && columns.every((column) => column === first) && names.size > 1;
  return aligned ? (first ?? null) : null;
}

function indentInside(text: string, set: Expression): string {
  const outer = /^[ \t]*/.exec(text.slice(lineStartOf(text, set.start)))?.[0] ?? '';
  return `${outer}${outer.startsWith('\t') ? '\t' : '  '}`;
}

/** The directory of an entry's name, `''` for none. */
export const directoryOfEntry = (name: string): string => {
  const readable = decodeText(name) ?? name;
  return readable.includes('/') ? readable.slice(0, readable.lastIndexOf('/')) : '';
};
