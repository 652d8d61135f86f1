import type { ProblemView } from '../app/usecases/views.ts';

/** Problems that do not stop a command, as notes for a person. */
export const problemNotes = (problems: readonly ProblemView[]): readonly string[] =>
  problems.map(({ where, says }) => (where === null ? says : `${where}: ${says}`));
