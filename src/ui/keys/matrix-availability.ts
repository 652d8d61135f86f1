import { matrixView } from '../matrix/matrix-view.ts';
import type { Model } from '../state/model.ts';
import type { CommandId } from './bindings.ts';
import { keyFor } from './resolve-key.ts';

/** Why a key of the matrix does nothing now; `null` when it does something. */
export function whyNotInMatrix(model: Model, command: CommandId): string | null {
  const { matrix } = model;
  if (!matrix?.isOpen) return `${keyFor('matrix')} shows the matrix first`;
  const { rows, columns, lens } = matrixView(model, matrix);
  if (columns.length === 0) return 'no reader is listed';
  if (command === 'matrix-reader') return null;
  if (rows.length === 0) return 'no secret is listed';
  if (command === 'matrix-secret' && matrix.lens === 'grid' && lens === 'secret')
    return 'that is what is shown';
  if (command !== 'matrix-next-drift' && command !== 'matrix-previous-drift') return null;
  return rows.some(({ state }) => state === 'drift') ? null : 'no listed file differs from its rules';
}
