import type { CommitPlan } from '../../core/commit-plan.ts';
import type { ExtrasOf } from '../../core/former-items.ts';
import type { FormerReaders } from '../../core/former-readers.ts';
import type { GitState } from '../../core/git-state.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { PastKey } from '../../core/past-key.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { AgeHistory } from '../../core/rotation.ts';

/** The history of age files with what tells who could read them. */
export interface KnownHistory {
  readonly history: AgeHistory;
  readonly extrasOf: ExtrasOf;
  readonly past: ReadonlyMap<RecipientId, PastKey>;
}

export interface CommitManner {
  readonly message: string;
  /** Whether a hook or a signing program may ask somebody at the terminal. */
  readonly hasTerminal: boolean;
}

export type CommitResult =
  /** What turned out otherwise than planned, in words; empty when nothing did. */
  | { readonly did: 'committed'; readonly commit: string | null; readonly notes: readonly string[] }
  /** Nothing was done: this is what there is to commit now. */
  | { readonly did: 'ask'; readonly plan: CommitPlan };

/** What a session knows of git, and the one thing it has git do. */
export interface GitWork {
  /** By path, without running anything that the repository configures; `null` without git. Errors: those of `gitStates`. */
  states(
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<Outcome<ReadonlyMap<string, GitState> | null>>;
  /**
   * Who the readers are that files hold and nothing of today names, by the history of rules and `.pub` files; `null`
   * without git. Errors: those of `findFormerReaders`.
   */
  formerReaders(signal?: AbortSignal): Promise<Outcome<FormerReaders | null>>;
  /** Every version of every age file, and who could read it; `null` without git. Errors: those of `ageVersions`. */
  ageHistory(signal?: AbortSignal): Promise<Outcome<KnownHistory | null>>;
  /** What a commit of what keyhole wrote would be. Errors: those of `gitStates` and `commitPrograms`. */
  plan(): Promise<Outcome<CommitPlan>>;
  /**
   * Commits what was agreed to, if it still is what there is to commit. Git runs the repository's hooks, filters and
   * signing. Errors: those of `plan` and of `runCommit`.
   */
  commit(agreed: CommitPlan, manner: CommitManner): Promise<Outcome<CommitResult>>;
}
