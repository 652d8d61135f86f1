import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import type { Choice } from '../../app/usecases/text-obstacle.ts';
import type { CommitPlan } from '../../core/commit-plan.ts';
import type { SecretId } from '../../core/secret.ts';
import type { ReadersWish } from '../matrix/readers-wish.ts';
import type { OutsideAnswers } from './outside-state.ts';

/**
 * What has to be answered before something is lost or written. `lines` went through `show()`. `name` has to be typed
 * where the answer could lock everybody out.
 */
export type Question = {
  readonly title: string;
  readonly lines: readonly string[];
} & (
  | { readonly about: 'leave' | 'exit' | 'empty' }
  /** `now`: SHA-256 of what is there, which is what may be written over. */
  | { readonly about: 'conflict'; readonly now: string | null }
  | {
      readonly about: 'save' | 'transfer';
      readonly agreed: Agreement;
      readonly name: string | null;
      readonly typed: string;
    }
  | {
      readonly about: 'readers';
      readonly wish: ReadersWish;
      readonly agreed: Agreement;
      readonly name: string | null;
      readonly typed: string;
    }
  | { readonly about: 'new'; readonly name: string | null; readonly typed: string }
  /** `draft`: the message, while it is changed. */
  | {
      readonly about: 'commit';
      readonly plan: CommitPlan;
      readonly message: string;
      readonly draft: string | null;
    }
  | { readonly about: 'remove'; readonly ids: readonly SecretId[]; readonly agreed: Agreement }
  | { readonly about: 'undo' | 'redo'; readonly agreed: Agreement }
  /** Going back is going back to the user's own editor. */
  | {
      readonly about: 'outside';
      readonly answers: OutsideAnswers;
      readonly back: Choice;
      readonly name: string | null;
      readonly typed: string;
    }
);

export type NamedQuestion = Extract<Question, { readonly typed: string }>;

/** Whether it is one in which a name may have to be typed. */
export const mayAskName = (question: Question): question is NamedQuestion => 'typed' in question;
