import type { YAMLMap, YAMLSeq } from 'yaml';
import type { Splice } from '../../splice.ts';
import type { YamlModule } from '../yaml-payload.ts';
import { colonEnd, dashOf, endOf, nextLine, placeAt, startOf, type YamlPlace } from './yaml-places.ts';

/** Ways to take a pair or item out, with the comment on its line; what is left of an emptied collection is `{}` or `[]`. */
export function yamlRemoval(
  text: string,
  place: YamlPlace,
  contents: unknown,
  yaml: YamlModule,
): readonly (readonly Splice[])[] {
  const { parent, index } = place;
  const range = rangeOf(text, place, yaml);
  const next = index + 1 < parent.items.length ? placeAt(parent, index + 1, yaml) : null;
  const nextRange = next === null ? null : rangeOf(text, next, yaml);
  const previous = index > 0 ? placeAt(parent, index - 1, yaml) : null;
  if (parent.flow === true) {
    if (previous) return [[{ start: rangeOf(text, previous, yaml).end, end: range.end, text: '' }]];
    if (nextRange) return [[{ start: range.start, end: nextRange.start, text: '' }]];
    const [start = 0, end = 0] = parent.range ?? [];
    return [[{ start: start + 1, end: end - 1, text: '' }]];
  }
  if (parent.items.length === 1) return emptied(text, parent, contents, yaml);
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const lineEnd = nextLine(text, range.end);
  if (text.slice(lineStart, range.start).trim() === '') {
    const last = lineEnd === text.length && !text.endsWith('\n');
    return [[{ start: last ? Math.max(0, lineStart - 1) : lineStart, end: lineEnd, text: '' }]];
  }
  // The first of a collection that starts behind a `-`: the next one moves up, unless a comment stands between.
  if (nextRange === null || text.slice(lineEnd, nextRange.start).trim() !== '') return [];
  return [[{ start: range.start, end: nextRange.start, text: '' }]];
}

function rangeOf(text: string, place: YamlPlace, yaml: YamlModule): { start: number; end: number } {
  const start = dashOf(place) ?? startOf(place.key ?? place.node);
  const ends = [place.key, place.node].map((node) => (node === null ? 0 : endOf(text, node, yaml)));
  return { start, end: Math.max(start, colonEnd(place, yaml), ...ends) };
}

/** The lines of a block collection go, `{}` or `[]` goes behind the colon of the key it belongs to. */
function emptied(
  text: string,
  parent: YAMLMap | YAMLSeq,
  contents: unknown,
  yaml: YamlModule,
): readonly (readonly Splice[])[] {
  const owner = ownerOf(contents, parent, yaml);
  const at = owner === null ? 0 : colonEnd(owner, yaml);
  const first = placeAt(parent, 0, yaml);
  if (at === 0 || first === null) return [];
  const range = rangeOf(text, first, yaml);
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  if (lineStart <= at || text.slice(lineStart, range.start).trim() !== '') return [];
  const lineEnd = nextLine(text, range.end);
  const last = lineEnd === text.length && !text.endsWith('\n');
  return [
    [
      { start: at, end: at, text: yaml.isMap(parent) ? ' {}' : ' []' },
      { start: last ? lineStart - 1 : lineStart, end: lineEnd, text: '' },
    ],
  ];
}

function ownerOf(contents: unknown, wanted: unknown, yaml: YamlModule): YamlPlace | null {
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (!yaml.isMap(node) && !yaml.isSeq(node)) continue;
    for (let index = 0; index < node.items.length; index += 1) {
      const place = placeAt(node, index, yaml);
      if (place?.node === wanted) return place;
      open.push(place?.node);
    }
  }
  return null;
}
