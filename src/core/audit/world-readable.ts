import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

export const worldReadable: AuditRule = ({ survey }) =>
  survey.modes
    .filter(({ mode }) => isReadByAll(mode))
    .map(({ at, secret, mode }) =>
      finding('world-readable', {
        subject: secret,
        says: 'every user of the host can read the decrypted file',
        evidence: `mode = "${mode}" in ${at.file}:${at.line}`,
        at,
      }),
    );

/** As chmod takes it: octal digits, or the words `o` and `a`. */
function isReadByAll(mode: string): boolean {
  if (/^[0-7]{3,4}$/.test(mode)) return (Number(mode.at(-1)) & 4) !== 0;
  return mode.split(',').some((clause) => /^(?:[ugo]*[oa][ugoa]*)?[+=][wxXst]*r/.test(clause));
}
