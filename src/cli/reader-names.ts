import type { KeyView } from '../app/usecases/views.ts';
import { keyLabel } from '../core/key-label.ts';

/** Keys as a person calls them, in one cell; `-` when there are none. */
export const readerNames = (keys: readonly KeyView[]): string =>
  keys.length === 0 ? '-' : keys.map(keyLabel).join(', ');
