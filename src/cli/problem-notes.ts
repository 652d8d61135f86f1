/** Problems that do not stop a command, as notes for a person. */
export const problemNotes = (
  problems: readonly { readonly where: string | null; readonly says: string }[],
): readonly string[] => problems.map(({ where, says }) => (where === null ? says : `${where}: ${says}`));
