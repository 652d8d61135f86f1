import type { Chapter } from './catalogue.ts';
import type { HistoryCommit } from './write-history.ts';

const day = 24 * 60 * 60;

const authors = {
  alice: { name: 'Alice', email: 'alice@example.org' },
  bob: { name: 'Bob', email: 'bob@example.org' },
  carol: { name: 'Carol', email: 'carol@example.org' },
};

const chapters: readonly {
  chapter: Chapter;
  author: keyof typeof authors;
  daysAgo: number;
  subject: string;
}[] = [
  { chapter: 'start', author: 'alice', daysAgo: 760, subject: 'start: six hosts, two people and zephyr' },
  {
    chapter: 'services',
    author: 'bob',
    daysAgo: 540,
    subject: 'services: move their secrets out of the old wiki',
  },
  { chapter: 'databases', author: 'carol', daysAgo: 400, subject: 'databases: a password each, and backups' },
  { chapter: 'mail', author: 'alice', daysAgo: 390, subject: 'mail: three domains on borealis' },
  { chapter: 'retire', author: 'alice', daysAgo: 330, subject: 'hosts: switch zephyr off' },
  { chapter: 'rotate', author: 'bob', daysAgo: 21, subject: 'shared: new wifi passphrase' },
];

/** The repository's story: `filesOf` gives what each chapter adds or changes. `now` in seconds since 1970. */
export function tellHistory(
  filesOf: (chapter: Chapter) => ReadonlyMap<string, Uint8Array | null>,
  now: number,
): HistoryCommit[] {
  return chapters.map(({ chapter, author, daysAgo, subject }) => ({
    author: authors[author],
    when: now - daysAgo * day,
    subject,
    files: filesOf(chapter),
  }));
}
