import type { RecipientName, SourcePosition } from '../../core/recipient.ts';
import { readable } from './byte-string.ts';
import { commentBeside } from './comment-beside.ts';
import { isCollective } from './group-kind.ts';
import { baseNameOf, directoryOf } from './nix-path.ts';
import type { Label, Written } from './origin.ts';
import type { DeclaredKey, Grant, SourceRange } from './rules-reading.ts';
import { lineAndColumn, type Source } from './source.ts';
import { isGenericName, tellingName } from './telling-name.ts';
import type { Chain, NixString } from './value.ts';

/** One line of a recipient string. */
export interface KeyLine {
  /** Trimmed; never empty. */
  readonly text: string;
  readonly value: NixString;
  /** Bytes before the line in the string. */
  readonly offset: number;
  /** Whether the string has no other line. */
  readonly alone: boolean;
  /** Lists it passed through. */
  readonly passed: Chain | null;
}

/** The path of a source from the root. What lies elsewhere is no file: `<lib>`. */
function fileIn(root: string, { path }: Source): string {
  const base = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(base) ? path.slice(base.length) : path;
}

/** A source belongs to one evaluation, which has one root. */
export function positionIn(root: string, source: Source, offset: number): SourcePosition {
  let position = source.positions.get(offset);
  if (position === undefined) {
    position = { file: fileIn(root, source), ...lineAndColumn(source, offset) };
    source.positions.set(offset, position);
  }
  return position;
}

const rangeIn = (root: string, source: Source, start: number, end: number): SourceRange => ({
  ...positionIn(root, source, start),
  start,
  end,
});

/** First name first, without the rule's own `publicKeys`. */
function labelsOf(chain: Chain | null): readonly Label[] {
  const labels: Label[] = [];
  for (let at = chain; at !== null; at = at.next) {
    if (at.label.name !== 'publicKeys') labels.push(at.label);
  }
  return labels.reverse();
}

function bindingName(root: string, label: Label): RecipientName | null {
  const name = tellingName(label.path);
  if (name === null) return null;
  const source = label.path.length > 1 || label.kind === 'attribute' ? 'attribute' : 'binding';
  const at = label.source === null ? {} : { at: positionIn(root, label.source, label.start) };
  return { text: readable(name), source, ...at };
}

function grant(root: string, label: Label, kind: Grant['kind'], path: readonly string[]): Grant | null {
  const name = tellingName(path);
  if (name === null || label.source === null) return null;
  const { source, start, value } = label;
  return {
    kind,
    name: readable(name),
    path: path.map(readable),
    at: positionIn(root, source, start),
    ...(value === null ? {} : { value: rangeIn(root, source, value.start, value.end) }),
  };
}

/** The set around a name: `users` of `users.alice`. */
function grantOfSet(root: string, label: Label): Grant | null {
  const own = tellingName(label.path);
  const outer = own === null ? [] : label.path.slice(0, label.path.lastIndexOf(own));
  return outer.length === 0 ? null : grant(root, label, 'set', outer);
}

const genericFile = /^(ssh_host_.*|id_.*|host|key|ssh|pubkey|public|recipient|ed25519|rsa|age|default)$/i;

/** `alice` of `keys/alice.pub`; where the file's name says nothing, its directory's. */
function fileName(root: string, written: Written): string {
  const inside = fileIn(root, written.source);
  const stem = baseNameOf(inside).replace(/(\.(pub|txt|key|age))+$/, '');
  const directory = baseNameOf(directoryOf(`/${inside}`));
  return readable(genericFile.test(stem) && directory !== '' && !isGenericName(directory) ? directory : stem);
}

/** Descriptions made before, by the string they are about: most rules repeat what others said in the same words. */
export type Described = Map<NixString, { lists: readonly Label[]; offset: number; key: DeclaredKey }[]>;

const remembered = 32;

/** What is known of one key: whose it is called, what granted it, where it is written. */
export function describeKey(root: string, line: KeyLine, described: Described): DeclaredKey {
  const lists = labelsOf(line.passed);
  const before = described.get(line.value) ?? [];
  const same = before.find((one) => one.offset === line.offset && sameLabels(one.lists, lists));
  if (same !== undefined) return same.key;
  const key = describe(root, line, lists);
  if (before.length === 0) described.set(line.value, before);
  if (before.length < remembered) before.push({ lists, offset: line.offset, key });
  return key;
}

const sameLabels = (one: readonly Label[], other: readonly Label[]): boolean =>
  one.length === other.length && one.every((label, index) => label === other[index]);

function describe(root: string, line: KeyLine, lists: readonly Label[]): DeclaredKey {
  const { origin } = line.value;
  const own = labelsOf(origin?.labels ?? null);
  const names: RecipientName[] = [];
  const add = (name: RecipientName | null) => {
    const known = names.some((before) => before.text === name?.text && before.source === name.source);
    if (name !== null && !known) names.push(name);
  };

  for (const label of own) add(bindingName(root, label));
  const written = origin === null ? null : writtenIn(root, line, origin.written);
  const at = written === null ? null : { file: written.file, line: written.line, column: written.column };
  if (origin?.written.kind === 'file' && at !== null) {
    add({ text: fileName(root, origin.written), source: 'pub-file', at });
  }
  // `alice = [ "key1" "key2" ]`: the list is the person.
  const [innermost] = lists;
  if (names.length === 0 && innermost !== undefined) {
    const name = bindingName(root, innermost);
    if (name !== null && !isCollective(name.text)) add(name);
  }
  if (origin?.written.kind === 'literal' && at !== null && line.alone) {
    const comment = commentBeside(origin.written.source, origin.written.start, origin.written.end);
    if (comment !== null) add({ text: readable(comment), source: 'comment', at });
  }

  const grants = [
    ...own.map((label) => grantOfSet(root, label)),
    ...lists.map((label) => grant(root, label, 'list', label.path)),
  ];
  const via = grants.filter((item) => item !== null);
  return { text: readable(line.text), names, via, ...(written === null ? {} : { written }) };
}

function writtenIn(root: string, line: KeyLine, written: Written): SourceRange {
  if (written.kind === 'literal') return rangeIn(root, written.source, written.start, written.end);
  // A file that was cut up before: the place in it is found by its text.
  const found = written.source.text.indexOf(line.text, Math.min(line.offset, written.end));
  const start = found === -1 ? written.start : found;
  return rangeIn(root, written.source, start, found === -1 ? written.end : start + line.text.length);
}
