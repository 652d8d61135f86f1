import type { ContentHash } from './content-hash.ts';
import type { OwnerMark } from './owner-mark.ts';

/** The hidden sub-command under which the program clears the clipboard after its own end. */
export const clearCommand = 'internal-clear-clipboard';

/** The helper's first line, once it has the plan and no longer dies of a signal without clearing. */
export const helperReady = 'ready';

/** Descriptor on which the helper inherits the terminal: `/dev/tty` means nothing in its own session. */
export const inheritedTerminal = 3;

/**
 * What the helper must know, as one line of JSON on its stdin. Never the value, only how to recognise it.
 * Later lines are orders: `clear` (now) or `cancel` (a newer copy took over).
 */
export interface ClearPlan {
  readonly seconds: number;
  readonly target:
    | { readonly route: 'desktop'; readonly content: ContentHash }
    | { readonly route: 'tmux'; readonly copiedAt: number; readonly mark: OwnerMark | null }
    | { readonly route: 'osc52' | 'screen'; readonly mark: OwnerMark | null };
}

/**
 * `cleared`: seen to be gone · `asked`: the terminal was told to empty its clipboard and cannot confirm it ·
 * `not-ours`: something else was copied since, left alone · `failed`.
 */
export interface ClearReport {
  readonly result: 'cleared' | 'asked' | 'not-ours' | 'failed';
  readonly says: string;
}
