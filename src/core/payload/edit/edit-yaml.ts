import type { YAMLMap, YAMLSeq } from 'yaml';
import { formatKeyPath } from '../../address.ts';
import type { Splice } from '../../splice.ts';
import type { TextEntry } from '../text-entry.ts';
import { parseYaml, type YamlModule } from '../yaml-payload.ts';
import { draftYamlAddition } from './add-to-yaml.ts';
import { withName, withoutPath, withValue } from './expected-entries.ts';
import { samePath } from './key-path.ts';
import { type Drafting, refuse, type TextEdit } from './payload-edit.ts';
import { yamlRemoval } from './remove-from-yaml.ts';
import {
  collectionAt,
  colonEnd,
  columnOf,
  dashOf,
  endOf,
  placeIn,
  startOf,
  type YamlPlace,
} from './yaml-places.ts';
import { type ScalarPlace, scalarSpellings } from './yaml-scalar-style.ts';

export async function draftYaml(
  text: string,
  edit: TextEdit,
  entries: readonly TextEntry[],
): Promise<Drafting> {
  const parsed = await parseYaml(text, { places: true });
  if (parsed === null) return refuse('damaged', 'not YAML');
  const { yaml, document } = parsed;
  const { path } = edit;
  const named = formatKeyPath(path);
  const parent = collectionAt(document.contents, path.slice(0, -1), yaml);
  const key = path.at(-1);
  if (parent === null || key === undefined) {
    return entries.some((entry) => samePath(entry.path, path))
      ? refuse('unsupported', `${named} is reached through an alias`, {
          hint: 'change the value at its anchor',
        })
      : refuse('not-found', `no key ${named}`);
  }
  const place = placeIn(parent, key, yaml);
  if (edit.kind === 'add') {
    if (place !== null) return refuse('usage', `${named} is there already`, { at: startOf(parent) });
    return draftYamlAddition(text, entries, { path, value: edit.value, parent }, yaml);
  }
  if (place === null) return refuse('not-found', `no key ${named}`, { at: startOf(parent) });
  const at = startOf(place.key ?? place.node);
  switch (edit.kind) {
    case 'set': {
      if (yaml.isCollection(place.node)) return refuse('usage', `${named} is no single value`, { at });
      const candidates = valueSplices(text, place, edit.value, yaml);
      return { candidates, expected: withValue(entries, path, edit.value), at };
    }
    case 'rename': {
      if (place.key === null) return refuse('usage', 'a list position has no name to change', { at });
      if (placeIn(parent, edit.name, yaml) !== null)
        return refuse('usage', `${edit.name} is there already`, { at });
      const [start = 0, end = 0] = place.key.range ?? [];
      const spellings = scalarSpellings(
        edit.name,
        { kept: text.slice(start, end), inFlow: true, indent: 0 },
        yaml,
      );
      return {
        candidates: spellings.map((spelling) => [{ start, end, text: spelling }]),
        expected: withName(entries, path, edit.name),
        at,
      };
    }
    case 'remove': {
      const inside = yaml.isSeq(parent) ? 'array' : 'object';
      const candidates = yamlRemoval(text, place, document.contents, yaml);
      return { candidates, expected: withoutPath(entries, path, inside, parent.items.length), at };
    }
  }
}

function valueSplices(text: string, place: YamlPlace, value: string, yaml: YamlModule): readonly Splice[][] {
  const { node, key, parent } = place;
  const [start = 0, valueEnd = 0] = node?.range ?? [];
  const written = node === null ? '' : text.slice(start, valueEnd);
  const anchor = key === null ? (dashOf(place) ?? start) : startOf(key);
  const kept = yaml.isAlias(node) ? '' : written;
  const spot: ScalarPlace = { kept, inFlow: isFlow(parent), indent: columnOf(text, anchor) };
  const spellings = scalarSpellings(value, spot, yaml);
  // Nothing is written yet: behind the colon, before a comment.
  if (written === '') {
    const at = colonEnd(place, yaml);
    return at === 0 ? [] : spellings.map((spelling) => [{ start: at, end: at, text: ` ${spelling}` }]);
  }
  const end = node === null ? valueEnd : endOf(text, node, yaml);
  return spellings.map((spelling) => [{ start, end, text: spelling }]);
}

const isFlow = (parent: YAMLMap | YAMLSeq): boolean => parent.flow === true;
