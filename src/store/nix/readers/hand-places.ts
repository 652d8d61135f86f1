import { encodeText, readable } from '../byte-string.ts';
import type { ParsedSource } from '../edit/parsed-source.ts';
import type { HandEdit } from '../edit/rules-change.ts';
import { positionIn } from '../provenance.ts';
import { idOf } from './prove-readers.ts';

/** A refusal that names more is no help. */
const mostPlaces = 12;

/** The lines that name a reader or hold one of its keys, with what to put there; the first of each line. */
export function handPlaces(
  root: string,
  sources: readonly ParsedSource[],
  names: ReadonlySet<string>,
  ids: ReadonlySet<string>,
  put: string,
): readonly HandEdit[] {
  const words = new Set([...names].map(encodeText));
  const places = new Map<string, HandEdit>();
  for (const { source, tokens } of sources) {
    for (const { kind, start, end } of tokens) {
      if (kind !== 'identifier' && kind !== 'text') continue;
      const text = source.text.slice(start, end);
      if (!(kind === 'identifier' ? words.has(text) : ids.has(idOf(readable(text))))) continue;
      const at = positionIn(root, source, start);
      const line = `${at.file}:${at.line}`;
      if (!places.has(line)) places.set(line, { at, remove: readable(text), put });
    }
  }
  return [...places.values()].slice(0, mostPlaces);
}
