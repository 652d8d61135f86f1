/** Paths that become one file on a disk that ignores case or Unicode form, as on macOS, are one here. */
export const foldedPath = (path: string): string => path.normalize('NFC').toLowerCase();
