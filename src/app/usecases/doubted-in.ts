import type { Plan } from '../../core/plan.ts';
import type { RecipientId } from '../../core/recipient.ts';

/** The keys that a plan encrypts to and nobody accepted yet: whoever saw its warnings and agrees accepts them. */
export const doubtedIn = ({ warnings }: Plan): readonly RecipientId[] =>
  warnings.flatMap(({ recipient }) => (recipient ? [recipient.id] : []));
