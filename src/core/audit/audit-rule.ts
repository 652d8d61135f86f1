import type { FormerReaders } from '../former-readers.ts';
import type { Repository } from '../repository.ts';
import type { Finding } from './finding.ts';
import type { Survey } from './survey.ts';

export interface Audited {
  readonly repository: Repository;
  readonly survey: Survey;
  /** `null` where the history was not read. */
  readonly former: FormerReaders | null;
}

/** One thing that can be wrong. Pure, and linear in what it is given. */
export type AuditRule = (audited: Audited) => readonly Finding[];
