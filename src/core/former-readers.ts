import type { ExtraReader } from './comparison.ts';
import type { PastKey } from './past-key.ts';

/** Readers on files that only the history knows. */
export interface FormerReaders {
  /** The key of `formerReaderId` for each that was found. */
  readonly found: ReadonlyMap<string, PastKey>;
  /** How many different tags nothing in the history fits. */
  readonly unfound: number;
  /** The clone begins with a commit that has parents elsewhere. */
  readonly isShallow: boolean;
}

/** What a reader of whom no more is known leaves on every file that it reads. */
export const formerReaderId = ({
  kind,
  tag,
}: {
  readonly kind: string;
  readonly tag?: string | null;
}): string => `${kind} ${tag ?? ''}`;

/** Who an extra reader was; nothing where a key of today fits it. */
export const formerOf = (former: FormerReaders | null, extra: ExtraReader): PastKey | undefined =>
  extra.recipient === undefined ? former?.found.get(formerReaderId(extra)) : undefined;
