import type { CopyReport } from '../../app/clipboard/copy.ts';
import type { CommitResult } from '../../app/committing/git-work.ts';
import type { EmptyPlace } from '../../app/identities/find-identities.ts';
import type { LastChange, OpenedSecret, SecretRef } from '../../app/session.ts';
import type { OfferedReader } from '../../app/usecases/readers-for-new.ts';
import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import type { PlanView } from '../../app/usecases/views.ts';
import type { CommitPlan } from '../../core/commit-plan.ts';
import type { FormerReaders } from '../../core/former-readers.ts';
import type { GitState } from '../../core/git-state.ts';
import type { IdentityStatus } from '../../core/identity-status.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { PayloadKind } from '../../core/payload.ts';
import type { Repository } from '../../core/repository.ts';
import type { Readable, SecretId } from '../../core/secret.ts';
import type { WhereUsed } from '../../core/usage/where-used.ts';
import type { DraftStatus } from '../editor/draft.ts';
import type { KeyPress } from '../keys/parse.ts';
import type { ReadersWish } from '../matrix/readers-wish.ts';
import type { Hit, ValueShape } from './model.ts';
import type { OutsideDoubt } from './outside-state.ts';

/** What an edit begins from. */
export interface EditStart {
  readonly kind: PayloadKind;
  readonly base: string | null;
  readonly status: DraftStatus;
}

/** What a form came to. Nothing was written. */
export type PreparedForm =
  /** Nothing was typed. */
  | { readonly did: 'empty' }
  | {
      readonly did: 'prepared';
      readonly plan: PlanView;
      readonly texts: readonly TextChange[];
      readonly notes: readonly string[];
    };

/** What was made, and what there is to say about it. */
export interface MadeSecret {
  readonly id: SecretId;
  readonly notes?: readonly string[];
}

/** What to do with a secret once it is open; `return` lists its keys again, as they were before an edit. */
export type OpenPurpose = 'unfold' | 'reveal' | 'copy' | 'return';

export type WriteKind = 'save' | 'outside' | 'remove' | 'mv' | 'cp' | 'readers' | 'undo' | 'redo';

/** Everything that can happen. None carries a value. */
export type Message =
  | { readonly type: 'key'; readonly key: KeyPress }
  | { readonly type: 'pasted'; readonly text: string }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'tick' }
  | { readonly type: 'blurred' }
  | {
      readonly type: 'identified';
      readonly request: number;
      readonly identities: readonly IdentityStatus[];
      readonly emptyPlaces: readonly EmptyPlace[];
    }
  | {
      readonly type: 'surveyed';
      readonly request: number;
      readonly readable: readonly (readonly [SecretId, Readable])[];
    }
  | {
      readonly type: 'opened';
      readonly request: number;
      readonly outcome: Outcome<OpenedSecret>;
      /** The keys as they are after it; `null` when none were looked at. */
      readonly identities: readonly IdentityStatus[] | null;
      readonly id: SecretId;
      readonly purpose: OpenPurpose;
      readonly key?: string;
    }
  | { readonly type: 'measured'; readonly ref: SecretRef; readonly shape: ValueShape }
  | { readonly type: 'cleared'; readonly says: string }
  | { readonly type: 'copied'; readonly request: number; readonly outcome: Outcome<CopyReport> }
  | {
      readonly type: 'found';
      readonly request: number;
      readonly purpose: 'filter' | 'palette';
      readonly hits: readonly Hit[];
      /** There are more than were asked for. */
      readonly hasMore: boolean;
    }
  | { readonly type: 'indexing'; readonly request: number; readonly done: number; readonly total: number }
  | { readonly type: 'indexed'; readonly request: number; readonly skipped: number }
  | {
      readonly type: 'changed';
      readonly request: number;
      readonly id: SecretId;
      readonly outcome: Outcome<LastChange | null>;
    }
  | {
      readonly type: 'git-told';
      readonly request: number;
      readonly outcome: Outcome<ReadonlyMap<string, GitState> | null>;
    }
  | { readonly type: 'uses-found'; readonly request: number; readonly outcome: Outcome<WhereUsed> }
  | {
      readonly type: 'former-found';
      readonly request: number;
      readonly outcome: Outcome<FormerReaders | null>;
    }
  | { readonly type: 'reloaded'; readonly request: number; readonly outcome: Outcome<Repository> }
  | {
      readonly type: 'editing';
      readonly request: number;
      readonly id: SecretId;
      readonly key: readonly string[] | null;
      readonly outcome: Outcome<EditStart>;
      readonly identities: readonly IdentityStatus[] | null;
    }
  | { readonly type: 'edited'; readonly status: DraftStatus }
  /** A key was pressed while the text was hidden. */
  | { readonly type: 'woken' }
  | {
      readonly type: 'wrote';
      readonly request: number;
      readonly what: WriteKind;
      /** What was written, or is to be, without a value. */
      readonly label: string;
      /** The secrets it is about, by the names that they have afterwards, as far as it is known. */
      readonly ids: readonly SecretId[];
      /** What to know beside the plan, or beside what was done. */
      readonly notes?: readonly string[];
      /** What it changes in files that are no secrets. */
      readonly texts?: readonly TextChange[];
      /** Of files that get other readers: what was wished for. */
      readonly wish?: ReadersWish;
      readonly outcome: Outcome<SavedEdit>;
      readonly repository: Repository;
    }
  /** What is to be edited in the user's editor was opened, or was not. */
  | {
      readonly type: 'keyed';
      readonly request: number;
      readonly isOpened: boolean;
      readonly identities: readonly IdentityStatus[];
    }
  /** How far a write got, of which nothing is on the disk before the end. */
  | {
      readonly type: 'progressed';
      readonly request: number;
      readonly what: 'opened' | 'encrypted';
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'doubted'; readonly request: number; readonly doubt: OutsideDoubt }
  | {
      readonly type: 'reworked';
      readonly request: number;
      readonly outcome: Outcome<DraftStatus>;
      readonly notes: readonly string[];
    }
  | {
      readonly type: 'offered';
      readonly request: number;
      readonly outcome: Outcome<readonly OfferedReader[]>;
    }
  | { readonly type: 'text-begun'; readonly status: DraftStatus }
  | { readonly type: 'prepared'; readonly request: number; readonly outcome: Outcome<PreparedForm> }
  | {
      readonly type: 'made';
      readonly request: number;
      readonly outcome: Outcome<MadeSecret>;
      readonly repository: Repository;
    }
  | { readonly type: 'commit-planned'; readonly request: number; readonly outcome: Outcome<CommitPlan> }
  | {
      readonly type: 'committed';
      readonly request: number;
      readonly outcome: Outcome<CommitResult>;
      readonly plan: CommitPlan;
      readonly message: string;
      readonly repository: Repository;
    }
  | { readonly type: 'passphrase-asked'; readonly origin: string; readonly attempt: number }
  | { readonly type: 'passphrase-typed'; readonly isFilled: boolean };

/** A message and when it happened, in milliseconds since 1970. */
export type Stamped = Message & { readonly now: number };
