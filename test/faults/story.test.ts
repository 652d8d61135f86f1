import { expect, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { tellStory } from './support/random-story.ts';

describeWithPeers('a random story of writes, undos, redos and kills', ['strace', 'git'], () => {
  test.each([1, 2, 3])(
    'agrees with a pile of snapshots (seed %i)',
    async (seed) => {
      const story = await tellStory(seed, 12);
      expect(story.contradictions).toEqual([]);
      expect(story.acts).toBe(12);
      expect(story.kills).toBeGreaterThan(1);
    },
    300_000,
  );
});
