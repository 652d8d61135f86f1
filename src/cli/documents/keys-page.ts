import { type KeyBinding, keyGroups } from '../help/key-groups.ts';
import { markdownPage, markdownTable } from './markdown.ts';

/** `docs/keys.md`, from the table that the UI dispatches on. */
export const keysPage = (bindings: readonly KeyBinding[]): string =>
  markdownPage(
    'Keys of the UI',
    keyGroups(bindings).flatMap(({ heading, keys }) => [
      `## ${heading}`,
      markdownTable(
        ['keys', ''],
        keys.map(([words, does]) => [words, does]),
      ),
    ]),
  );
