import type { RecipientId } from '../recipient.ts';
import { labelOf, shortKey } from '../recipient-label.ts';
import type { Repository } from '../repository.ts';

/** How to call a key of the repository in one place. */
export function keyName({ recipients }: Repository, id: RecipientId): string {
  const recipient = recipients.get(id);
  return recipient === undefined ? shortKey(id) : labelOf(recipient);
}
