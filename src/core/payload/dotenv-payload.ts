import type { ReadEntries, TextEntry } from './text-entry.ts';
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
  const entries: TextEntry[] = [];
  let exported = false;
  let at = 0;
  while (at < text.length) {
    const skipped = matchAt(blankOrComment, text, at);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const start = matchAt(assignment, text, at);
    const from = at + (start?.[0].length ?? 0);
    const value = start && readValue(text, from);
    if (!start?.[2] || !value) return null;
    exported ||= start[1] !== undefined;
    entries.push({ path: [start[2]], text: value.text, span: [value.from, value.until] });
    at = value.end;
  }
  const [only, second] = entries;
  if (!only || entries.every((entry) => isPadding(entry.text))) return null;
  const evidence = second !== undefined || exported || isTellingName(only.path[0] ?? '');
  return evidence ? entries : null;
};

/** Offset of the first line that is no assignment, comment or blank; `null` when there is none. */
export function dotenvError(text: string): number | null {
  for (let at = 0; at < text.length; ) {
    const skipped = matchAt(blankOrComment, text, at);
    const start = skipped ?? matchAt(assignment, text, at);
    if (!start) return at;
    const from = at + start[0].length;
    at = skipped ? from : (readValue(text, from)?.end ?? from);
  }
  return null;
}

interface Value {
  readonly text: string;
  /** Start and end of what is written of it, quotes included. */
  readonly from: number;
  readonly until: number;
  /** Start of the next line. */
  readonly end: number;
}

function readValue(text: string, at: number): Value | null {
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'") {
    const quoted = readQuoted(text, at + 1, quote);
    if (quoted) return quoted;
  }
  const line = matchAt(restOfLine, text, at)?.[0] ?? '';
  const bare = withoutComment(line).trimEnd();
  const from = at + bare.length - bare.trimStart().length;
  return { text: bare.trim(), from, until: at + bare.length, end: at + line.length + 1 };
}

/** `null` when the quote does not close, or is followed by more than a comment: then it is part of the value. */
function readQuoted(text: string, start: number, quote: '"' | "'"): Value | null {
  let close = text.indexOf(quote, start);
  while (quote === '"' && close >= 0 && isEscaped(text, start, close)) close = text.indexOf(quote, close + 1);
  const after = close < 0 ? null : matchAt(afterQuote, text, close + 1);
  if (!after) return null;
  const inside = text.slice(start, close);
  const value = quote === '"' ? resolveEscapes(inside) : inside;
  return { text: value, from: start - 1, until: close + 1, end: close + 1 + after[0].length };
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
