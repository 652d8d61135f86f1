import { type AppError, fail, type Outcome, ok } from './outcome.ts';
import type { Repository } from './repository.ts';
import type { Secret, SecretId } from './secret.ts';

/** Why a file is not written anew. `unknown`: nobody can say whether its anonymous readers are those of the rules. */
export const leftReasons = ['right', 'unknown', 'missing', 'orphan', 'damaged', 'no-rule-read'] as const;
export type LeftReason = (typeof leftReasons)[number];

export interface RekeyChoice {
  /** To be written for the readers of their rules. */
  readonly rewrite: readonly Secret[];
  readonly left: Readonly<Record<LeftReason, readonly SecretId[]>>;
  /** Asked for, and impossible. */
  readonly refused: readonly { readonly id: SecretId; readonly error: AppError }[];
}

export interface RekeyWish {
  /** `null` means every secret. */
  readonly ids: readonly SecretId[] | null;
  /** Somebody named each of them, so that one that cannot be written is no news but a failure. */
  readonly isNamed: boolean;
  /** Also what is right already, or may be. */
  readonly all: boolean;
}

/** Which files differ from their rules, provably; with `all`, which can be written at all. Error: `not-found`. */
export function chooseRekey({ secrets }: Repository, { ids, isNamed, all }: RekeyWish): Outcome<RekeyChoice> {
  const known = new Map(secrets.map((secret) => [secret.id, secret]));
  const rewrite: Secret[] = [];
  const refused: { id: SecretId; error: AppError }[] = [];
  const left: Record<LeftReason, SecretId[]> = {
    right: [],
    unknown: [],
    missing: [],
    orphan: [],
    damaged: [],
    'no-rule-read': [],
  };
  for (const id of ids === null ? known.keys() : new Set(ids)) {
    const secret = known.get(id);
    if (secret === undefined) return fail('not-found', `no secret called ${id}`);
    const reason = reasonToLeave(secret);
    const isWanted = reason === null || (all && (reason === 'right' || reason === 'unknown'));
    const mustBe = isNamed || (all && (reason === 'damaged' || reason === 'no-rule-read'));
    const why = mustBe ? impossible(secret, reason) : null;
    if (isWanted) rewrite.push(secret);
    else if (why) refused.push({ id, error: why });
    else if (reason) left[reason].push(id);
  }
  return ok({ rewrite, left, refused });
}

function reasonToLeave({ state, rule, ruleProblem }: Secret): LeftReason | null {
  if (ruleProblem !== undefined) return 'no-rule-read';
  if (state === 'missing' || state === 'damaged') return state;
  if (rule === undefined) return 'orphan';
  return state === 'drift' ? null : state === 'ok' ? 'right' : 'unknown';
}

function impossible({ ruleProblem, problem }: Secret, reason: LeftReason | null): AppError | null {
  const error = (code: AppError['code'], says: string, hint: string): AppError => ({ code, says, hint });
  switch (reason) {
    case 'missing':
      return error('not-found', 'the rules name it, but there is no such file', 'keyhole set makes it');
    case 'orphan':
      return error('cannot-encrypt', 'no rule says who may read it', 'add it to the rules file first');
    case 'damaged':
      return problem ?? error('damaged', 'not a readable age file', 'git has older versions: git log -p');
    case 'no-rule-read':
      return ruleProblem ?? null;
    default:
      return null;
  }
}
