import { depthLimit, entryLimit, type ReadEntries, type TextEntry } from './text-entry.ts';

/** An open object or array, and where the reader stands in it. */
interface Open {
  readonly kind: '{' | '[';
  readonly keys: Set<string>;
  /** The key or position of the value that comes next. */
  segment: string | null;
  count: number;
}

/**
 * JSON with an object or array at the top. `JSON.parse` judges the syntax; the values are then taken from the text
 * itself, because parsed numbers lose digits and parsed objects lose duplicate keys. Strings are decoded, all other
 * leaves are their source text, an empty object or array is `{}` or `[]`. Duplicate keys, more than 64 levels or
 * 10,000 values: not ours, shown as text.
 */
export const readJson: ReadEntries = (text) => {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return null;
  const entries: TextEntry[] = [];
  const open: Open[] = [];
  const path = (): string[] => open.map(({ segment }) => segment ?? '');
  for (const token of tokens(text)) {
    const inside = open.at(-1);
    if (token === ':') continue;
    if (token === ',') {
      if (inside) inside.segment = inside.kind === '[' ? String(inside.count) : null;
      continue;
    }
    if (token === '}' || token === ']') {
      const closed = open.pop();
      if (closed?.count === 0 && open.length === 0) return null;
      if (closed?.count === 0) entries.push({ path: path(), text: closed.kind === '{' ? '{}' : '[]' });
      continue;
    }
    if (inside?.kind === '{' && inside.segment === null) {
      const key = decode(token);
      if (inside.keys.has(key)) return null;
      inside.keys.add(key);
      inside.segment = key;
      inside.count += 1;
      continue;
    }
    if (inside?.kind === '[') inside.count += 1;
    if (token === '{' || token === '[') {
      open.push({ kind: token, keys: new Set(), segment: token === '[' ? '0' : null, count: 0 });
    } else entries.push({ path: path(), text: token.startsWith('"') ? decode(token) : token });
    if (open.length > depthLimit || entries.length > entryLimit) return null;
  }
  return entries;
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const decode = (literal: string): string => String(JSON.parse(literal));

/** The tokens of text that is known to be JSON. */
function* tokens(text: string): Generator<string> {
  const simple = /[{}[\]:,]|[-+.0-9eE]+|true|false|null/y;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      yield text.slice(at, end);
      at = end;
      continue;
    }
    simple.lastIndex = at;
    const token = simple.exec(text)?.[0];
    if (token !== undefined) yield token;
    at += token?.length ?? 1;
  }
}

/** A loop and not an expression, whose backtracking stack a long string would overflow. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}
