import type { LeftReason, RekeyChoice } from '../../core/choose-rekey.ts';
import { counted } from '../../core/counted.ts';
import { firstFew } from '../../core/first-few.ts';

const mostNamed = 5;

/** What was left as it is, and why; what is right is no news. */
export function rekeyNotes(left: RekeyChoice['left']): readonly string[] {
  const says = (reason: LeftReason, text: (count: number) => string): readonly string[] => {
    const ids = left[reason];
    return ids.length === 0 ? [] : [`${text(ids.length)}: ${firstFew(ids, mostNamed)}`];
  };
  return [
    ...says(
      'unknown',
      (count) =>
        `${counted(count, 'file')} left, whose anonymous readers are as many as the rules say, but may be others (--all writes them)`,
    ),
    ...says('missing', (count) => `${counted(count, 'rule')} without a file`),
    ...says('orphan', (count) => `${counted(count, 'file')} left, which no rule names`),
    ...says('damaged', (count) => `${counted(count, 'damaged file')} left`),
    ...says('no-rule-read', (count) => `${counted(count, 'file')} left, whose rule cannot be read`),
  ];
}
