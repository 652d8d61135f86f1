import { shortKey } from './recipient-label.ts';

/** What a key is called before the user: by the user, by the repository, else by a part of it. Untrusted text. */
export const keyLabel = (key: {
  readonly alias: string | null;
  readonly name: string | null;
  readonly key: string;
}): string => key.alias ?? key.name ?? shortKey(key.key);
