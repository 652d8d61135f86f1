import type { Recipient } from '../recipient.ts';
import { labelOf } from '../recipient-label.ts';
import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

const placeholder = /\.\.\.|…|placeholder|replace|change.?me|your|todo|fixme|x{4}|a{12}/i;

/** Keys that age cannot encrypt to: agenix would fail at the next edit of each secret that declares one. */
export const unusableKey: AuditRule = ({ repository }) => {
  const used = new Set(repository.secrets.flatMap((secret) => secret.declared));
  return [...repository.recipients.values()]
    .filter((recipient) => recipient.kind === 'unsupported' && used.has(recipient.id))
    .map((recipient) => {
      const isPlaceholder = placeholder.test(recipient.id);
      const at = placeOf(recipient);
      return finding(isPlaceholder ? 'placeholder-key' : 'unsupported-key', {
        subject: labelOf(recipient),
        says: isPlaceholder
          ? 'a placeholder stands where a public key belongs'
          : 'age cannot encrypt to this key',
        evidence: [recipient.detail ?? recipient.id, ...(at ? [`${at.file}:${at.line}`] : [])].join(', '),
        at,
      });
    });
};

const placeOf = (recipient: Recipient) => recipient.names.find((name) => name.at !== undefined)?.at;
