interface Problem {
  readonly code: string;
  readonly where: string | null;
  readonly says: string;
}

/** A directory that is no repository may have hundreds of one kind. */
const shownOfKind = 5;

/** Problems that do not stop a command, as notes for a person: of many of one kind the first few. */
export function problemNotes(problems: readonly Problem[]): readonly string[] {
  const kinds = new Map<string, Problem[]>();
  for (const problem of problems) kinds.set(problem.code, [...(kinds.get(problem.code) ?? []), problem]);
  return [...kinds.values()].flatMap((kind) => {
    // One line that says "1 more" would take as much room as the problem.
    const shown = kind.length > shownOfKind + 1 ? shownOfKind : kind.length;
    const more = kind.length - shown;
    return [
      ...kind.slice(0, shown).map(({ where, says }) => (where === null ? says : `${where}: ${says}`)),
      ...(more === 0 ? [] : [`and ${more} more of the same kind; keyhole list --json has them all`]),
    ];
  });
}
