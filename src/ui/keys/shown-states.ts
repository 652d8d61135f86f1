import type { SecretState } from '../../core/secret.ts';

/** What the list says of a secret: the state of its file, and that no key opens it. */
export type ShownState = SecretState | 'no-key';

/** What wants attention comes first. */
export const shownStates = [
  'drift',
  'missing',
  'orphan',
  'damaged',
  'no-key',
  'unknown',
  'ok',
] as const satisfies readonly ShownState[];
