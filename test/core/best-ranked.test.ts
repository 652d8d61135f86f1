import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestRanked } from '../../src/core/best-ranked.ts';

test('what is kept is what sorting everything and cutting would keep, equals in the order they came', () => {
  const ranks = fc.array(fc.constantFrom(0, 1, 1.5, 2, 7.25, 8), { maxLength: 200 });
  fc.assert(
    fc.property(ranks, fc.integer({ min: 1, max: 20 }), (given, limit) => {
      const offers = given.map((rank, index) => ({ rank, index }));
      const kept = bestRanked<(typeof offers)[number]>(limit);
      for (const offer of offers) if (kept.wants(offer.rank)) kept.add(offer);
      expect(kept.best()).toEqual(offers.toSorted((a, b) => a.rank - b.rank).slice(0, limit));
    }),
  );
});

test('once there is enough, what is no better is not wanted', () => {
  const kept = bestRanked<{ readonly rank: number }>(2);
  for (const rank of [3, 1, 2, 3]) kept.add({ rank });
  expect([kept.wants(2), kept.wants(1.9)]).toEqual([false, true]);
});
