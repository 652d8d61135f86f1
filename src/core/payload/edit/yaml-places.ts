import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { scalarText, type YamlModule } from '../yaml-payload.ts';

/** A value of a YAML document in what holds it. */
export interface YamlPlace {
  readonly parent: YAMLMap | YAMLSeq;
  readonly index: number;
  readonly node: Node | null;
  /** The key, in a mapping. */
  readonly key: Scalar | null;
}

/** The mapping or list at a path; `null` where the way leads through an alias, or nowhere. */
export function collectionAt(
  contents: unknown,
  path: readonly string[],
  yaml: YamlModule,
): YAMLMap | YAMLSeq | null {
  let node = contents;
  for (const segment of path) {
    const parent = yaml.isCollection(node) ? node : null;
    node = parent === null ? null : (placeIn(parent as YAMLMap | YAMLSeq, segment, yaml)?.node ?? null);
  }
  return yaml.isMap(node) || yaml.isSeq(node) ? node : null;
}

export function placeIn(parent: YAMLMap | YAMLSeq, segment: string, yaml: YamlModule): YamlPlace | null {
  const index = yaml.isMap(parent)
    ? parent.items.findIndex(({ key }) => yaml.isScalar(key) && scalarText(key) === segment)
    : parent.items.findIndex((_, position) => String(position) === segment);
  if (index < 0) return null;
  return placeAt(parent, index, yaml);
}

export function placeAt(parent: YAMLMap | YAMLSeq, index: number, yaml: YamlModule): YamlPlace | null {
  const item: unknown = parent.items[index];
  const pair = yaml.isPair(item) ? item : null;
  const value = pair === null ? item : pair.value;
  const key = pair !== null && yaml.isScalar(pair.key) ? pair.key : null;
  return { parent, index, node: yaml.isNode(value) ? value : null, key };
}

export const startOf = (node: Node | null): number => node?.range?.[0] ?? 0;

/** Behind the last character of what is written for a node, comments and line ends excluded. */
export function endOf(text: string, node: Node, yaml: YamlModule): number {
  const [start = 0, end = 0] = node.range ?? [];
  const flow = yaml.isCollection(node) && node.flow === true;
  if (yaml.isCollection(node) && !flow) {
    const last = placeAt(node as YAMLMap | YAMLSeq, node.items.length - 1, yaml);
    const inner = last?.node ?? last?.key ?? null;
    if (last === null || inner === null) return end;
    return Math.max(endOf(text, inner, yaml), colonEnd(last, yaml));
  }
  // A block scalar's range takes in the blank lines behind it, which are its own only under `+`.
  const written = text.slice(start, end);
  return start + (/^[|>][0-9]*\+/.test(written) ? written.replace(/\n$/, '') : written.trimEnd()).length;
}

/** Behind the colon of a pair, else 0. */
export function colonEnd(place: YamlPlace, yaml: YamlModule): number {
  const pair: unknown = place.parent.items[place.index];
  if (!yaml.isPair(pair)) return 0;
  const colon = (pair as Pair).srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? 0 : colon.offset + 1;
}

/** Where an item of a block list has its `-`. */
export function dashOf(place: YamlPlace): number | null {
  const token = place.parent.srcToken;
  if (token?.type !== 'block-seq') return null;
  return token.items[place.index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? null;
}

export const columnOf = (text: string, offset: number): number =>
  offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** Start of the line after the one `offset` is on; the end of the text on the last. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}
