import { applySplices } from '../../../core/splice.ts';
import type { AttributesNode } from '../ast.ts';
import { toBytes } from '../byte-string.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import { overlayFiles } from './overlay-files.ts';
import type { ParsedSource } from './parsed-source.ts';

const marker = 'keyhole probe ';

/**
 * What lists of strings the expressions (byte strings) are where the entries of a set are written, found by evaluating
 * the file with an entry for each of them. `null` for one that is no such list, or empty.
 */
export function probeExpressions(
  input: RulesInput,
  { source }: ParsedSource,
  set: AttributesNode,
  expressions: readonly string[],
): readonly (readonly string[] | null)[] {
  const entries = expressions.map((text, index) => `"${marker}${index}".publicKeys = ${text};`);
  const at = set.end - 1;
  const text = applySplices(source.text, [{ start: at, end: at, text: `\n${entries.join('\n')}\n` }]);
  const reading = readRules({ ...input, files: overlayFiles(input.files, source.path, toBytes(text)) });
  if (!reading.ok) return expressions.map(() => null);
  const found = new Map(reading.value.entries.map(({ key, publicKeys }) => [key, publicKeys]));
  return expressions.map((_, index) => found.get(`${marker}${index}`)?.map((key) => key.text) ?? null);
}
