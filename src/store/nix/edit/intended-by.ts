import type { AppError } from '../../../core/outcome.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import type { RulesEntry, RulesReading } from '../rules-reading.ts';
import { type Intended, textsOf } from './compare-readings.ts';
import type { RulesChange } from './rules-change.ts';

const error = (code: AppError['code'], says: string, hint?: string): AppError => ({
  code,
  says,
  ...(hint === undefined ? {} : { hint }),
});

/** What the entries must be after a change, or why there is no such thing. */
export function intendedBy(
  reading: RulesReading,
  change: RulesChange,
  revoked: readonly string[] | null,
): Intended | AppError {
  const taken = (key: string): boolean =>
    [...reading.entries, ...reading.broken].some((entry) => entry.key === key);
  if (change.kind === 'add') return added(change, taken(change.key));
  const { key } = change;
  const entry = reading.entries.find((one) => one.key === key);
  if (entry === undefined) {
    if (change.kind === 'remove' && taken(key)) return { before: key, after: null, ordered: true };
    return error('not-found', taken(key) ? `the rule for ${key} is broken` : `no rule for ${key}`);
  }
  const { armor } = entry;
  const keys = textsOf(entry.publicKeys);
  switch (change.kind) {
    case 'remove':
      return { before: key, after: null, ordered: true };
    case 'rename': {
      const bad = badName(change.to);
      if (bad !== null) return bad;
      if (taken(change.to)) return error('usage', `there is a rule for ${change.to} already`);
      return { before: key, after: { key: change.to, keys, armor }, ordered: true };
    }
    case 'grant': {
      const { recipient } = change;
      const readers = new Set(keys.map(idOf));
      const present = recipient.keys.filter((one) => readers.has(idOf(one))).length;
      if (recipient.keys.length === 0) return error('usage', `${recipient.text} is nobody`);
      if (present === recipient.keys.length)
        return error('usage', `${recipient.text} can read ${key} already`);
      if (present > 0)
        return error(
          'usage',
          `part of ${recipient.text} can read ${key} already`,
          'take the others out first',
        );
      return { before: key, after: { key, keys: [...keys, ...recipient.keys], armor }, ordered: false };
    }
    case 'revoke':
      return withoutReader(entry, change.recipient, revoked);
  }
}

function added(
  { key, recipients, armor }: Extract<RulesChange, { kind: 'add' }>,
  taken: boolean,
): Intended | AppError {
  const bad = badName(key);
  if (bad !== null) return bad;
  if (taken) return error('usage', `there is a rule for ${key} already`);
  const keys = recipients.flatMap((recipient) => recipient.keys);
  if (keys.length === 0) return error('usage', `nobody could read ${key}`, 'name recipients');
  const ids = keys.map(idOf);
  const twice = ids.find((one, index) => ids.indexOf(one) !== index);
  if (twice !== undefined) {
    const names = recipients
      .filter((recipient) => recipient.keys.map(idOf).includes(twice))
      .map(({ text }) => text);
    return error('usage', `the same key comes twice: ${[...new Set(names)].join(', ')}`);
  }
  return { before: null, after: { key, keys, armor }, ordered: true };
}

/** ragenix refuses rules that name a key twice, whatever the comment behind it. */
const idOf = (text: string): string => parseRecipient(text).id;

/** agenix takes a name as a path; NUL cannot be in one, nor in a Nix string. */
const badName = (name: string): AppError | null =>
  name === '' || name.includes('\0') || !name.isWellFormed()
    ? error('usage', 'this cannot be the name of a file')
    : null;

function withoutReader(
  { key, armor, publicKeys }: RulesEntry,
  recipient: string,
  revoked: readonly string[] | null,
): Intended | AppError {
  if (revoked === null) {
    const hint = 'a key that comes with a group goes only with it, or out of it';
    return error('not-found', `${recipient} is not written in the rule for ${key}`, hint);
  }
  const keys = [...textsOf(publicKeys)];
  for (const one of revoked) keys.splice(keys.indexOf(one), keys.includes(one) ? 1 : 0);
  if (keys.length === 0) return error('usage', `nobody could read ${key} any more`);
  return { before: key, after: { key, keys, armor }, ordered: false };
}
