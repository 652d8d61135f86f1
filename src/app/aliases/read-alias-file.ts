import type { Aliases } from '../../core/aliases.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Problem } from '../../core/repository.ts';
import { countInvisible } from '../../core/safe-text.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { readWhole, statRegularFile } from '../../store/read-descriptor.ts';

const mostBytes = 1024 * 1024;
const longestName = 80;

/**
 * Lines as `.pub` files have them, a key and then its name, and comments with `#`. A line that cannot be used is a
 * problem with its number, and the others are used all the same.
 */
export function readAliasFile(descriptor: number, file: string): Aliases {
  const problems: Problem[] = [];
  const problem = (says: string, where = file): void =>
    void problems.push({ code: 'bad-rules', says, where, isOwn: true });
  const names = new Map<RecipientId, string>();
  const text = textOf(descriptor, file);
  if (!text.ok) problem(text.error.says);
  for (const [index, line] of (text.ok ? text.value : '').split('\n').entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const { key, name, why } = parseLine(line);
    const doubt = why ?? (names.has(key) ? 'the key has a name from a line above' : null);
    if (doubt === null) names.set(key, name);
    else problem(doubt, `${file}:${index + 1}`);
  }
  return { names, problems };
}

function textOf(descriptor: number, file: string): Outcome<string> {
  const stats = statRegularFile(descriptor, file);
  if (!stats.ok) return stats;
  const bytes = readWhole(descriptor, stats.value.size, file, mostBytes);
  if (!bytes.ok) return bytes;
  const text = decodeUtf8(bytes.value);
  return text === null
    ? { ok: false, error: { code: 'bad-rules', says: 'is not UTF-8 text' } }
    : { ok: true, value: text };
}

function parseLine(line: string): {
  readonly key: RecipientId;
  readonly name: string;
  readonly why: string | null;
} {
  // An age key is one word; of a line for ssh the comment is the name.
  const [, word = '', rest = ''] = /^\s*(age1\S*)\s*(.*?)\s*$/i.exec(line) ?? [];
  const { id: key, kind, names, detail } = parseRecipient(word === '' ? line : word);
  const name = word === '' ? (names[0]?.text ?? '').trim() : rest;
  const why = kind === 'unsupported' ? (detail ?? 'not a public key') : whyNoName(name);
  return { key, name, why };
}

function whyNoName(name: string): string | null {
  if (name === '') return 'no name stands after the key';
  if ([...name].length > longestName) return `the name is longer than ${longestName} characters`;
  if (countInvisible(name) > 0) return 'the name holds characters that cannot be seen';
  // Of several readers in --to a comma is between them, and who gives a key means the key.
  if (name.includes(',')) return 'the name holds a comma';
  return parseRecipient(name).kind === 'unsupported' && !/^(age1|ssh-)/i.test(name)
    ? null
    : 'the name looks like a key';
}
