import type { ReaderChange } from './reader-change.ts';
import type { RecipientId } from './recipient.ts';
import type { Repository } from './repository.ts';

/** A change of readers in words, without those that are meant; `null` when nobody else provably gains or loses. */
export function sayReaderChange(
  { gains, gainsAmong, loses }: ReaderChange,
  meant: readonly RecipientId[],
  repository: Repository,
): string | null {
  const isMeant = new Set(meant);
  const name = (id: RecipientId): string => {
    const recipient = repository.recipients.get(id);
    const known = recipient?.alias ?? recipient?.names[0]?.text;
    return known === undefined ? id : `${known} (${id})`;
  };
  const { count, of } = gainsAmong;
  const gaining = [
    ...gains.filter((id) => !isMeant.has(id)).map(name),
    ...(count > 0 ? [`${count} of ${of.map(name).join(', ')}`] : []),
  ];
  const losing = loses
    .filter(({ recipient }) => recipient === undefined || !isMeant.has(recipient))
    .map(({ kind, tag, recipient }) =>
      recipient ? name(recipient) : `an unknown ${kind} key${tag ? ` with tag ${tag}` : ''}`,
    );
  const says = [
    ...(gaining.length > 0 ? [`becomes readable for ${gaining.join(', ')}`] : []),
    ...(losing.length > 0 ? [`no longer readable for ${losing.join(', ')}`] : []),
  ];
  return says.length === 0 ? null : says.join('; ');
}
