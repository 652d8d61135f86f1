/** `file:line`, or the file where no line is known. */
export function sayPlace(at: { readonly file: string; readonly line?: number } | undefined): string {
  if (at === undefined) return 'no rule';
  return at.line === undefined ? at.file : `${at.file}:${at.line}`;
}
