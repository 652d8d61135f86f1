import { readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { zoo } from './animals.ts';
import { buildCage, canary, goodSecret } from './cage.ts';
import { visit } from './visit.ts';

describeWithPeers('a hostile repository', ['git'], () => {
  test.each(zoo.map(({ kind, animal }) => [`${kind} ${animal.name}`, animal] as const))(
    '%s',
    async (name, animal) => {
      const cage = await buildCage(name);
      onTestFinished(() => rmSync(dirname(cage.root), { recursive: true, force: true }));
      await animal.build(cage);
      const { secret, problem, open } = animal.sign;
      const seen = await visit({ root: cage.root, home: cage.home, open: open ? [open.id] : [] });

      // The rest stays usable.
      expect(seen.list.secrets.find(({ id }) => id === goodSecret)).toMatchObject({
        state: 'ok',
        readable: 'yes',
      });
      expect(seen.opened[goodSecret]).toBe('2 keys');
      // The bad thing is there to be seen.
      if (secret) {
        const row = seen.list.secrets.find(({ id }) => id === secret.id);
        expect(row?.state).toBe(secret.state);
        if (secret.says) expect(row?.problem?.says).toMatch(secret.says);
      }
      if (problem) {
        const lines = seen.list.problems.map(({ where, says }) => ({ where, says }));
        expect(lines).toContainEqual({
          where: expect.stringMatching(problem.where),
          says: expect.stringMatching(problem.says),
        });
      }
      if (open) expect(seen.opened[open.id]).toMatch(open.gives);
      // Nothing from outside came in, and nothing ran.
      expect(JSON.stringify(seen)).not.toContain(canary);
      expect(readdirSync(cage.marks)).toEqual([]);
      expect(({} as { polluted?: string }).polluted).toBeUndefined();
    },
  );
});

describe('the zoo', () => {
  test('has at least 40 animals', () => {
    expect(zoo.length).toBeGreaterThanOrEqual(40);
  });
});
