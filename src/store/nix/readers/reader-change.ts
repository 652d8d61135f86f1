import type { ReaderKey } from './replace-reader.ts';

/** What is to become of a reader, in all rules files at once. Ids are of its keys. */
export type ReaderChange =
  | {
      readonly kind: 'add';
      readonly name: string;
      readonly key: ReaderKey;
      /** Readers that the new one is written beside, the likeliest first. */
      readonly beside: readonly string[];
      readonly group: string | null;
      /** Entries that it is to read, too; the path of their rules is absolute. */
      readonly entries: readonly { readonly rulesPath: string; readonly key: string }[];
    }
  | { readonly kind: 'join'; readonly name: string; readonly id: string; readonly group: string }
  | { readonly kind: 'leave'; readonly name: string; readonly ids: readonly string[]; readonly group: string }
  | { readonly kind: 'replace'; readonly name: string; readonly old: string; readonly key: ReaderKey }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly ids: readonly string[] }
  | { readonly kind: 'remove'; readonly name: string; readonly ids: readonly string[] };
