import { auditRules } from '../../core/audit/audit-rules.ts';
import type { Finding } from '../../core/audit/finding.ts';
import { type FindingKind, severities } from '../../core/audit/finding-rules.ts';
import { rotate } from '../../core/audit/rotate.ts';
import { isOfRepository } from '../../core/is-of-repository.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { SecretState } from '../../core/secret.ts';
import type { Session } from '../session.ts';
import { applyIgnores } from './apply-ignores.ts';
import { explainExtra, noHistory } from './explain-extra.ts';
import { type RotationQueue, rotationQueue } from './rotation-queue.ts';
import type { CheckInput, CheckOutput } from './types.ts';

/** Everything about the repository that is wrong or may become so, with the evidence. Needs no key. Error: `stopped`. */
export async function checkRepository(
  session: Session,
  { severity, today, history, rotation }: CheckInput,
  signal?: AbortSignal,
): Promise<Outcome<CheckOutput>> {
  const repository = session.repository();
  const surveyed = await session.survey(signal);
  if (!surveyed.ok) return surveyed;
  const survey = surveyed.value;
  const { former, notes } = history ? await explainExtra(session, signal) : { former: null, notes: [] };
  if (signal?.aborted) return fail('stopped', 'stopped');
  const queue =
    rotation === 'no' ? ok(null) : await rotationQueue(session, { compare: rotation === 'compare' }, signal);
  if (!queue.ok && queue.error.code === 'stopped') return queue;
  const found = [
    ...auditRules.flatMap((rule) => rule({ repository, survey, former })),
    ...(queue.ok && queue.value !== null ? rotate(queue.value.entries) : []),
  ];
  const unasked: readonly FindingKind[] = rotation === 'no' ? ['rotate'] : [];
  const { findings: all, ignored } = applyIgnores(found, survey.ignores, today, unasked);
  const least = severities.indexOf(severity);
  const findings = all.filter((one) => severities.indexOf(one.severity) <= least).sort(bySeverity);
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
      problems: repository.problems.filter(isOfRepository).length,
      findings: findings.length,
      below: all.length - findings.length,
      ignored: ignored.length,
    },
    findings,
    ignored,
    isComplete: survey.isComplete,
    historyNotes: [...new Set([...notes, ...(rotation === 'no' ? [] : rotationNotes(queue))])],
    rotation: queue.ok ? queue.value : null,
  });
}

function bySeverity(a: Finding, b: Finding): number {
  const bySeverity = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  if (bySeverity !== 0) return bySeverity;
  return a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0;
}

function rotationNotes(queue: Outcome<RotationQueue | null>): readonly string[] {
  if (!queue.ok) return [`what former readers know is not known: ${queue.error.says}`];
  return queue.value === null ? [noHistory] : [];
}
