import type { Expression, StringPart } from './ast.ts';

/** Text of an indented string: as written (`indented`), or the result of an escape, which ends indentation. */
export type IndentedPart = { readonly text: string; readonly indented: boolean } | Expression;

const isText = (part: IndentedPart): part is { readonly text: string; readonly indented: boolean } =>
  'text' in part;

/** The smallest indentation of a line that has more than spaces (Nix: parser.y, stripIndentation). */
function smallestIndent(parts: readonly IndentedPart[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  let current = 0;
  let atLineStart = true;
  for (const part of parts) {
    if (!isText(part) || !part.indented) {
      if (atLineStart) smallest = Math.min(smallest, current);
      atLineStart = false;
      continue;
    }
    for (const character of part.text) {
      if (character === '\n') {
        atLineStart = true;
        current = 0;
      } else if (atLineStart && character === ' ') current++;
      else if (atLineStart) {
        atLineStart = false;
        smallest = Math.min(smallest, current);
      }
    }
  }
  return smallest;
}

/** Takes the common indentation away; a last line of only spaces goes too. Tabs are not indentation. */
export function stripIndentation(parts: readonly IndentedPart[]): readonly StringPart[] {
  const indent = smallestIndent(parts);
  let atLineStart = true;
  let dropped = 0;
  return parts.map((part, index) => {
    if (!isText(part)) {
      atLineStart = false;
      dropped = 0;
      return part;
    }
    let kept = '';
    for (const character of part.text) {
      if (character === '\n') {
        atLineStart = true;
        dropped = 0;
      } else if (atLineStart && character === ' ') {
        if (dropped++ < indent) continue;
      } else atLineStart = false;
      kept += character;
    }
    return index === parts.length - 1 ? kept.replace(/\n *$/, '\n') : kept;
  });
}
