import type { AppError } from '../../core/outcome.ts';

/** What stands between an edited text and its being taken. */
export type Obstacle =
  /** It no longer parses, is empty, is no text, or could not be written. */
  | { readonly kind: 'broken' | 'empty' | 'no-text' | 'failed'; readonly error: AppError }
  /** Somebody else wrote the secret meanwhile. */
  | { readonly kind: 'changed'; readonly error: AppError };

/**
 * `again`: back to the editor, with the text as it is. `write`: it is meant. `both`: back to the editor, with what
 * somebody else wrote beside it. `discard`: the text is given up.
 */
export type Choice = 'again' | 'write' | 'both' | 'discard';

/** `null`: nobody can be asked, and the obstacle is the result. */
export type Decide = (obstacle: Obstacle) => Promise<Choice | null>;
