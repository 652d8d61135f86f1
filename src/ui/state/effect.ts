import type { OpenedSecret, SecretRef } from '../../app/session.ts';
import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import type { RulePlace } from '../../app/usecases/rule-place.ts';
import type { Choice } from '../../app/usecases/text-obstacle.ts';
import type { CommitPlan } from '../../core/commit-plan.ts';
import type { PayloadKind } from '../../core/payload.ts';
import type { SecretId } from '../../core/secret.ts';
import type { DraftCommand } from '../editor/draft-command.ts';
import type { Page } from '../editor/draft-text.ts';
import type { ReadersWish } from '../matrix/readers-wish.ts';
import type { EditorState } from './editor-state.ts';
import type { OpenPurpose } from './message.ts';
import type { NewForm } from './new-form.ts';

/** What the reducer wants done. `request` comes back in the reply. */
export type Effect =
  | {
      readonly type: 'open';
      readonly request: number;
      readonly id: SecretId;
      readonly purpose: OpenPurpose;
      readonly key?: string;
    }
  | { readonly type: 'release'; readonly opened: OpenedSecret }
  | {
      readonly type: 'measure';
      readonly ref: SecretRef;
      readonly width: number;
      readonly isBinary: boolean;
    }
  | { readonly type: 'copy-value'; readonly request: number; readonly ref: SecretRef }
  | { readonly type: 'copy-text'; readonly request: number; readonly text: string }
  | {
      readonly type: 'search';
      readonly request: number;
      readonly query: string;
      readonly purpose: 'filter' | 'palette';
      /** Only among these. */
      readonly within?: ReadonlySet<string>;
    }
  | { readonly type: 'index-keys'; readonly request: number }
  /** The names or keys changed: the next search starts from a new index. */
  | { readonly type: 'forget-index' }
  | { readonly type: 'survey'; readonly request: number }
  | { readonly type: 'last-change'; readonly request: number; readonly id: SecretId }
  | { readonly type: 'git-states'; readonly request: number }
  | { readonly type: 'find-uses'; readonly request: number }
  | { readonly type: 'find-former'; readonly request: number }
  | { readonly type: 'reload'; readonly request: number }
  | { readonly type: 'lock' }
  | {
      readonly type: 'begin-edit';
      readonly request: number;
      readonly id: SecretId;
      readonly key: readonly string[] | null;
      readonly page: Page;
    }
  | { readonly type: 'edit-draft'; readonly command: DraftCommand; readonly page: Page }
  | { readonly type: 'place-cursor'; readonly line: number; readonly column: number; readonly page: Page }
  /** Overwrites the text that was edited. */
  | { readonly type: 'close-draft' }
  | {
      readonly type: 'save-draft';
      readonly request: number;
      readonly editor: EditorState;
      readonly agreed: Agreement;
    }
  | {
      readonly type: 'remove';
      readonly request: number;
      readonly ids: readonly SecretId[];
      readonly agreed: Agreement;
    }
  | {
      readonly type: 'change-readers';
      readonly request: number;
      readonly wish: ReadersWish;
      readonly agreed: Agreement;
    }
  | {
      readonly type: 'transfer';
      readonly request: number;
      readonly kind: 'mv' | 'cp';
      readonly ids: readonly SecretId[];
      /** A path from the root, or a directory. */
      readonly to: string;
      readonly agreed: Agreement;
    }
  | {
      readonly type: 'edit-outside';
      readonly request: number;
      readonly id: SecretId;
      readonly key: readonly string[] | null;
    }
  /** Gives the text that is being edited here to the user's editor, and takes it back. */
  | {
      readonly type: 'rework-outside';
      readonly request: number;
      readonly kind: PayloadKind;
      readonly page: Page;
    }
  | { readonly type: 'answer-outside'; readonly choice: Choice }
  | {
      readonly type: 'reverse';
      readonly request: number;
      readonly which: 'undo' | 'redo';
      readonly agreed: Agreement;
    }
  | {
      readonly type: 'offer-readers';
      readonly request: number;
      readonly place: RulePlace;
      readonly like: SecretId | null;
    }
  | { readonly type: 'begin-text'; readonly page: Page }
  | {
      readonly type: 'prepare-new';
      readonly request: number;
      readonly form: NewForm;
      readonly mayBeEmpty: boolean;
    }
  | { readonly type: 'apply-new'; readonly request: number }
  /** Forgets what was prepared. */
  | { readonly type: 'drop-new' }
  | { readonly type: 'plan-commit'; readonly request: number }
  | {
      readonly type: 'commit';
      readonly request: number;
      readonly plan: CommitPlan;
      readonly message: string;
    }
  | { readonly type: 'answer-passphrase'; readonly answer: 'send' | 'cancel' }
  | { readonly type: 'edit-passphrase'; readonly edit: 'erase' | 'erase-line' }
  | { readonly type: 'stop-unlocking' }
  /** A write that has replaced nothing yet does not go on. */
  | { readonly type: 'stop-writing' }
  | { readonly type: 'suspend' }
  | { readonly type: 'redraw' }
  | { readonly type: 'quit' };

/** What the reducer returns: the next model and what to do. */
export type Step<M> = readonly [model: M, effects: readonly Effect[]];
