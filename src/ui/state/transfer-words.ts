import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import type { PlanView } from '../../app/usecases/views.ts';
import { show } from '../../core/safe-text.ts';
import type { SecretNaming } from './naming-state.ts';
import { planLines } from './plan-lines.ts';

/** What it is about: one name, or how many. */
export const namedShort = ({ ids }: SecretNaming): string =>
  ids.length === 1 ? show(ids[0] ?? '') : `${ids.length} secrets`;

/** What moving or copying would do: first what to know about it, then every file, with the lines of the rules. */
export function transferLines(
  { kind, ids }: SecretNaming,
  to: readonly string[],
  plan: PlanView,
  notes: readonly string[],
  texts: readonly TextChange[],
): readonly string[] {
  const verb = kind === 'mv' ? 'moves' : 'copies';
  // A copy and a deletion together are the move that is told already.
  const told = new Set<string>([...(kind === 'mv' ? ids : []), ...to]);
  const rest = plan.steps.filter(({ do: what, path }) => what === 'encrypt' || !told.has(path));
  return [
    ...notes.map((note) => `! ${show(note)}`),
    ...ids.map((id, index) => `${verb} ${show(id)} to ${show(to[index] ?? '')}`),
    ...planLines({ ...plan, steps: rest }, texts),
  ];
}

/** What was done, in a message about it. */
export function saidOfTransfer(naming: SecretNaming, to: readonly string[]): string {
  const verb = naming.kind === 'mv' ? 'moved' : 'copied';
  const [first = ''] = to;
  const directory = show(first.slice(0, first.lastIndexOf('/') + 1)) || 'the root';
  return `${verb} ${namedShort(naming)} to ${naming.ids.length === 1 ? show(first) : directory}`;
}
