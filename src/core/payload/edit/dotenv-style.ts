import type { Assignment } from '../assignment.ts';
import { hasExport } from '../dotenv-payload.ts';

/** What a shell would do something with. */
const special = /[\s"'`$&|;<>(){}[\]*?!~\\#]/;

/**
 * Spellings of a dotenv value, the style of `kept` (a value as written) first, then the closest that can hold it: single
 * quotes change nothing for any reader, double quotes hold everything. Bare text stays bare where every reader agrees
 * on it; what a shell would take apart stays bare only where the file has such a value already, so that no shell
 * reads it.
 */
export function dotenvSpellings(
  value: string,
  kept: string,
  text: string,
  assignments: readonly Assignment[],
): readonly string[] {
  const shell = hasExport(text, assignments);
  const mayBeSpecial = !shell && assignments.some((one) => isBare(text, one) && special.test(one.text));
  const spellings = {
    bare: bareSpelling(value, kept, mayBeSpecial),
    single: /['\r]/.test(value) ? null : `'${value}'`,
    double: doubleSpelling(value, kept, shell),
  };
  const order = kept.startsWith('"')
    ? [spellings.double, spellings.single]
    : kept.startsWith("'")
      ? [spellings.single, spellings.double]
      : [spellings.bare, spellings.single, spellings.double];
  return order.filter((spelling) => spelling !== null);
}

const isBare = (text: string, { valueStart }: Assignment): boolean => !/["']/.test(text.charAt(valueStart));

function bareSpelling(value: string, kept: string, mayBeSpecial: boolean): string | null {
  if (value.trim() !== value || /[\n\r]|^["']|[ \t]#/.test(value)) return null;
  // node's dotenv ends a bare value at any `#`, systemd drops backslashes: only where they stood before.
  if ([...'#\\'].some((character) => value.includes(character) && !kept.includes(character))) return null;
  return special.test(value) && !mayBeSpecial ? null : value;
}

function doubleSpelling(value: string, kept: string, shell: boolean): string | null {
  // A shell runs what is in backticks and knows no escape for a carriage return.
  if (shell && /[`\r]/.test(value)) return null;
  const escapeNewlines = kept.startsWith('"') && !shell && /\\n/.test(kept);
  const escapeDollars = shell || /\\\$/.test(kept);
  const escaped = value
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', escapeNewlines ? '\\n' : '\n')
    .replace(/\$/g, escapeDollars ? '\\$&' : '$&');
  return `"${escaped}"`;
}
