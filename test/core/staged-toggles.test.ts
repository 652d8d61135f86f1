import { describe, expect, test } from 'vitest';
import { cellStates } from '../../src/core/cell-state.ts';
import {
  countStaged,
  nextToggle,
  nothingStaged,
  stagedList,
  togglesOf,
  withToggles,
} from '../../src/core/staged-toggles.ts';
import { secretId } from './repository-of.ts';

const [a, b] = [secretId('a.age'), secretId('b.age')];

describe('what a cell can become', () => {
  test.each(cellStates)('%s comes round to what it was', (state) => {
    const first = nextToggle(state, null);
    const steps = togglesOf[state].length;
    let at = first;
    for (let step = 1; step < steps; step += 1) at = nextToggle(state, at);
    expect(nextToggle(state, at)).toBeNull();
    expect(first).toBe(togglesOf[state][0] ?? null);
  });

  test('is what changes something: nobody who reads is granted, and nobody who does not is revoked', () => {
    expect(togglesOf.proven).toEqual(['revoke']);
    expect(togglesOf.none).toEqual(['grant']);
    expect(togglesOf.extra).toEqual(['revoke', 'grant']);
    expect(togglesOf.missing).toEqual(['grant', 'revoke']);
    expect(togglesOf.unruled).toEqual([]);
  });
});

describe('what is staged', () => {
  test('is counted, listed, and gone without a trace', () => {
    const staged = withToggles(nothingStaged, [
      { secret: a, reader: 'bob', to: 'grant' },
      { secret: b, reader: 'bob', to: 'revoke' },
      { secret: a, reader: 'web1', to: 'revoke' },
    ]);
    expect(countStaged(staged)).toEqual({ grant: 1, revoke: 2 });
    expect(stagedList(staged)).toEqual([
      { secret: a, reader: 'bob', to: 'grant' },
      { secret: a, reader: 'web1', to: 'revoke' },
      { secret: b, reader: 'bob', to: 'revoke' },
    ]);
    const without = withToggles(staged, [
      { secret: a, reader: 'bob', to: null },
      { secret: a, reader: 'web1', to: null },
      { secret: a, reader: 'nobody', to: null },
    ]);
    expect([...without.keys()]).toEqual([b]);
    expect(countStaged(staged).grant).toBe(1);
  });
});
