import type { Fault } from './assignment.ts';
import { depthLimit } from './text-entry.ts';

/** A JSON value as written; offsets are into the text, ends exclusive. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'word';
  readonly start: number;
  readonly end: number;
  /** Of an object or array, in order. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  /** Decoded, or the position in an array. */
  readonly key: string;
  /** The literal of the key; in an array, the empty range before the value. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}

class JsonFault extends Error {
  readonly fault: Fault;
  constructor(at: number, says: string) {
    super(says);
    this.fault = { at, says };
  }
}

/**
 * RFC 8259, as strict as `JSON.parse`, with the place of everything. Also at fault: a key that comes twice, because
 * programs differ in which one they take, and more than 64 levels.
 */
export function parseJsonTree(text: string): JsonNode | { readonly fault: Fault } {
  try {
    const node = parseValue(text, skipBlanks(text, 0), 0);
    const end = skipBlanks(text, node.end);
    if (end < text.length) throw new JsonFault(end, 'text after the end of the JSON value');
    return node;
  } catch (error) {
    if (error instanceof JsonFault) return { fault: error.fault };
    throw error;
  }
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const wordPattern = /(?:true|false|null)(?![\w])/y;

function parseValue(text: string, start: number, depth: number): JsonNode {
  const first = text.charAt(start);
  if (first === '{' || first === '[') return parseMembers(text, start, depth + 1);
  if (first === '"') return { kind: 'string', start, end: endOfString(text, start), members: [] };
  for (const [kind, pattern] of [
    ['number', numberPattern],
    ['word', wordPattern],
  ] as const) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return { kind, start, end: pattern.lastIndex, members: [] };
  }
  throw new JsonFault(start, first === '' ? 'the text ends where a value is expected' : 'no JSON value');
}

function parseMembers(text: string, start: number, depth: number): JsonNode {
  if (depth > depthLimit) throw new JsonFault(start, `more than ${depthLimit} levels`);
  const kind = text.charAt(start) === '{' ? 'object' : 'array';
  const close = kind === 'object' ? '}' : ']';
  const members: JsonMember[] = [];
  const keys = new Set<string>();
  let at = skipBlanks(text, start + 1);
  if (text.charAt(at) === close) return { kind, start, end: at + 1, members };
  for (;;) {
    const member =
      kind === 'object' ? parseMember(text, at, depth) : parseItem(text, at, depth, members.length);
    if (kind === 'object' && keys.size === keys.add(member.key).size)
      throw new JsonFault(at, 'this key comes twice');
    members.push(member);
    at = skipBlanks(text, member.value.end);
    const next = text.charAt(at);
    if (next === close) return { kind, start, end: at + 1, members };
    if (next !== ',') throw new JsonFault(at, `expected a comma or ${close}`);
    at = skipBlanks(text, at + 1);
    if (text.charAt(at) === close) throw new JsonFault(at, `a comma before ${close}`);
  }
}

function parseMember(text: string, keyStart: number, depth: number): JsonMember {
  if (text.charAt(keyStart) !== '"') throw new JsonFault(keyStart, 'expected a key in double quotes');
  const keyEnd = endOfString(text, keyStart);
  const colon = skipBlanks(text, keyEnd);
  if (text.charAt(colon) !== ':') throw new JsonFault(colon, 'expected a colon after the key');
  const value = parseValue(text, skipBlanks(text, colon + 1), depth);
  return { key: String(JSON.parse(text.slice(keyStart, keyEnd))), keyStart, keyEnd, value };
}

function parseItem(text: string, start: number, depth: number, position: number): JsonMember {
  return { key: String(position), keyStart: start, keyEnd: start, value: parseValue(text, start, depth) };
}

const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** A loop and not an expression, whose backtracking stack a long string would overflow. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; ) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character < ' ') {
      throw new JsonFault(
        at,
        character === '\n' ? 'a string is not closed on its line' : 'a control character in a string',
      );
    }
    if (character !== '\\') {
      at += 1;
      continue;
    }
    escapePattern.lastIndex = at;
    if (!escapePattern.test(text)) throw new JsonFault(at, 'an escape that JSON does not know');
    at = escapePattern.lastIndex;
  }
  throw new JsonFault(start, 'a string is not closed');
}
