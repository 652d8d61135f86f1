import type { Recipient, RecipientId } from '../../core/recipient.ts';
import type { Reader, Repository } from '../../core/repository.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { writtenReaders } from '../../store/backends/agenix/change-written-reader.ts';

/** The repository with the readers that the rules write down although no secret has them. */
export function withWrittenReaders(repository: Repository): Repository {
  const recipients = new Map<RecipientId, Recipient>(repository.recipients);
  const readers: Reader[] = [...repository.readers];
  for (const { name, keys } of writtenReaders(repository.root, repository.rules)) {
    for (const id of keys) {
      if (!recipients.has(id))
        recipients.set(id, { ...parseRecipient(id), names: [{ text: name, source: 'binding' }] });
    }
    if (!readers.some((reader) => reader.name === name))
      readers.push({ name, kind: 'unknown', recipients: keys });
  }
  return { ...repository, recipients, readers };
}
