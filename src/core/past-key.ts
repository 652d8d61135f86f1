import type { Recipient } from './recipient.ts';

/** A public key as the history of the repository knows it. Texts are untrusted. */
export interface PastKey {
  readonly recipient: Recipient;
  /** What it was bound to, the name of its `.pub` file, or its comment. */
  readonly name: string | null;
  readonly file: string;
  readonly commit: string;
  /** When that was committed, in milliseconds since 1970. */
  readonly when: number;
  /** What the commit did with the key in that file; nothing removed from it what was `added`. */
  readonly did: 'removed' | 'added';
}

/** The day of the commit in UTC, `YYYY-MM-DD`; `null` where git has no time of it that is one. */
export function dayOf({ when }: { readonly when: number }): string | null {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
}

type SaidPast = Pick<PastKey, 'did' | 'file' | 'commit'> & { readonly date: string | null };

/** `removed from secrets.nix by 1a2b3c4 on 2024-03-01` */
export function sayPast({ did, file, commit, date }: SaidPast): string {
  const where = did === 'removed' ? `removed from ${file} by` : `written in ${file} since`;
  return `${where} ${commit.slice(0, 7)}${date === null ? '' : ` on ${date}`}`;
}
