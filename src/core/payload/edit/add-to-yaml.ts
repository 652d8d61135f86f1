import type { YAMLMap, YAMLSeq } from 'yaml';
import { formatKeyPath } from '../../address.ts';
import type { Splice } from '../../splice.ts';
import type { TextEntry } from '../text-entry.ts';
import type { YamlModule } from '../yaml-payload.ts';
import { withAddition } from './expected-entries.ts';
import { type Drafting, refuse } from './payload-edit.ts';
import { colonEnd, columnOf, dashOf, endOf, nextLine, placeAt, startOf } from './yaml-places.ts';
import { scalarSpellings } from './yaml-scalar-style.ts';

interface Addition {
  readonly path: readonly string[];
  readonly value: string;
  readonly parent: YAMLMap | YAMLSeq;
}

/** Behind the last pair or item, spelled and indented like it. */
export function draftYamlAddition(
  text: string,
  entries: readonly TextEntry[],
  { path, value, parent }: Addition,
  yaml: YamlModule,
): Drafting {
  const at = startOf(parent);
  const key = path.at(-1) ?? '';
  if (yaml.isSeq(parent) && key !== String(parent.items.length)) {
    return refuse(
      'usage',
      `the next position of ${formatKeyPath(path.slice(0, -1))} is ${parent.items.length}`,
      { at },
    );
  }
  const last = parent.items.length === 0 ? null : placeAt(parent, parent.items.length - 1, yaml);
  const inFlow = parent.flow === true;
  if (last === null && !inFlow)
    return refuse('unsupported', 'nothing shows how to write the first key', { at });
  const start = last === null ? at + 1 : (dashOf(last) ?? startOf(last.key ?? last.node));
  const indent = columnOf(text, start);
  const sample = sourceOf(text, last?.node, yaml);
  // A block is no model for what may be a single word.
  const kept = /^["']/.test(sample) ? sample : '';
  const keyKept = last?.key ? sourceOf(text, last.key, yaml) : '';
  const names = yaml.isSeq(parent)
    ? ['']
    : scalarSpellings(key, { kept: /^["']/.test(keyKept) ? keyKept : '', inFlow: true, indent }, yaml).map(
        (name) => `${name}: `,
      );
  const lines = scalarSpellings(value, { kept, inFlow, indent }, yaml).flatMap((spelling) =>
    names.map((name) => name + spelling),
  );
  const splice = (line: string): Splice => {
    if (last === null) return { start, end: (parent.range?.[1] ?? start + 1) - 1, text: line };
    const end = Math.max(
      colonEnd(last, yaml),
      ...[last.key, last.node].map((node) => (node ? endOf(text, node, yaml) : 0)),
    );
    if (inFlow) return { start: end, end, text: `${gapOf(text, parent, yaml)}${line}` };
    const whole = `${' '.repeat(indent)}${yaml.isSeq(parent) ? '- ' : ''}${line}`;
    const below = nextLine(text, end);
    return text.charAt(below - 1) === '\n'
      ? { start: below, end: below, text: `${whole}\n` }
      : { start: below, end: below, text: `\n${whole}` };
  };
  return {
    candidates: lines.map((line) => [splice(line)]),
    expected: withAddition(entries, path, value),
    at,
  };
}

const sourceOf = (text: string, node: unknown, yaml: YamlModule): string =>
  yaml.isScalar(node) ? text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0) : '';

/** The comma between two members of a flow collection and what stands around it. */
function gapOf(text: string, parent: YAMLMap | YAMLSeq, yaml: YamlModule): string {
  const one = placeAt(parent, parent.items.length - 2, yaml);
  const other = placeAt(parent, parent.items.length - 1, yaml);
  const inner = one?.node ?? one?.key;
  if (!one || !other || !inner) return ', ';
  const gap = text.slice(endOf(text, inner, yaml), startOf(other.key ?? other.node));
  return /^\s*,\s*$/.test(gap) ? gap : ', ';
}
