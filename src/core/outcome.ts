import type { ErrorCode } from './error-codes.ts';

/**
 * An expected failure, as data. Texts are lower-case causes without a full stop, never contain a value or a
 * passphrase, and may contain untrusted text: whoever shows them passes them through `show()` first.
 */
export interface AppError {
  readonly code: ErrorCode;
  /** The cause in one line. */
  readonly says: string;
  /** What the person can do next. */
  readonly hint?: string;
  /** File, `file:line` or identity it is about. */
  readonly where?: string;
  /** What was found on the way to it, a line each. */
  readonly details?: readonly string[];
}

/** What every fallible function of keyhole returns; a thrown exception is a bug. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const fail = (
  code: ErrorCode,
  says: string,
  more: { readonly hint?: string; readonly where?: string } = {},
): { readonly ok: false; readonly error: AppError } => ({ ok: false, error: { code, says, ...more } });
