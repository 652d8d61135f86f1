import type { Comparison, ExtraReader } from '../comparison.ts';
import { counted } from '../counted.ts';
import { formerOf } from '../former-readers.ts';
import { dayOf, sayPast } from '../past-key.ts';
import type { Secret } from '../secret.ts';
import type { Audited, AuditRule } from './audit-rule.ts';
import { type Finding, finding } from './finding.ts';
import { keyName } from './key-name.ts';

/** Readers that a file has and its rule does not name, and the reverse; only what is proved. */
export const drift: AuditRule = ({ repository, former }) =>
  repository.secrets.flatMap((secret) =>
    secret.state === 'drift' && secret.comparison
      ? differences({ repository, former }, secret, secret.comparison)
      : [],
  );

type Known = Pick<Audited, 'repository' | 'former'>;

function differences(
  { repository, former }: Known,
  secret: Secret,
  comparison: Comparison,
): readonly Finding[] {
  const findings: Finding[] = [];
  const { extra, missing, missingAmong } = comparison;
  const about = { subject: secret.id, at: { file: secret.id } };
  if (extra.length > 0) {
    findings.push(
      finding('extra-reader', {
        ...about,
        says: `${counted(extra.length, 'reader')} on the file that the rules do not allow`,
        evidence: extra.map((reader) => describe({ repository, former }, reader)).join(', '),
      }),
    );
  }
  if (missing.length + missingAmong.count > 0) {
    const among = missingAmong.of.map((id) => keyName(repository, id)).join(', ');
    findings.push(
      finding('missing-reader', {
        ...about,
        says: `${counted(missing.length + missingAmong.count, 'reader')} of the rules not on the file`,
        evidence: [
          ...missing.map((id) => keyName(repository, id)),
          ...(missingAmong.count > 0 ? [`${missingAmong.count} of ${among}`] : []),
        ].join(', '),
      }),
    );
  }
  return findings;
}

function describe({ repository, former }: Known, extra: ExtraReader): string {
  const { kind, tag, recipient } = extra;
  const stanza = tag === undefined ? kind : `${kind} ${tag}`;
  if (recipient !== undefined) return `${stanza} (${keyName(repository, recipient)})`;
  const past = formerOf(former, extra);
  return past === undefined
    ? stanza
    : `${stanza} (${past.name ?? 'without a name'}, ${sayPast({ ...past, date: dayOf(past) })})`;
}
