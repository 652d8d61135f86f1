import { basename, dirname, join } from 'node:path/posix';
import { applySplices, type Splice } from '../../../core/splice.ts';
import { encodeText, toBytes } from '../byte-string.ts';
import { attributeName, isBareName } from '../edit/nix-name.ts';
import type { ParsedSource } from '../edit/parsed-source.ts';
import type { NixFiles } from '../nix-files.ts';
import type { FileEdit } from './file-edit.ts';
import type { KeyStatement } from './key-statements.ts';

/**
 * Ways to give a reader another name where it is bound and used, the widest first: every word of that name in all files,
 * or in its own; or only those behind the name of the set that it is in.
 */
export function renamings(
  sources: readonly ParsedSource[],
  own: readonly KeyStatement[],
  from: string,
  to: string,
): readonly (readonly FileEdit[])[] {
  const homes = new Set(own.map(({ parsed }) => parsed));
  const outers = new Set(own.flatMap(({ outer }) => (outer === null ? [] : [outer])));
  const starts = new Set(own.map(({ name }) => name.start));
  const everyWord = (parsed: ParsedSource) => wordsOf(parsed, from, to, () => true);
  const behindSet = (parsed: ParsedSource) =>
    wordsOf(
      parsed,
      from,
      to,
      (start, before) => (homes.has(parsed) && starts.has(start)) || (before !== null && outers.has(before)),
    );
  const home = sources.filter((parsed) => homes.has(parsed));
  return [
    drafted(sources, everyWord),
    drafted(home, everyWord),
    drafted(sources, behindSet),
    drafted(home, behindSet),
  ].filter((edits) => edits.length > 0);
}

function drafted(
  sources: readonly ParsedSource[],
  splicesOf: (parsed: ParsedSource) => readonly Splice[],
): readonly FileEdit[] {
  return sources.flatMap((parsed) => {
    const { path, text } = parsed.source;
    const splices = splicesOf(parsed);
    const after = toBytes(applySplices(text, splices));
    return splices.length === 0 ? [] : [{ path, before: toBytes(text), after }];
  });
}

/** Identifiers, and quoted attribute names, that are this word. */
function wordsOf(
  { tokens, source }: ParsedSource,
  from: string,
  to: string,
  isMeant: (start: number, before: string | null) => boolean,
): readonly Splice[] {
  const name = encodeText(from);
  const splices: Splice[] = [];
  const text = (index: number): string => source.text.slice(tokens[index]?.start, tokens[index]?.end);
  for (const [index, token] of tokens.entries()) {
    const quoted =
      token.kind === 'text' && tokens[index - 1]?.kind === '"' && tokens[index + 1]?.kind === 'end-"';
    if ((token.kind !== 'identifier' && !quoted) || text(index) !== name) continue;
    const first = quoted ? index - 1 : index;
    const last = quoted ? index + 1 : index;
    const before = tokens[first - 1]?.kind;
    const behind = tokens[last + 1]?.kind;
    const isAttribute = before === '.' || behind === '.' || behind === '=';
    if (quoted && !isAttribute) continue;
    const start = tokens[first]?.start ?? 0;
    const outer = before === '.' ? text(first - 2) : null;
    if (!isMeant(start, outer)) continue;
    if (!isBareName(to) && !isAttribute) continue;
    const put = encodeText(attributeName(to));
    const end = tokens[last]?.end ?? start;
    const gap =
      behind === '='
        ? inColumn(source.text.slice(end, tokens[last + 1]?.start), put.length - (end - start))
        : '';
    splices.push({
      start,
      end: end + (gap === '' ? 0 : (tokens[last + 1]?.start ?? end) - end),
      text: put + gap,
    });
  }
  return splices;
}

/** The blanks before a `=` that stands in a column, so that it stays there; `''` where there is none. */
const inColumn = (blanks: string, longer: number): string =>
  /^ {2,}$/.test(blanks) ? ' '.repeat(Math.max(1, blanks.length - longer)) : '';

/** A `.pub` file that has the name of its reader gets the new one, where Nix names it by a path. */
export function renamedPubFile(
  sources: readonly ParsedSource[],
  files: NixFiles,
  file: string,
  from: string,
  to: string,
): readonly FileEdit[] {
  const read = files.readFile(file);
  const target = join(dirname(file), `${to}.pub`);
  if (
    !read.ok ||
    !/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(to) ||
    basename(file) !== `${from}.pub` ||
    files.exists(target)
  )
    return [];
  const moved: FileEdit[] = [
    { path: file, before: read.value, after: null },
    { path: target, before: null, after: read.value },
  ];
  const paths = sources.flatMap(({ source, tokens }) => {
    const splices = tokens
      .filter(({ kind, start, end }) => {
        const path = source.text.slice(start, end);
        return kind === 'path' && join(dirname(source.path), path) === file;
      })
      .map(({ start, end }) => ({
        start,
        end,
        text: source.text.slice(start, end).replace(/[^/]*$/, encodeText(`${to}.pub`)),
      }));
    const after = toBytes(applySplices(source.text, splices));
    return splices.length === 0 ? [] : [{ path: source.path, before: toBytes(source.text), after }];
  });
  return [...moved, ...paths];
}
