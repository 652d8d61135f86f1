const flowDepthLimit = 64;
const indentLimit = 400;
const sizeLimit = 256 * 1024;
const lineLimit = 10_000;

/**
 * Whether it is safe to hand text to the yaml library. Deep nesting exhausts it in ways no `catch` can hold, and
 * many keys block the program for seconds, so size and depth are bounded by a linear look at the text first.
 * Brackets are counted without regard to quotes: a document that is refused for that is shown as text.
 */
export function isTameYaml(text: string): boolean {
  if (text.length > sizeLimit) return false;
  let depth = 0;
  let lines = 0;
  let column = 0;
  let leading = true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') {
      lines += 1;
      column = 0;
      leading = true;
      if (lines > lineLimit) return false;
      continue;
    }
    column += 1;
    // `- - - x` and `? ? x` nest on one line and count as indent.
    leading &&= ' \t-?:'.includes(character);
    if (leading && column > indentLimit) return false;
    if (character === '[' || character === '{') depth += 1;
    else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    if (depth > flowDepthLimit) return false;
  }
  return true;
}

/**
 * Whether the text has a structure that only YAML explains: it starts like a block mapping or a list of mappings
 * and has a `---` line, an indented line, or a value that is quoted, a block or a flow collection. Flat `key: value`
 * lines are left to key-value text, which cuts no `#` out of a password.
 */
export function looksLikeYaml(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const [first = ''] = lines;
  if (/^---(\s|$)/.test(first)) return lines.some((line) => mappingLine.test(line));
  if (!mappingLine.test(first)) return false;
  return lines.some((line) => /^\s+\S/.test(line) || /^- /.test(line) || structuredValue.test(line));
}

const mappingLine = /^(?:- +)?(?:"[^"]*"|'[^']*'|[^\s#"'[\]{},&*!|>%@`-][^:]*|-[^\s:][^:]*)\s*:(?:\s|$)/;
const structuredValue = /:\s+(?:["'[{]|[|>][-+0-9]*\s*$)/;
