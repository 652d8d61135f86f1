import type { Finding } from '../../core/audit/finding.ts';
import type { Severity } from '../../core/audit/finding-rules.ts';
import type { Readable, SecretState } from '../../core/secret.ts';
import type { IgnoredFinding } from './apply-ignores.ts';
import type { KindFromView } from './kind-from.ts';
import type { RotationQueue } from './rotation-queue.ts';
import type { UsageView } from './usage-view.ts';
import type { FormerView, KeyView, ProblemView, RecipientsView, RulesView, SecretView } from './views.ts';

/** What each use-case takes and gives. All outputs are plain JSON values. */

export interface ListInput {
  /** `*`, `?`, `**`; no glob means everything. A pattern may begin at any directory. */
  readonly globs: readonly string[];
  readonly states: readonly SecretState[];
  /** Reader names or public keys; a secret fits when one of them is declared for it or found on it. */
  readonly readers: readonly string[];
}

export interface ListOutput {
  readonly root: string;
  readonly rules: readonly RulesView[];
  readonly secrets: readonly SecretView[];
  readonly problems: readonly ProblemView[];
}

/** Whether the rules allow a reader: `unknown` where the rule cannot be read. */
export type Declared = 'yes' | 'no' | 'unknown';

/** Whether the file holds a reader: `no` where there is no file, `unknown` where it is damaged or a stanza anonymous. */
export type OnFile = 'yes' | 'no' | 'unknown';

export interface WhoInput {
  /** A secret id, checked by the caller (`resolveAddress`). */
  readonly id: string;
  /** Also where the Nix files use it, for which all of them are read. */
  readonly used?: boolean;
}

export interface WhoOutput {
  readonly id: string;
  readonly state: SecretState;
  /** Why its rule could not be used, or rules that may name it could not be read: all are then declared `unknown`. */
  readonly ruleProblem: ProblemView | null;
  readonly readable: Readable;
  readonly readers: readonly {
    /** Several when one key has several names. */
    readonly names: readonly string[];
    readonly kind: 'host' | 'person' | 'unknown';
    readonly kindFrom: KindFromView | null;
    readonly key: KeyView;
    readonly declared: Declared;
    readonly onFile: OnFile;
  }[];
  readonly recipients: RecipientsView;
  /** Who those of `recipients.extra` were that only the history of git knows. */
  readonly former: readonly FormerView[];
  /** What kept the history from telling all. */
  readonly historyNotes: readonly string[];
  /** A guess; `null` when it was not asked for. */
  readonly usage: UsageView | null;
}

export interface WhatInput {
  /** Reader name or public key (or its comment-free form). */
  readonly reader: string;
  /** Only secrets for whose use on this host nothing was found. */
  readonly unused?: boolean;
}

export interface WhatOutput {
  readonly reader: string;
  readonly kind: 'host' | 'person' | 'unknown';
  readonly kindFrom: KindFromView | null;
  readonly keys: readonly KeyView[];
  readonly secrets: readonly {
    readonly id: string;
    readonly state: SecretState;
    readonly declared: Declared;
    readonly onFile: OnFile;
  }[];
  /** What the choice of secrets without a use rests on, a guess; `null` when it was not asked for. */
  readonly unused: {
    /** The host of the Nix files that the reader seems to be. */
    readonly host: {
      readonly name: string;
      readonly how: 'directory' | 'configuration' | 'host-name';
      readonly file: string | null;
      readonly line: number | null;
    };
    /** Secrets left out because files use them of which nobody knows whose they are. */
    readonly perhaps: number;
    /** Why more may be used than was found. */
    readonly doubt: string | null;
  } | null;
}

export interface MatrixInput {
  readonly globs: readonly string[];
}

export interface MatrixOutput {
  readonly readers: readonly {
    readonly name: string;
    /** What the user calls it. */
    readonly alias: string | null;
    readonly kind: 'host' | 'person' | 'unknown';
    readonly kindFrom: KindFromView | null;
    readonly keys: readonly KeyView[];
  }[];
  /** `cells` in the order of `readers`. */
  readonly rows: readonly {
    readonly id: string;
    readonly state: SecretState;
    readonly cells: readonly { readonly declared: Declared; readonly onFile: OnFile }[];
    /** Readers on the file of whom only this is known; they belong to no column. */
    readonly unnamed: readonly { readonly kind: string; readonly tag: string | null }[];
  }[];
}

export interface CheckInput {
  /** The lowest severity that is told. */
  readonly severity: Severity;
  /** `YYYY-MM-DD`: the day on which entries of the ignore file are judged. */
  readonly today: string;
  /** Whether readers that nothing of today names are looked up in the history of git. */
  readonly history: boolean;
  /** Whether values are looked for that former readers know; `compare` also opens old versions with the keys here. */
  readonly rotation: 'no' | 'yes' | 'compare';
}

export interface CheckOutput {
  readonly root: string;
  readonly summary: {
    readonly secrets: number;
    readonly ok: number;
    readonly drift: number;
    readonly missing: number;
    readonly orphan: number;
    readonly damaged: number;
    readonly unknown: number;
    readonly problems: number;
    readonly findings: number;
    /** Of a lower severity than asked for. */
    readonly below: number;
    readonly ignored: number;
  };
  /** High severity first, then by subject. Empty means nothing is wrong. */
  readonly findings: readonly Finding[];
  readonly ignored: readonly IgnoredFinding[];
  /** False where there was more to read than is read: then references may be missing. */
  readonly isComplete: boolean;
  /** What kept the history from telling all; empty where it was not asked. */
  readonly historyNotes: readonly string[];
  /** `null` where it was not asked, or there is no history that can be read. */
  readonly rotation: RotationQueue | null;
}
