/** A POSIX extended regular expression as a tree. Sets are 256 flags, one per byte. */
export type RegexNode =
  | { readonly type: 'set'; readonly members: Uint8Array }
  | { readonly type: 'start' }
  | { readonly type: 'end' }
  | { readonly type: 'group'; readonly index: number; readonly inner: RegexNode }
  | { readonly type: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly type: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly type: 'repeat'; readonly inner: RegexNode; readonly least: number; readonly most: number };

/** Why an expression is refused: not valid for Nix either, or valid and not supported here. */
export class RegexProblem extends Error {
  readonly kind: 'failed' | 'unsupported' | 'limit';

  constructor(kind: 'failed' | 'unsupported' | 'limit', says: string) {
    super(says);
    this.kind = kind;
  }
}

const members = (test: (code: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => (test(code) ? 1 : 0));

const matching = (pattern: RegExp) => members((code) => pattern.test(String.fromCharCode(code)));

/** The classes of the C locale. */
const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

const one = (character: string): RegexNode => ({
  type: 'set',
  members: members((code) => code === character.charCodeAt(0)),
});

const maxNesting = 100;
const maxRepeat = 1000;

interface Reader {
  readonly text: string;
  at: number;
  groups: number;
  depth: number;
}

/** Parses as libstdc++ does for `std::regex::extended`, which is what Nix uses. Throws `RegexProblem`. */
export function parseRegex(text: string): { readonly tree: RegexNode; readonly groups: number } {
  const reader: Reader = { text, at: 0, groups: 0, depth: 0 };
  const tree = choice(reader);
  if (reader.at < text.length) throw new RegexProblem('failed', 'a regular expression closes no group');
  return { tree, groups: reader.groups };
}

function choice(reader: Reader): RegexNode {
  if (++reader.depth > maxNesting) {
    throw new RegexProblem('limit', 'a regular expression nests too deeply');
  }
  const options = [sequence(reader)];
  while (reader.text[reader.at] === '|') {
    reader.at++;
    options.push(sequence(reader));
  }
  reader.depth--;
  return options.length === 1 && options[0] ? options[0] : { type: 'choice', options };
}

function sequence(reader: Reader): RegexNode {
  const parts: RegexNode[] = [];
  for (;;) {
    const character = reader.text[reader.at];
    if (character === undefined || character === '|' || character === ')') {
      return parts.length === 1 && parts[0] ? parts[0] : { type: 'sequence', parts };
    }
    parts.push(repeated(reader, atom(reader, character)));
  }
}

function atom(reader: Reader, character: string): RegexNode {
  reader.at++;
  switch (character) {
    case '^':
      return { type: 'start' };
    case '$':
      return { type: 'end' };
    case '.':
      return { type: 'set', members: members((code) => code !== 0) };
    case '[':
      return bracket(reader);
    case '(': {
      const index = ++reader.groups;
      const inner = choice(reader);
      if (reader.text[reader.at] !== ')') {
        throw new RegexProblem('failed', 'a group of a regular expression is not closed');
      }
      reader.at++;
      return { type: 'group', index, inner };
    }
    case '*':
    case '+':
    case '?':
    case '{':
      throw new RegexProblem('failed', 'a regular expression repeats nothing');
    case '\\': {
      const next = reader.text[reader.at];
      if (next === undefined) throw new RegexProblem('failed', 'a regular expression ends in a backslash');
      if (/[0-9A-Za-z]/.test(next)) {
        throw new RegexProblem('unsupported', `\\${next} in a regular expression`);
      }
      reader.at++;
      return one(next);
    }
    default:
      return one(character);
  }
}

const bounds = /\{([0-9]+)(,([0-9]*))?\}/y;

function repeated(reader: Reader, inner: RegexNode): RegexNode {
  let node = inner;
  for (let count = 0; ; count++) {
    const character = reader.text[reader.at];
    if (character === '*') node = { type: 'repeat', inner: node, least: 0, most: Infinity };
    else if (character === '+') node = { type: 'repeat', inner: node, least: 1, most: Infinity };
    else if (character === '?') node = { type: 'repeat', inner: node, least: 0, most: 1 };
    else if (character === '{') {
      bounds.lastIndex = reader.at;
      const found = bounds.exec(reader.text);
      if (found === null) throw new RegexProblem('failed', 'a regular expression has a bad repetition');
      const least = Number(found[1]);
      const most = found[2] === undefined ? least : found[3] === '' ? Infinity : Number(found[3]);
      if (most < least) throw new RegexProblem('failed', 'a regular expression has a bad repetition');
      if (least > maxRepeat || (most !== Infinity && most > maxRepeat)) {
        throw new RegexProblem('limit', 'a regular expression repeats too often');
      }
      node = { type: 'repeat', inner: node, least, most };
      reader.at = bounds.lastIndex - 1;
    } else return node;
    if (inner.type === 'start' || inner.type === 'end') {
      throw new RegexProblem('unsupported', 'a repeated anchor in a regular expression');
    }
    if (count >= maxNesting) throw new RegexProblem('limit', 'a regular expression nests too deeply');
    reader.at++;
  }
}

/** `[…]`, after the bracket. */
function bracket(reader: Reader): RegexNode {
  const { text } = reader;
  const set = new Uint8Array(256);
  const negated = text[reader.at] === '^';
  if (negated) reader.at++;
  const first = reader.at;
  for (;;) {
    const character = text[reader.at];
    if (character === undefined)
      throw new RegexProblem('failed', 'a set of a regular expression is not closed');
    if (character === ']' && reader.at > first) break;
    if (character === '[' && (text[reader.at + 1] === '.' || text[reader.at + 1] === '=')) {
      throw new RegexProblem('unsupported', 'a collating element in a regular expression');
    }
    if (character === '[' && text[reader.at + 1] === ':') namedClass(reader, set);
    else range(reader, set);
  }
  reader.at++;
  return { type: 'set', members: negated ? set.map((flag) => 1 - flag) : set };
}

function namedClass(reader: Reader, set: Uint8Array): void {
  const end = reader.text.indexOf(':]', reader.at + 2);
  const pattern = classes[reader.text.slice(reader.at + 2, Math.max(end, reader.at + 2))];
  if (pattern === undefined) throw new RegexProblem('failed', 'an unknown class in a regular expression');
  matching(pattern).forEach((flag, code) => {
    if (flag === 1) set[code] = 1;
  });
  reader.at = end + 2;
}

function range(reader: Reader, set: Uint8Array): void {
  const { text } = reader;
  const from = text.charCodeAt(reader.at);
  let to = from;
  reader.at++;
  const after = text[reader.at + 1];
  if (text[reader.at] === '-' && after !== undefined && after !== ']') {
    if (after === '[') throw new RegexProblem('unsupported', 'a range to a class in a regular expression');
    to = text.charCodeAt(reader.at + 1);
    reader.at += 2;
  }
  if (to < from) throw new RegexProblem('failed', 'a regular expression has a range that runs backwards');
  set.fill(1, from, to + 1);
}
