import type { Comparison } from '../../core/comparison.ts';
import { counted } from '../../core/counted.ts';
import type { RecipientId } from '../../core/recipient.ts';
import { labelOf, shortKey } from '../../core/recipient-label.ts';
import type { Repository } from '../../core/repository.ts';
import type { Secret } from '../../core/secret.ts';
import type { Finding } from './types.ts';

/** What is wrong with one secret; nothing for one whose readers merely cannot be told. */
export function findingsOf(repository: Repository, secret: Secret): readonly Finding[] {
  return [...findingsOfState(repository, secret), ...repeatedKeys(repository, secret)];
}

function repeatedKeys(repository: Repository, secret: Secret): readonly Finding[] {
  if (secret.repeated === undefined) return [];
  return [
    {
      rule: 'duplicate-key',
      severity: 'low',
      subject: secret.id,
      says: 'its rule lists a key more than once, which ragenix refuses',
      evidence: `${secret.repeated.map((id) => nameOf(repository, id)).join(', ')} in ${placeOf(secret)}`,
    },
  ];
}

function findingsOfState(repository: Repository, secret: Secret): readonly Finding[] {
  const subject = secret.id;
  switch (secret.state) {
    case 'damaged':
      return [
        {
          rule: 'damaged',
          severity: 'high',
          subject,
          says: 'not a readable age file',
          evidence: secret.problem?.says ?? 'a passphrase stanza stands beside others',
        },
      ];
    case 'missing':
      return [
        {
          rule: 'missing-file',
          severity: 'medium',
          subject,
          says: 'the rules name it, but there is no such file',
          evidence: placeOf(secret),
        },
      ];
    case 'orphan':
      return [
        {
          rule: 'orphan',
          severity: 'low',
          subject,
          says: 'no rule names this file: rekeying passes it over',
          evidence: 'not in any rules file',
        },
      ];
    case 'drift':
      return secret.comparison ? drift(repository, secret, secret.comparison) : [];
    default:
      return [];
  }
}

function drift(repository: Repository, secret: Secret, comparison: Comparison): readonly Finding[] {
  const findings: Finding[] = [];
  const { extra, missing, missingAmong } = comparison;
  if (extra.length > 0) {
    findings.push({
      rule: 'extra-reader',
      severity: 'high',
      subject: secret.id,
      says: `${counted(extra.length, 'reader')} on the file that the rules do not allow`,
      evidence: extra
        .map(({ kind, tag, recipient }) => {
          const stanza = tag === undefined ? kind : `${kind} ${tag}`;
          return recipient === undefined ? stanza : `${stanza} (${nameOf(repository, recipient)})`;
        })
        .join(', '),
    });
  }
  if (missing.length + missingAmong.count > 0) {
    const among = missingAmong.of.map((id) => nameOf(repository, id)).join(', ');
    findings.push({
      rule: 'missing-reader',
      severity: 'medium',
      subject: secret.id,
      says: `${counted(missing.length + missingAmong.count, 'reader')} of the rules not on the file`,
      evidence: [
        ...missing.map((id) => nameOf(repository, id)),
        ...(missingAmong.count > 0 ? [`${missingAmong.count} of ${among}`] : []),
      ].join(', '),
    });
  }
  return findings;
}

function placeOf({ rule }: Secret): string {
  if (rule === undefined) return 'no rule';
  return rule.at === undefined ? rule.rulesFile : `${rule.at.file}:${rule.at.line}`;
}

function nameOf(repository: Repository, id: RecipientId): string {
  const recipient = repository.recipients.get(id);
  return recipient === undefined ? shortKey(id) : labelOf(recipient);
}
