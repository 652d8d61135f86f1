import { isOfRepository } from '../is-of-repository.ts';
import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

/** Files and lines that could not be used: what they would have said, nobody has checked. */
export const problems: AuditRule = ({ repository }) =>
  repository.problems.filter(isOfRepository).map(({ says, where, hint, code }) => {
    const at = placeIn(where);
    return finding('problem', {
      subject: where,
      says,
      evidence: hint ?? code,
      ...(hint !== undefined && { fix: hint }),
      ...(code === 'ambiguous' && { severity: 'low' as const }),
      at,
    });
  });

function placeIn(where: string): { readonly file: string; readonly line?: number } | undefined {
  if (where.startsWith('/')) return undefined;
  const [, file, line] = /^(.+?):(\d{1,9})(?::\d+)?$/.exec(where) ?? [];
  return file === undefined ? { file: where } : { file, line: Number(line) };
}
