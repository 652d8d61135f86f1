import { type Outcome, ok } from '../../core/outcome.ts';
import type { Recipient } from '../../core/recipient.ts';
import { labelOf } from '../../core/recipient-label.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretState } from '../../core/secret.ts';
import type { Session } from '../session.ts';
import { findingsOf } from './findings-of.ts';
import type { CheckOutput, Finding } from './types.ts';

const severities = ['high', 'medium', 'low'] as const;

/** Everything about the repository that is wrong or may become so, with the evidence. Needs no key. */
export async function checkRepository(session: Session): Promise<Outcome<CheckOutput>> {
  const repository = session.repository();
  const findings = [
    ...repository.secrets.flatMap((secret) => findingsOf(repository, secret)),
    ...repository.problems.map(
      ({ says, where, hint, code }): Finding => ({
        rule: 'problem',
        severity: code === 'ambiguous' ? 'low' : 'medium',
        subject: where,
        says,
        evidence: hint ?? code,
      }),
    ),
    ...unusableKeys(repository),
  ].sort(bySeverity);
  const count = (state: SecretState): number =>
    repository.secrets.filter((secret) => secret.state === state).length;
  return ok({
    root: repository.root,
    summary: {
      secrets: repository.secrets.length,
      ok: count('ok'),
      drift: count('drift'),
      missing: count('missing'),
      orphan: count('orphan'),
      damaged: count('damaged'),
      unknown: count('unknown'),
      problems: repository.problems.length,
      findings: findings.length,
    },
    findings,
  });
}

const placeholder = /\.\.\.|…|placeholder|replace|change.?me|your|todo|fixme|x{4}|a{12}/i;

/** Keys that age cannot encrypt to: agenix would fail at the next edit of each secret that declares one. */
function unusableKeys(repository: Repository): readonly Finding[] {
  const used = new Set(repository.secrets.flatMap((secret) => secret.declared));
  return [...repository.recipients.values()]
    .filter((recipient) => recipient.kind === 'unsupported' && used.has(recipient.id))
    .map((recipient): Finding => {
      const isPlaceholder = placeholder.test(recipient.id);
      return {
        rule: isPlaceholder ? 'placeholder-key' : 'unsupported-key',
        severity: 'high',
        subject: labelOf(recipient),
        says: isPlaceholder
          ? 'a placeholder stands where a public key belongs'
          : 'age cannot encrypt to this key',
        evidence: [recipient.detail ?? recipient.id, ...placesOf(recipient)].join(', '),
      };
    });
}

function placesOf(recipient: Recipient): readonly string[] {
  const at = recipient.names.find((name) => name.at !== undefined)?.at;
  return at === undefined ? [] : [`${at.file}:${at.line}`];
}

function bySeverity(a: Finding, b: Finding): number {
  const bySeverity = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  if (bySeverity !== 0) return bySeverity;
  return a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0;
}
