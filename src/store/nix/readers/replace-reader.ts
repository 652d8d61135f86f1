import { applySplices, type Splice } from '../../../core/splice.ts';
import { encodeText, fromBytes, toBytes } from '../byte-string.ts';
import { expressionsOf, type ParsedSource } from '../edit/parsed-source.ts';
import type { NixFiles } from '../nix-files.ts';
import type { FileEdit } from './file-edit.ts';
import { idOf } from './prove-readers.ts';

export interface ReaderKey {
  readonly id: string;
  /** With its comment. */
  readonly text: string;
}

/**
 * Puts another key in the place of one, wherever it is written as a string of a Nix file, or is a line of another file
 * that was read; with its comment where the old one has one.
 */
export function replaceKey(
  sources: readonly ParsedSource[],
  others: readonly string[],
  files: NixFiles,
  old: string,
  key: ReaderKey,
): readonly FileEdit[] {
  const edits: FileEdit[] = [];
  for (const parsed of sources) {
    const { path, text } = parsed.source;
    const splices = stringsOf(parsed).flatMap(({ start, end }) =>
      keySplices(text, start, end, old, key, true),
    );
    if (splices.length > 0) edits.push(edited(path, text, splices));
  }
  for (const path of others) {
    const read = files.readFile(path);
    if (!read.ok) continue;
    const text = fromBytes(read.value);
    const splices = keySplices(text, 0, text.length, old, key, false);
    if (splices.length > 0) edits.push(edited(path, text, splices));
  }
  return edits;
}

const edited = (path: string, text: string, splices: readonly Splice[]): FileEdit => ({
  path,
  before: toBytes(text),
  after: toBytes(applySplices(text, splices)),
});

/** Where strings are written, without their quotes; those with interpolation, whose text is in pieces, are left out. */
const stringsOf = ({ root, source }: ParsedSource): readonly { start: number; end: number }[] =>
  [...expressionsOf(root)]
    .filter((node) => node.type === 'string' && node.parts.every((part) => typeof part === 'string'))
    .map(({ start, end }) => {
      const quote = source.text.startsWith("''", start) ? 2 : 1;
      return { start: start + quote, end: end - quote };
    })
    .toSorted((one, other) => one.start - other.start);

/** The lines of a stretch that are this key. */
function keySplices(
  text: string,
  start: number,
  end: number,
  old: string,
  key: ReaderKey,
  quoted: boolean,
): readonly Splice[] {
  const splices: Splice[] = [];
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 || newline > end ? end : newline;
    const line = text.slice(at, lineEnd);
    const trimmed = line.trim();
    if (trimmed !== '' && idOf(trimmed) === old) {
      const from = at + line.indexOf(trimmed);
      const hasComment = !quoted || trimmed.split(/\s+/).length > (old.startsWith('age1') ? 1 : 2);
      const put = quoted ? inQuotes(key, hasComment) : encodeText(key.text);
      splices.push({ start: from, end: from + trimmed.length, text: put });
    }
    at = lineEnd + 1;
  }
  return splices;
}

/**
 * A key as it stands between quotes of either kind. Somebody else wrote its comment: one that could mean anything to Nix is
 * left out, since a string that computes something would go unnoticed beside a key that is right.
 */
export const inQuotes = ({ id, text }: ReaderKey, hasComment: boolean): string =>
  encodeText(hasComment && !/["'\\$]/.test(text) ? text : id);
