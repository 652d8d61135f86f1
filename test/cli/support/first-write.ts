import { expect } from 'vitest';

/** What the first write to a repository says on stderr, and nothing else. */
export const onlyFirstWrite: string = expect.stringMatching(
  /^keyhole: first write here: \d+ readers? of the rules accepted; a new one will be asked about\n$/,
);
