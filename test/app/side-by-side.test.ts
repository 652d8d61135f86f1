import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sideBySide } from '../../src/app/side-by-side.ts';

const turn = () => new Promise((resume) => setImmediate(resume));

test('results come in the order of the items, whichever is done first, and never many are under way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 100 }), async (turns) => {
      let underWay = 0;
      let most = 0;
      const work = async (index: number): Promise<number> => {
        underWay += 1;
        most = Math.max(most, underWay);
        for (let left = turns[index] ?? 0; left > 0; left -= 1) await turn();
        underWay -= 1;
        return index;
      };
      const results: number[] = [];
      for await (const batch of sideBySide([...turns.keys()], work)) results.push(...batch);
      expect(results).toEqual([...turns.keys()]);
      expect(most).toBe(Math.min(turns.length, 32));
    }),
    { numRuns: 20 },
  );
});

test('nothing more is begun once nobody asks for the next batch', async () => {
  const begun: number[] = [];
  const work = async (item: number) => begun.push(item);
  for await (const _ of sideBySide([...Array(100).keys()], work)) break;
  expect(begun).toHaveLength(32);
});
