import type { RecipientId } from './recipient.ts';

/** Whether two lists name the same keys, in whatever order and however often. */
export function sameKeys(some: readonly RecipientId[], others: readonly RecipientId[]): boolean {
  const all = new Set(others);
  return new Set(some).size === all.size && some.every((id) => all.has(id));
}
