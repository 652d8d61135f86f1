/** Puts `text` in the place of a range; an empty range inserts. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with the splices done, which are in order and do not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of splices) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
