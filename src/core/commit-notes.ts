import type { CommitPlan } from './commit-plan.ts';
import { counted } from './counted.ts';

/** Something to know before a commit is made; texts are untrusted. */
export interface CommitNote {
  readonly says: string;
  /** To be looked at twice. */
  readonly isWarning: boolean;
}

export function commitNotes({ files, leftOut, staged, hooks, settings }: CommitPlan): readonly CommitNote[] {
  const warnings = [
    ...files
      .filter(({ isMixed }) => isMixed)
      .map(({ path }) => `${path}: holds changes that keyhole did not make, too`),
    ...leftOutOf({ leftOut }),
    ...(hooks.length === 0 ? [] : [`hooks run, with your rights: ${hooks.join(', ')}`]),
    ...(settings.length === 0
      ? []
      : [`the repository's settings name more that git may run: ${settings.join(', ')}`]),
  ];
  const rest = [
    ...(hooks.length === 0 ? ['no hook was found'] : []),
    ...(staged.length === 0 ? [] : [`${counted(staged.length, 'other file')} staged, and left so`]),
  ];
  return [
    ...warnings.map((says) => ({ says, isWarning: true })),
    ...rest.map((says) => ({ says, isWarning: false })),
  ];
}

/** What keyhole wrote and would not commit, with the reasons. */
export const leftOutOf = ({ leftOut }: Pick<CommitPlan, 'leftOut'>): readonly string[] =>
  leftOut.map(({ path, says }) => `${path}: left out: ${says}`);
