import type { ExtraReader } from './comparison.ts';
import { isOnFile } from './matrix.ts';
import type { RecipientId } from './recipient.ts';
import type { Repository } from './repository.ts';
import type { Secret } from './secret.ts';

/** Who gains and who loses a file that is written for other readers than it has. */
export interface ReaderChange {
  /** Readers on the file now; `null` where there is none or its header cannot be read. */
  readonly before: number | null;
  readonly after: number;
  readonly gains: readonly RecipientId[];
  /** So many of these anonymous keys gain it as well; nobody can say which. */
  readonly gainsAmong: { readonly count: number; readonly of: readonly RecipientId[] };
  readonly loses: readonly ExtraReader[];
}

/** What the header of a secret's file and the rules so far prove; `readers` are those that it is to have. */
export function readerChange(
  repository: Repository,
  secret: Secret,
  readers: readonly RecipientId[],
): ReaderChange {
  const { comparison, declared } = secret;
  const wanted = new Set(readers);
  const nobody = { count: 0, of: [] };
  if (comparison === undefined || comparison.verdict === 'invalid')
    return { before: null, after: wanted.size, gains: [...wanted], gainsAmong: nobody, loses: [] };
  const known = new Set(declared);
  const absent = new Set(comparison.missing);
  const { count, of } = comparison.missingAmong;
  const among = of.filter((id) => wanted.has(id));
  return {
    before: comparison.matched.length + comparison.extra.length + comparison.unknown,
    after: wanted.size,
    gains: [...wanted].filter((id) =>
      known.has(id) ? absent.has(id) : isOnFile(repository, secret, id) !== 'yes',
    ),
    gainsAmong: { count: Math.min(count, among.length), of: among },
    loses: [
      ...comparison.extra.filter(({ recipient }) => recipient === undefined || !wanted.has(recipient)),
      ...declared
        .filter((id) => !wanted.has(id) && !absent.has(id))
        .map((id) => ({ kind: repository.recipients.get(id)?.kind ?? 'key', recipient: id })),
    ],
  };
}
