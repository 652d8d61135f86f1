import type { PayloadKind } from '../../core/payload.ts';
import type { SecretId } from '../../core/secret.ts';
import type { DraftStatus } from '../editor/draft.ts';

/** What is being edited and where in it one is. The text is in the `Draft`, outside of the model. */
export interface EditorState {
  readonly id: SecretId;
  /** One value inside it; `null` for all of it. */
  readonly key: readonly string[] | null;
  readonly kind: PayloadKind;
  /** SHA-256 of the file that it may replace. */
  readonly base: string | null;
  readonly status: DraftStatus;
  /** Nobody was there, or the window lost the focus: the text is kept and not shown, until a key. */
  readonly isHidden: boolean;
  readonly hideAt: number;
  readonly isSaving: boolean;
  /** Somebody said that nothing at all is what it should be. */
  readonly mayBeEmpty: boolean;
}
