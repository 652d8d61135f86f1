import type { ReaderRequest } from '../../app/usecases/meant-reader.ts';
import type { SecretId } from '../../core/secret.ts';
import type { StagedToggle } from '../../core/staged-toggles.ts';

/** Which files are to have other readers: those of their rules, or others with their rules. */
export type ReadersWish =
  | {
      readonly kind: 'rekey';
      readonly ids: readonly SecretId[];
      /** Also what is right already, or may be. */
      readonly all: boolean;
    }
  | {
      readonly kind: 'toggles';
      readonly toggles: readonly StagedToggle[];
    }
  /** A reader as a whole, with all files that follow. */
  | { readonly kind: 'reader'; readonly request: ReaderRequest };
