import type { EmptyPlace } from '../../app/identities/find-identities.ts';
import type { LastChange, OpenedSecret, SecretRef } from '../../app/session.ts';
import type { FormerReaders } from '../../core/former-readers.ts';
import type { GitState } from '../../core/git-state.ts';
import type { IdentityStatus } from '../../core/identity-status.ts';
import type { Repository } from '../../core/repository.ts';
import type { Readable, SecretId } from '../../core/secret.ts';
import type { WhereUsed } from '../../core/usage/where-used.ts';
import type { CommandId } from '../keys/bindings.ts';
import type { KeyPress } from '../keys/parse.ts';
import type { MatrixState } from '../matrix/matrix-state.ts';
import type { EditorState } from './editor-state.ts';
import type { Marks } from './marks.ts';
import type { NamingState } from './naming-state.ts';
import type { NewForm } from './new-form.ts';
import type { OutsideState } from './outside-state.ts';
import type { Question } from './question.ts';

/**
 * Everything the screens show, without a single value: secrets are handles (`SecretRef`) that only the session can
 * turn into bytes. A passphrase being typed is not here either.
 */
export interface Model {
  readonly columns: number;
  readonly rows: number;
  readonly repository: Repository;
  /** `null` until the identity files were looked for. */
  readonly identities: readonly IdentityStatus[] | null;
  /** Where else keys are usual and none was found. */
  readonly emptyPlaces: readonly EmptyPlace[];
  readonly readable: ReadonlyMap<SecretId, Readable>;
  /** How many secrets have been asked whether a key opens them. */
  readonly surveyed: number;
  /** Nothing is open and no key is in use; the key files are read again when a secret is opened. */
  readonly isLocked: boolean;
  /** The key whose passphrase is being asked for, as shown. */
  readonly askedKey: string | null;
  /** A passphrase was sent and is being tried, which may take seconds. */
  readonly isUnlocking: boolean;
  /** What the next message must still say beside its own: that keys are in use again. Until the next key press. */
  readonly note: string | null;
  readonly filter: Filter;
  /** What was looked for before, for who wants it again. */
  readonly lastQuery: string;
  /** Lines of the list: secrets or search hits, and below an unfolded secret its keys. */
  readonly lines: readonly ListLine[];
  readonly cursor: number;
  readonly marks: Marks;
  /** First visible line of the list. */
  readonly top: number;
  readonly pane: Pane;
  readonly view: View;
  readonly opened: OpenedSecret | null;
  readonly isUnfolded: boolean;
  readonly revealed: Revealed | null;
  /** What is being edited. The text itself is not here. */
  readonly editor: EditorState | null;
  /** Secrets that get another name. */
  readonly naming: NamingState | null;
  /** Secrets against readers; stays while it is not looked at. */
  readonly matrix: MatrixState | null;
  /** What the user's own editor has. */
  readonly outside: OutsideState | null;
  /** What is being made. */
  readonly form: NewForm | null;
  /** Writes of this run that can be taken back, and undone ones that can be done again, without asking. */
  readonly ownWrites: { readonly undo: number; readonly redo: number };
  readonly factsTop: number;
  readonly lastChanges: ReadonlyMap<SecretId, LastChange | 'none' | 'unknown'>;
  /** By path; `null` until git's files were looked at, `unknown` where that did not tell. */
  readonly gitStates: ReadonlyMap<string, GitState> | 'unknown' | null;
  /** A guess from the text of Nix files; `null` until the facts of a secret were looked at. */
  readonly uses: WhereUsed | 'unknown' | null;
  /** Readers whom only the history knows; `null` until it was asked, `unknown` where it did not tell. */
  readonly former: FormerReaders | 'unknown' | null;
  readonly keyIndex: KeyIndexState;
  readonly toast: Toast | null;
  /** What the running copy is of, as shown. */
  readonly copying: string;
  /** When what was copied is cleared, in milliseconds since 1970. */
  readonly clipboardClearsAt: number | null;
  readonly now: number;
  /** First key of a sequence that waits for its second. */
  readonly prefix: string;
  /** Keys typed ahead of a search that is still running: they are meant for what it finds. */
  readonly typedAhead: readonly KeyPress[];
  /** Running requests by kind; a reply with another number is stale. */
  readonly waiting: Readonly<Partial<Record<RequestKind, number>>>;
  readonly lastRequest: number;
}

