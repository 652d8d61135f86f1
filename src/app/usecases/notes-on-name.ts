/**
 * What may surprise somebody about a new name.
 *
 * @param alike another secret, whose name is the same on a disk that ignores case
 */
export const notesOnName = (path: string, alike: string | undefined): readonly string[] => [
  ...(alike === undefined
    ? []
    : [`${alike} differs in upper and lower case alone: many systems keep one of the two`]),
  ...(path.endsWith('.age') ? [] : ['the name does not end in .age, as those of secrets do']),
];
