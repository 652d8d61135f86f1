import type { Choice, Obstacle } from '../../app/usecases/text-obstacle.ts';
import type { PlanView } from '../../app/usecases/views.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Question } from './question.ts';

/** What the user's own editor has, until it is written or given up. The text itself is in memory, outside of keyhole. */
export interface OutsideState {
  readonly id: SecretId;
  /** One value inside it; `null` for all of it. */
  readonly key: readonly string[] | null;
  /** What stands in the way of what the editor saved. */
  readonly question: OutsideQuestion | null;
  /** It was given up: for nothing, or for what somebody else wrote. */
  readonly dropped: 'no' | 'for-nothing' | 'for-theirs';
}

export type OutsideQuestion = Extract<Question, { readonly about: 'outside' }>;

/** What has to be decided before the text can be taken. */
export type OutsideDoubt =
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  /** The plan says something that a person must mean. */
  | { readonly kind: 'plan'; readonly plan: PlanView };

/** The commands that may answer it, and what each of them chooses. */
export type OutsideAnswers = Readonly<
  Partial<Record<'agree' | 'overwrite' | 'theirs' | 'again' | 'drop', Choice>>
>;
