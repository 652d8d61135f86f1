import { limits } from './limits.ts';
import type { Source } from './source.ts';
import type { Chain, NixList, NixString, Value } from './value.ts';

/** A name that a value was bound to. */
export interface Label {
  readonly name: string;
  /** Attribute path, outermost first. */
  readonly path: readonly string[];
  readonly kind: 'let' | 'attribute';
  /** Where the binding starts; absent for names that exist only at run time. */
  readonly source: Source | null;
  readonly start: number;
  /** Range of the expression it is bound to. */
  readonly value: { readonly start: number; readonly end: number } | null;
}

/** Where the bytes of a string were written. */
export interface Written {
  readonly kind: 'literal' | 'file';
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** What is known of where a string came from. */
export interface Origin {
  readonly written: Written;
  /** Names it was bound to, the first name last. */
  readonly labels: Chain | null;
}

/** A name that is computed, as `listToAttrs` gives it. */
export const runtimeLabel = (name: string): Label => ({
  name,
  path: [name],
  kind: 'attribute',
  source: null,
  start: 0,
  value: null,
});

export const addLabel = (label: Label, next: Chain | null): Chain =>
  next !== null && (next.label === label || next.length >= limits.labels)
    ? next
    : { label, next, length: (next?.length ?? 0) + 1 };

/** `outer` on top of `inner`. */
export function joinChains(outer: Chain | null, inner: Chain | null): Chain | null {
  if (outer === null) return inner;
  return addLabel(outer.label, joinChains(outer.next, inner));
}

/** The value, remembering that it was bound to this name. */
export function labelled(value: Value, label: Label): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value.kind === 'string') return labelledString(value, label);
  if (value.kind === 'list') return { ...value, labels: addLabel(label, value.labels) };
  return value;
}

function labelledString(value: NixString, label: Label): NixString {
  if (value.origin === null) return value;
  const labels = addLabel(label, value.origin.labels);
  return { kind: 'string', text: value.text, origin: { written: value.origin.written, labels } };
}

/** Names that item `index` of the list passed through, those of the whole list included. */
export const passedBy = (list: NixList, index: number): Chain | null =>
  joinChains(list.labels, list.passed?.[index] ?? null);

/** For a list made of the same items in the same places: what each of them passed through. */
export function passedByAll(list: NixList): readonly (Chain | null)[] | null {
  if (list.labels === null) return list.passed;
  return list.items.map((_, index) => passedBy(list, index));
}

/** Where a text made of several comes from: the longest of them that is known. */
export function mainOrigin(parts: readonly NixString[]): Origin | null {
  let best: NixString | null = null;
  for (const part of parts) {
    if (part.origin !== null && (best === null || part.text.length > best.text.length)) best = part;
  }
  return best?.origin ?? null;
}
