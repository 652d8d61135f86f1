import { counted } from '../../core/counted.ts';
import type { FormerReaders } from '../../core/former-readers.ts';
import type { Session } from '../session.ts';

export interface ExplainedExtra {
  /** `null` where the history could not be asked. */
  readonly former: FormerReaders | null;
  /** What kept it from telling all. */
  readonly notes: readonly string[];
}

export const noHistory = 'no history: this is no git repository, or has no commit';

/** Who the readers were that files hold and nothing of today names, as far as the history of git tells. */
export async function explainExtra(session: Session, signal?: AbortSignal): Promise<ExplainedExtra> {
  const unnamed = session
    .repository()
    .secrets.some(({ comparison }) => comparison?.extra.some(({ recipient }) => recipient === undefined));
  if (!unnamed) return { former: null, notes: [] };
  const work = await session.git();
  const found = await work.formerReaders(signal);
  if (!found.ok) return { former: null, notes: [`the history cannot be read: ${found.error.says}`] };
  const former = found.value;
  if (former === null) return { former, notes: [noHistory] };
  const cut = former.isShallow ? ': this clone is shallow, its history cut off' : '';
  const { unfound } = former;
  return {
    former,
    notes:
      unfound > 0
        ? [`${counted(unfound, 'reader')} not found in the history of rules and .pub files${cut}`]
        : [],
  };
}
