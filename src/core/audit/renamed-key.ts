import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';
import type { WrittenKey } from './survey.ts';

/** One key that is written down more than once, and called something else each time. */
export const renamedKey: AuditRule = ({ survey }) => {
  const byKey = new Map<string, WrittenKey[]>();
  for (const key of survey.keys) {
    const same = byKey.get(key.recipient.id) ?? [];
    same.push(key);
    byKey.set(key.recipient.id, same);
  }
  return [...byKey.values()].flatMap((places) => {
    const names = distinct(places.map(({ name }) => name));
    const comments = distinct(places.map(({ recipient }) => recipient.names[0]?.text ?? null));
    const called = names.length > 1 ? names : comments;
    if (called.length < 2) return [];
    const evidence = places.map(({ at }) => `${at.file}:${at.line}`).join(', ');
    const says =
      names.length > 1
        ? 'one key is written down under several names'
        : 'two keys differ only in their comment';
    return [finding('renamed-key', { subject: called.join(', '), says, evidence, at: places[0]?.at })];
  });
};

const distinct = (texts: readonly (string | null)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== null)),
];
