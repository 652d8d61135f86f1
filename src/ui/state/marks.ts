import type { SecretId } from '../../core/secret.ts';
import type { ListLine, Model } from './model.ts';

/**
 * Secrets that were picked to be acted on together. They stay picked while a search hides them, and go when they are
 * there no longer.
 */
export interface Marks {
  readonly ids: ReadonlySet<SecretId>;
  /** Grows and shrinks with the cursor; `before` is what was picked when it began. */
  readonly range: { readonly anchor: SecretId; readonly before: ReadonlySet<SecretId> } | null;
}

export const noMarks: Marks = { ids: new Set(), range: null };

/** Only whole secrets are picked: not a key of one, whether it is listed below it or was found by a search. */
export const isMarkable = ({ entry, key }: ListLine): boolean => entry === undefined && key === undefined;

/** What a command for several acts on: what is picked, in the order of the repository, else what is under the cursor. */
export function chosenSecrets({ marks, repository, lines, cursor }: Model): readonly SecretId[] {
  if (marks.ids.size > 0) return repository.secrets.flatMap(({ id }) => (marks.ids.has(id) ? [id] : []));
  const line = lines[cursor];
  return line && isMarkable(line) ? [line.id] : [];
}

/** How many of those that are picked the list does not show, because a search left them out. */
export function hiddenMarks({ marks, filter, lines }: Model): number {
  if (marks.ids.size === 0 || filter.hits === null) return 0;
  const listed = new Set<SecretId>();
  for (const line of lines) if (isMarkable(line) && marks.ids.has(line.id)) listed.add(line.id);
  return marks.ids.size - listed.size;
}

/** `3 selected, 1 hidden by the filter`; nothing when none is. */
export function marksText(model: Model, isShort: boolean): string {
  const { ids, range } = model.marks;
  if (ids.size === 0) return '';
  const hidden = hiddenMarks(model);
  return [
    `${range ? 'range: ' : ''}${ids.size} selected`,
    ...(hidden === 0 ? [] : [`${hidden} hidden${isShort ? '' : ' by the filter'}`]),
  ].join(', ');
}
