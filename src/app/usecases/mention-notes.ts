import { counted } from '../../core/counted.ts';
import type { Plan } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import { findMentions } from '../../store/find-mentions.ts';
import type { Transfer } from './prepare-transfer.ts';

/** More of them say nothing more. */
const mostNamed = 5;

/** Which Nix files go on naming secrets as they were called: keyhole changes the rules and nothing else. */
export function mentionNotes(
  { root, rules, secrets }: Repository,
  transfers: readonly Transfer[],
  { steps }: Plan,
): readonly string[] {
  const { found, isComplete } = findMentions(
    root,
    transfers.map(({ from }) => from),
    secrets.map(({ id }) => id),
    [...rules, ...steps].map(({ path }) => path),
  );
  const rest = found.length - mostNamed;
  return [
    ...found
      .slice(0, mostNamed)
      .map(({ file, line, path }) => `${file}:${line} names ${path}, and stays as it is: change it too`),
    ...(rest > 0 ? [`${counted(rest, 'more line')} in Nix files name them, and stay as they are`] : []),
    ...(isComplete ? [] : ['not every Nix file was searched for the old names']),
  ];
}
