import type { Secret } from '../../core/secret.ts';
import type { MatrixState } from '../matrix/matrix-state.ts';
import { matrixView } from '../matrix/matrix-view.ts';
import { readerUnderCursor } from '../matrix/reader-line.ts';
import { driftedRows } from '../matrix/reviewing.ts';
import { whyNotStaged } from '../matrix/staged-cells.ts';
import type { Model } from '../state/model.ts';
import type { CommandId } from './bindings.ts';
import { keyFor } from './resolve-key.ts';

/** Why a key of the matrix does nothing now; `null` when it does something. */
export function whyNotInMatrix(model: Model, command: CommandId): string | null {
  const { matrix } = model;
  if (!matrix?.isOpen) return `${keyFor('matrix')} shows the matrix first`;
  const { rows, columns, lens } = matrixView(model, matrix);
  if (command === 'matrix-add-reader') return whyNotAdded(model);
  if (columns.length === 0) return 'no reader is listed';
  if (command === 'matrix-reader') return null;
  if (ofReader.has(command)) return whyNotAdded(model) ?? whyNotNamed(model);
  if (rows.length === 0) return 'no secret is listed';
  if (command === 'matrix-secret' && matrix.lens === 'grid' && lens === 'secret')
    return 'that is what is shown';
  return whyNotChanged(model, matrix, command);
}

const ofReader: ReadonlySet<CommandId> = new Set<CommandId>([
  'matrix-replace-key',
  'matrix-rename-reader',
  'matrix-remove-reader',
]);

function whyNotAdded({ waiting, repository }: Model): string | null {
  if (waiting.write !== undefined) return 'still writing';
  return repository.rules.length === 0 ? 'there is no rules file' : null;
}

const whyNotNamed = (model: Model): string | null =>
  readerUnderCursor(model) === null ? 'the rules have no name for it' : null;

function whyNotChanged(model: Model, matrix: MatrixState, command: CommandId): string | null {
  const view = matrixView(model, matrix);
  const [secret, column] = [view.rows[view.row], view.columns[view.column]];
  const busy = model.waiting.write === undefined ? null : 'still writing';
  const isNothingStaged = matrix.staged.size === 0 ? 'nothing is staged' : null;
  switch (command) {
    case 'matrix-next-drift':
    case 'matrix-previous-drift':
      return view.rows.some(({ state }) => state === 'drift')
        ? null
        : 'no listed file differs from its rules';
    case 'matrix-toggle':
    case 'matrix-all':
      return busy ?? (secret && column ? whyNotStaged(secret, column) : null);
    case 'matrix-discard':
    case 'matrix-discard-all':
    case 'matrix-review':
      return busy ?? isNothingStaged;
    case 'matrix-repair':
      return busy ?? (secret ? whyNotRepaired(secret) : null);
    case 'matrix-repair-all':
      return busy ?? (driftedRows(model).length > 0 ? null : 'no listed file differs from its rules');
    default:
      return null;
  }
}

function whyNotRepaired({ state, rule, ruleProblem }: Secret): string | null {
  if (state === 'missing') return 'the file does not exist';
  if (state === 'damaged') return 'the file is damaged';
  if (ruleProblem) return 'its rule could not be read';
  return rule ? null : 'no rule says who may read it';
}
