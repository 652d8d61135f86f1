import { type ChangedLine, changedLines } from '../../core/changed-lines.ts';
import type { Plan } from '../../core/plan.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { openJail } from '../../store/jail.ts';

/** What a plan changes in a file that is no secret. */
export interface TextChange {
  readonly path: string;
  readonly lines: readonly ChangedLine[];
}

/** The rules and public keys that a plan writes, as somebody can look them over. */
export function textsOfPlan(root: string, { steps }: Plan): readonly TextChange[] {
  const jail = openJail(root);
  try {
    return steps.flatMap((step) => {
      if (step.do !== 'rewrite') return [];
      const read = step.before === null ? null : jail.readFile(step.target);
      const before = read?.ok ? (decodeUtf8(read.value) ?? '') : '';
      return [{ path: step.path, lines: changedLines(before, step.text) }];
    });
  } finally {
    jail.close();
  }
}
