import { type Assignment, type Fault, type Scan, trimmed } from './assignment.ts';
import type { ReadEntries } from './text-entry.ts';
import { isPadding, isTellingName } from './variable-name.ts';

const blankOrComment = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
const assignment = /[ \t]*(export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=/y;
const restOfLine = /[^\n]*/y;
const afterQuote = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;

/**
 * dotenv, systemd EnvironmentFile and shell assignments: `[export ]NAME=value`, no space around `=`, comment lines,
 * and nothing else in the file. One line alone counts only after `export` or under a telling name
 * (variable-name.ts); base64 that ends in `=` never does.
 *
 * Values, as node, ruby and python dotenv read them: bare text runs to the end of the line or to ` #`; single quotes
 * keep everything; double quotes know `\n \r \t \" \\ \$`; both quotes may span lines. (systemd and sh keep `\n` in
 * double quotes as two characters; variables are not expanded.)
 */
export const readDotenv: ReadEntries = (text) => {
  const scan = scanDotenv(text);
  if ('fault' in scan) return null;
  const entries = scan.assignments.map(({ name, text: value }) => ({ path: [name], text: value }));
  const [only, second] = entries;
  if (!only || entries.every((entry) => isPadding(entry.text))) return null;
  const evidence =
    second !== undefined || hasExport(text, scan.assignments) || isTellingName(only.path[0] ?? '');
  return evidence ? entries : null;
};

/** Whether a variable is exported: such a file is read by a shell. */
export const hasExport = (text: string, assignments: readonly Assignment[]): boolean =>
  assignments.some(({ start, nameStart }) => text.slice(start, nameStart).trim() !== '');

/** Every assignment of the text with its place, whatever the evidence that it is dotenv at all. */
export function scanDotenv(text: string): Scan {
  const assignments: Assignment[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = matchAt(blankOrComment, text, at);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const found = matchAt(assignment, text, at);
    const name = found?.[2];
    if (!found || name === undefined) return { fault: { at, says: 'neither NAME=value nor a comment' } };
    const valueAt = at + found[0].length;
    const value = readValue(text, valueAt);
    const nameStart = valueAt - 1 - name.length;
    assignments.push({ name, section: 0, start: at, nameStart, nameEnd: valueAt - 1, ...value });
    at = value.end;
  }
  return { assignments, headers: [] };
}

/** The first value that starts with a quote without being in quotes: readers do not agree on what that is. */
export function openQuote(text: string, assignments: readonly Assignment[]): Fault | null {
  const open = assignments.find(({ valueStart }) => {
    const quote = text.charAt(valueStart);
    return (quote === '"' || quote === "'") && readQuoted(text, valueStart, quote) === null;
  });
  return open === undefined
    ? null
    : { at: open.valueStart, says: 'the quote is not closed, or more follows it' };
}

type Value = Pick<Assignment, 'text' | 'valueStart' | 'valueEnd' | 'end'>;

function readValue(text: string, at: number): Value {
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'") {
    const quoted = readQuoted(text, at, quote);
    if (quoted) return quoted;
  }
  const line = matchAt(restOfLine, text, at)?.[0] ?? '';
  const bare = withoutComment(line);
  const { start, end } = trimmed(bare, at);
  return {
    text: bare.trim(),
    valueStart: start,
    valueEnd: end,
    end: Math.min(at + line.length + 1, text.length),
  };
}

/** `null` when the quote does not close, or is followed by more than a comment: then it is part of the value. */
function readQuoted(text: string, at: number, quote: '"' | "'"): Value | null {
  const start = at + 1;
  let close = text.indexOf(quote, start);
  while (quote === '"' && close >= 0 && isEscaped(text, start, close)) close = text.indexOf(quote, close + 1);
  const after = close < 0 ? null : matchAt(afterQuote, text, close + 1);
  if (!after) return null;
  const inside = text.slice(start, close);
  return {
    text: quote === '"' ? resolveEscapes(inside) : inside,
    valueStart: at,
    valueEnd: close + 1,
    end: close + 1 + after[0].length,
  };
}

function isEscaped(text: string, start: number, at: number): boolean {
  let slashes = 0;
  while (at - slashes > start && text.charAt(at - slashes - 1) === '\\') slashes += 1;
  return slashes % 2 === 1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };
const resolveEscapes = (text: string): string =>
  text.replace(/\\([nrt"\\$])/g, (_, letter: string) => escapes[letter] ?? letter);

function withoutComment(line: string): string {
  const comment = line.search(/[ \t]#/);
  return comment < 0 ? line : line.slice(0, comment);
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
