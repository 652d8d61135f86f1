import type { Splice } from '../../../core/splice.ts';
import { encodeText } from '../byte-string.ts';
import type { EntrySet } from './entry-places.ts';
import { attributeName, quoteNix } from './nix-name.ts';

/** The first part of the path of each of the entry's statements; nothing where that is computed or inherited. */
export function renamingOf({ entries }: EntrySet, key: string, to: string): readonly Splice[] {
  return (entries.get(key) ?? []).flatMap(({ names: [first], equals }) =>
    first === undefined || first.name === null || equals === null
      ? []
      : [
          {
            start: first.start,
            end: first.end,
            text: encodeText(first.quoted ? quoteNix(to) : attributeName(to)),
          },
        ],
  );
}
