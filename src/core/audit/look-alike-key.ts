import type { RecipientId } from '../recipient.ts';
import { shortKey } from '../recipient-label.ts';
import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';
import type { WrittenKey } from './survey.ts';

/** Comparisons of one group of keys that share a half; nobody has so many, a hostile file might. */
const mostInGroup = 64;

/** Keys that nobody tells apart by looking: one character differs, or only the case. */
export const lookAlikeKey: AuditRule = ({ repository, survey }) => {
  const written = new Map(survey.keys.map((key) => [key.recipient.id, key]));
  const ids = new Set([...repository.recipients.keys(), ...written.keys()]);
  const found = new Map<string, readonly [RecipientId, RecipientId]>();
  for (const group of groupsByHalf([...ids])) {
    for (const [index, one] of group.entries()) {
      for (const other of group.slice(index + 1)) {
        if (differsInOne(one, other)) found.set([one, other].sort().join('\n'), [one, other]);
      }
    }
  }
  return [...found.values()].map((pair) => {
    const [one = '', other = ''] = pair.map((id) => describe(id, written.get(id)));
    const at = pair.map((id) => written.get(id)?.at).find((place) => place !== undefined);
    return finding('look-alike-key', {
      subject: pair.map((id) => written.get(id)?.name ?? shortKey(id)).join(', '),
      says: 'two keys differ in one character or in case alone',
      evidence: `${one}; ${other}`,
      at,
    });
  });
};

const describe = (id: RecipientId, written: WrittenKey | undefined): string =>
  written === undefined ? id : `${id} in ${written.at.file}:${written.at.line}`;

/** One change leaves one half as it is, so that only keys which share a half need to be compared. */
function groupsByHalf(ids: readonly RecipientId[]): readonly (readonly RecipientId[])[] {
  const groups = new Map<string, RecipientId[]>();
  for (const id of ids) {
    const text = id.toLowerCase();
    const middle = Math.ceil(text.length / 2) + 8;
    for (const half of [`<${text.slice(0, middle)}`, `>${text.slice(middle)}`]) {
      const group = groups.get(half) ?? [];
      if (group.length < mostInGroup) group.push(id);
      groups.set(half, group);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** At most one character is another one once case is left out. */
function differsInOne(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a.length !== b.length || a.length < 40) return false;
  let differing = 0;
  for (let at = 0; at < a.length && differing < 2; at++) if (a[at] !== b[at]) differing += 1;
  return differing < 2;
}
