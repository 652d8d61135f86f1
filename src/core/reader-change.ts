import type { RecipientId } from './recipient.ts';
import type { Repository } from './repository.ts';
import type { Secret } from './secret.ts';

/** Who gains and who loses a secret when it is written for the readers of its rule; `null` when nobody provably does. */
export function readerChange({ comparison }: Secret, repository: Repository): string | null {
  if (comparison?.verdict !== 'drift') return null;
  const name = (id: RecipientId): string => {
    const known = repository.recipients.get(id)?.names[0]?.text;
    return known === undefined ? id : `${known} (${id})`;
  };
  const gains = comparison.missing.map(name);
  const { count, of } = comparison.missingAmong;
  if (count > 0) gains.push(`${count} of ${of.map(name).join(', ')}`);
  const loses = comparison.extra.map(({ kind, tag, recipient }) =>
    recipient ? name(recipient) : `an unknown ${kind} key${tag ? ` with tag ${tag}` : ''}`,
  );
  return [
    ...(gains.length > 0 ? [`becomes readable for ${gains.join(', ')}`] : []),
    ...(loses.length > 0 ? [`no longer readable for ${loses.join(', ')}`] : []),
  ].join('; ');
}
