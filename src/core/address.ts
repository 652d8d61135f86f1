import { fail, type Outcome, ok } from './outcome.ts';

/** A secret file as typed, or one value inside it. An empty `key` asks for the list of keys. */
export interface Address {
  readonly file: string;
  readonly key?: readonly string[];
}

/** A segment that needs no quotes: not empty, nothing that ends or opens a segment, nothing invisible. */
const bareSegment = /^[^.#"\p{C}]+$/u;
const jsonString = /^"(?:[^"\\\u0000-\u001f]|\\.)*"/;

/**
 * Reads `FILE`, `FILE#` or `FILE#KEY.PATH`. A segment with a dot, `#` or quote in it is written as a JSON string, and
 * so is a file whose name holds a `#`; unquoted, the first `#` ends the file. Error: `usage`.
 */
export function parseAddress(text: string): Outcome<Address> {
  if (text === '') return fail('usage', 'a secret needs a name', { hint: 'write FILE or FILE#KEY' });
  const quoted = takeJsonString(text);
  const file = quoted?.value ?? (text.includes('#') ? text.slice(0, text.indexOf('#')) : text);
  const rest = text.slice(quoted?.length ?? file.length);
  if (file === '') return fail('usage', 'no file before the #', { where: text });
  if (rest === '') return ok({ file });
  if (!rest.startsWith('#')) return fail('usage', 'text after the quoted file name', { where: text });
  const key = parseKeyPath(rest.slice(1));
  return key.ok ? ok({ file, key: key.value }) : key;
}

/** The shortest text that `parseAddress` reads back as this file and key. */
export function formatAddress(file: string, key?: readonly string[]): string {
  const plain = file !== '' && !file.includes('#') && !file.startsWith('"');
  const name = plain ? file : JSON.stringify(file);
  return key === undefined ? name : `${name}#${formatKeyPath(key)}`;
}

/** Reads `a.b."c.d"`; empty text is the empty path. Error: `usage`. */
export function parseKeyPath(text: string): Outcome<readonly string[]> {
  const path: string[] = [];
  let rest = text;
  while (rest !== '' || path.length > 0) {
    const quoted = takeJsonString(rest);
    const segment = quoted?.value ?? rest.split('.', 1)[0] ?? '';
    if (!quoted && segment === '') {
      return fail('usage', `empty part in key path ${text}`, { hint: 'write "" for a key without a name' });
    }
    path.push(segment);
    rest = rest.slice(quoted?.length ?? segment.length);
    if (rest === '') break;
    if (!rest.startsWith('.')) return fail('usage', `a dot is missing in key path ${text}`);
    rest = rest.slice(1);
  }
  return ok(path);
}

/** The inverse of `parseKeyPath`. */
export const formatKeyPath = (path: readonly string[]): string =>
  path.map((segment) => (bareSegment.test(segment) ? segment : JSON.stringify(segment))).join('.');

function takeJsonString(text: string): { value: string; length: number } | undefined {
  const literal = jsonString.exec(text)?.[0];
  if (literal === undefined) return undefined;
  try {
    return { value: String(JSON.parse(literal)), length: literal.length };
  } catch {
    return undefined;
  }
}
