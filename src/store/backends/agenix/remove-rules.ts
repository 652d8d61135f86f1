import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../../core/outcome.ts';
import { decodeUtf8 } from '../../../core/utf8.ts';
import { type Jail, openJail } from '../../jail.ts';
import { findBinding } from '../../nix/find-binding.ts';
import { parse } from '../../nix/parse.ts';
import { readRules } from '../../nix/read-rules.ts';
import type { RulesReading } from '../../nix/rules-reading.ts';
import { createSource } from '../../nix/source.ts';
import { nixFilesOf } from '../../nix-files.ts';
import { sha256 } from '../../transaction/targets.ts';

/** An entry may be written in several bindings: `"a.age".publicKeys = …; "a.age".armor = true;`. */
const mostBindings = 8;

/** A text, and the SHA-256 of the one it was made from. */
export interface RewrittenRules {
  readonly text: string;
  readonly instead: string;
}

/**
 * The text of a rules file without the entries of these keys, and otherwise as it was, to the byte. What is returned
 * was evaluated, and says the same of every other key. Errors: `bad-rules` with the place to edit by hand, `refused`,
 * `io`.
 */
export function removeRules(
  root: string,
  rulesFile: string,
  keys: readonly string[],
): Outcome<RewrittenRules> {
  const jail = openJail(root);
  try {
    const bytes = jail.readFile(rulesFile);
    if (!bytes.ok) return bytes;
    if (decodeUtf8(bytes.value) === null) return byHand('the file is not UTF-8', rulesFile);
    const before = Buffer.from(bytes.value).toString('latin1');
    const old = evaluate(jail, rulesFile, before);
    if (!old.ok) return old;
    let text = before;
    for (const key of keys) {
      const without = removeKey(jail, rulesFile, text, key);
      if (!without.ok) return without;
      text = without.value;
    }
    const now = evaluate(jail, rulesFile, text);
    if (!now.ok) return now;
    const wanted = meaning(old.value, new Set(keys));
    if (meaning(now.value, new Set()) !== wanted)
      return byHand('other rules would change with it', rulesFile);
    return ok({ text: Buffer.from(text, 'latin1').toString('utf8'), instead: sha256(bytes.value) });
  } finally {
    jail.close();
  }
}

function removeKey(jail: Jail, rulesFile: string, start: string, key: string): Outcome<string> {
  let text = start;
  for (let count = 0; count <= mostBindings; count += 1) {
    const reading = evaluate(jail, rulesFile, text);
    if (!reading.ok) return reading;
    const entry = [...reading.value.entries, ...reading.value.broken].find((one) => one.key === key);
    if (entry === undefined) return ok(text);
    const where = entry.at ? `${entry.at.file}:${entry.at.line}` : rulesFile;
    if (entry.at?.file !== rulesFile) return byHand(`the rule for ${key} is not written out`, where);
    const source = createSource(join(jail.root, rulesFile), text);
    const binding = findBinding(parse(source), source, entry.at);
    if (binding === null) return byHand(`the rule for ${key} is not written out`, where);
    text = cut(text, binding.start, binding.end);
  }
  return byHand(`the rule for ${key} is written in more than ${mostBindings} places`, rulesFile);
}

/** Takes the lines along that hold nothing else but a comment behind it. */
function cut(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const behind = /^[ \t]*(?:#[^\n]*)?(?:\n|$)/.exec(text.slice(end))?.[0];
  const alone = /^[ \t]*$/.test(text.slice(lineStart, start)) && behind !== undefined;
  return alone
    ? text.slice(0, lineStart) + text.slice(end + behind.length)
    : text.slice(0, start).trimEnd() + text.slice(end);
}

/** As if the rules file had this text, of which every character is a byte. */
function evaluate(jail: Jail, rulesFile: string, text: string): Outcome<RulesReading> {
  const rulesPath = join(jail.root, rulesFile);
  const onDisk = nixFilesOf(jail);
  const files = {
    ...onDisk,
    readFile: (path: string) =>
      path === rulesPath ? ok(Buffer.from(text, 'latin1')) : onDisk.readFile(path),
  };
  return readRules({ root: jail.root, rulesPath, files });
}

function meaning({ entries, broken }: RulesReading, without: ReadonlySet<string>): string {
  const kept = entries
    .filter(({ key }) => !without.has(key))
    .map(({ key, armor, publicKeys }) => [key, armor ?? null, publicKeys.map((one) => one.text)]);
  return JSON.stringify([kept, broken.map(({ key }) => key).filter((key) => !without.has(key))]);
}

const byHand = (says: string, where: string): Outcome<never> =>
  fail('bad-rules', says, { where, hint: 'take it out by hand, or give --keep-rule' });