export type Pane = 'list' | 'value' | 'facts';
export type RequestKind =
  | 'open'
  | 'copy'
  | 'search'
  | 'index'
  | 'survey'
  | 'change'
  | 'git'
  | 'uses'
  | 'former'
  | 'reload'
  | 'edit'
  | 'write'
  | 'offer';

export interface Filter {
  readonly query: string;
  readonly isTyping: boolean;
  /** Nothing was typed or chosen since the line was opened. */
  readonly isFresh: boolean;
  /** `null` without a query, or until its first answer. */
  readonly hits: readonly Hit[] | null;
  /** Whether `hits` belong to `query`, and not to what was typed before. */
  readonly isSettled: boolean;
  /** There are more hits than are listed. */
  readonly hasMore: boolean;
}

export interface Hit {
  readonly id: SecretId;
  /** The key that was found, as shown; the ranges count in it. */
  readonly key?: string;
  readonly path?: readonly string[];
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

export interface ListLine extends Hit {
  /** Position in the entries of the unfolded secret. */
  readonly entry?: number;
}

/** Which value is on the screen. Numbers only: the bytes are lent while a frame is drawn. */
export interface Revealed {
  readonly ref: SecretRef;
  readonly isBinary: boolean;
  readonly top: number;
  /** Lines it takes at the present width and what of it cannot be seen; `null` until measured. */
  readonly shape: ValueShape | null;
  readonly maskAt: number;
}

export interface ValueShape {
  readonly width: number;
  readonly rows: number;
  readonly invisible: number;
  /** Bytes that are not drawn because the value is long. */
  readonly hidden: number;
}

export type KeyIndexState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'ready'; readonly skipped: number };

export interface Toast {
  readonly level: 'info' | 'warning' | 'error';
  /** Passed through `show()` by whoever made it. */
  readonly text: string;
  /** `null`: until the next key. */
  readonly until: number | null;
}

/** A place in the palette's results: a command, or a secret to go to. */
export type Choice =
  | { readonly kind: 'command'; readonly command: CommandId }
  /** What one reader can read, by its column in the matrix. */
  | { readonly kind: 'reader'; readonly column: string; readonly label: string }
  | ({ readonly kind: 'secret' } & Hit);

export type View =
  | { readonly kind: 'browser' }
  | { readonly kind: 'editor' }
  | { readonly kind: 'naming' }
  | { readonly kind: 'matrix' }
  | { readonly kind: 'form' }
  | { readonly kind: 'question'; readonly question: Question; readonly top: number }
  | { readonly kind: 'identities'; readonly cursor: number; readonly top: number }
  | { readonly kind: 'problems'; readonly cursor: number; readonly top: number }
  | { readonly kind: 'help'; readonly query: string; readonly cursor: number; readonly top: number }
  | {
      readonly kind: 'palette';
      readonly query: string;
      readonly cursor: number;
      readonly top: number;
      readonly hits: readonly Hit[];
    }
  | {
      readonly kind: 'passphrase';
      /** Which key is asked for; passed through `show()`. */
      readonly origin: string;
      readonly attempt: number;
      /** Whether anything was typed. Not how much. */
      readonly isFilled: boolean;
    };

export const browserView: View = { kind: 'browser' };

/** Where one is when nothing else is in the way. */
export function restingView({ editor, naming, outside, form, matrix }: Model): View {
  if (outside?.question) return { kind: 'question', question: outside.question, top: 0 };
  if (naming) return { kind: 'naming' };
  if (form && !form.isWriting) return { kind: 'form' };
  if (editor) return { kind: 'editor' };
  return matrix?.isOpen ? { kind: 'matrix' } : browserView;
}

export const emptyFilter: Filter = {
  query: '',
  isTyping: false,
  isFresh: false,
  hits: null,
  isSettled: true,
  hasMore: false,
};
