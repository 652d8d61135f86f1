import { shortKey } from '../recipient-label.ts';
import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

/** Keys in the files of the rules that no rule uses; nothing while a rule cannot be read, which may use them. */
export const unusedReader: AuditRule = ({ repository, survey }) => {
  if (repository.secrets.some(({ ruleProblem }) => ruleProblem !== undefined)) return [];
  const used = new Set(repository.secrets.flatMap((secret) => secret.declared));
  const seen = new Set<string>();
  return survey.keys.flatMap(({ recipient, name, at }) => {
    if (used.has(recipient.id) || seen.has(recipient.id)) return [];
    seen.add(recipient.id);
    const subject = name ?? recipient.names[0]?.text ?? shortKey(recipient.id);
    const says = 'no rule uses this key';
    const evidence = `${shortKey(recipient.id)} in ${at.file}:${at.line}`;
    return [finding('unused-reader', { subject, says, evidence, at })];
  });
};
