import { type Outcome, ok } from '../../core/outcome.ts';
import { openJail } from '../jail.ts';
import { changedMeanwhile, sha256, stateOfTarget } from './targets.ts';

/** What a copy is made from, as long as it is what the plan saw. Errors: `changed`, `refused`, `io`. */
export function copiedContent(
  root: string,
  { from, sha256: wanted }: { readonly from: string; readonly sha256: string },
): Outcome<{ readonly bytes: Uint8Array; readonly mode: number }> {
  const jail = openJail(root);
  try {
    const state = stateOfTarget(jail, from);
    if (!state.ok) return state;
    const bytes = jail.readFile(from);
    if (!bytes.ok) return bytes;
    if (state.value === null || sha256(bytes.value) !== wanted) return changedMeanwhile(from);
    return ok({ bytes: bytes.value, mode: state.value.mode });
  } finally {
    jail.close();
  }
}
