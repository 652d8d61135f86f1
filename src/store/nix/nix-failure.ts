import type { Source } from './source.ts';

/**
 * `syntax` not Nix · `thrown` `throw` or a false assertion, which `tryEval` catches · `failed` Nix would fail too ·
 * `unsupported` Nix may do it, this evaluator does not · `forbidden` neither may: it fetches, builds or runs programs ·
 * `limit` a bound was hit · `refused` the file port said no · `not-rules` evaluates to something else than rules.
 */
export type NixFailureKind =
  | 'syntax'
  | 'thrown'
  | 'failed'
  | 'unsupported'
  | 'forbidden'
  | 'limit'
  | 'refused'
  | 'not-rules';

/** Where in a source a failure arose; absent when no source is to blame. */
export interface Place {
  readonly source: Source;
  readonly start: number;
}

/** Unwinds the lexer, parser and evaluator. Never leaves this directory: `readRules` turns it into an Outcome. */
export class NixFailure extends Error {
  readonly kind: NixFailureKind;
  readonly place: Place | null;

  constructor(kind: NixFailureKind, says: string, place: Place | null) {
    super(says);
    this.kind = kind;
    this.place = place;
  }
}
