import { buildMatrix } from '../../core/matrix.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Session } from '../session.ts';
import { viewOfKindFrom } from './kind-from.ts';
import { matchGlob } from './match-glob.ts';
import type { MatrixInput, MatrixOutput } from './types.ts';
import { viewOfKey } from './view-of.ts';

/** Secrets against readers: who may, and who provably can. Needs no key. */
export async function showMatrix(session: Session, input: MatrixInput): Promise<Outcome<MatrixOutput>> {
  const repository = session.repository();
  const matrix = buildMatrix(repository);
  const wanted = repository.secrets.filter(
    ({ id }) => input.globs.length === 0 || input.globs.some((glob) => matchGlob(glob, id)),
  );
  return ok({
    readers: matrix.columns.map(({ name, alias, kind, recipients, kindFrom }) => ({
      name,
      alias: alias ?? null,
      kind,
      kindFrom: viewOfKindFrom({ ...(kindFrom && { kindFrom }) }),
      keys: recipients.map((id) => viewOfKey(repository, id)),
    })),
    rows: wanted.map(({ id, state }) => ({
      id,
      state,
      cells: matrix.columns.map(({ name }) => {
        const { declared, actual } = matrix.cell(id, name);
        return { declared, onFile: actual };
      }),
      unnamed: matrix.unnamed(id).map(({ kind, tag }) => ({ kind, tag: tag ?? null })),
    })),
  });
}
