import type { KeyView } from '../app/usecases/views.ts';
import { shortKey } from '../core/recipient-label.ts';

/** Keys as a person calls them, in one cell; `-` when there are none. */
export const readerNames = (keys: readonly KeyView[]): string =>
  keys.length === 0 ? '-' : keys.map((key) => key.name ?? shortKey(key.key)).join(', ');
