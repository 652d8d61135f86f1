import type { PayloadKind } from '../../payload.ts';
import { yamlLiterals } from './yaml-literals.ts';

/**
 * Ways to write a value where another one stands, the one most like the old first. None of them needs to be right:
 * whoever uses one reads the result back and takes the next where it is not what was meant.
 */
export async function literalsFor(kind: PayloadKind, old: string, value: string): Promise<readonly string[]> {
  switch (kind) {
    case 'json':
      return jsonLiterals(old, value);
    case 'yaml':
      return yamlLiterals(old, value);
    case 'dotenv':
      return preferring(old, value, escaped(value));
    case 'ini':
    case 'key-value':
      return preferring(old, value, `"${value}"`);
    default:
      return [];
  }
}

/** A number stays one where the new value is one as well. */
function jsonLiterals(old: string, value: string): readonly string[] {
  const text = JSON.stringify(value);
  const isBare = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)$/.test(value);
  return old.startsWith('"') || !isBare ? [text] : [value, text];
}

/** In the quotes the old value has, or in none as it has; then in others. */
function preferring(old: string, value: string, double: string): readonly string[] {
  const single = `'${value}'`;
  if (old.startsWith('"')) return [double, single, value];
  return old.startsWith("'") ? [single, double, value] : [value, single, double];
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\\': '\\\\', '"': '\\"' };

const escaped = (value: string): string =>
  `"${value.replace(/[\n\r\\"]/g, (character) => escapes[character] ?? character)}"`;
