import { describe, expect, test } from 'vitest';
import { cellState, cellStates, isReading } from '../../src/core/cell-state.ts';
import type { MatrixCell } from '../../src/core/matrix.ts';
import type { Secret, SecretState } from '../../src/core/secret.ts';

const rule = { rulesFile: 'secrets.nix', key: 'a.age' };
const row = (state: SecretState, hasRule = true): Pick<Secret, 'state' | 'rule'> => ({
  state,
  ...(hasRule && { rule }),
});

describe('the state of a cell', () => {
  test.each<[string, Pick<Secret, 'state' | 'rule'>, MatrixCell]>([
    ['proven', row('ok'), { declared: 'yes', actual: 'yes' }],
    ['counted', row('unknown'), { declared: 'yes', actual: 'unknown' }],
    ['missing', row('drift'), { declared: 'yes', actual: 'no' }],
    ['absent', row('missing'), { declared: 'yes', actual: 'no' }],
    ['undecidable', row('damaged'), { declared: 'yes', actual: 'unknown' }],
    ['none', row('ok'), { declared: 'no', actual: 'no' }],
    ['none', row('missing'), { declared: 'no', actual: 'no' }],
    ['extra', row('drift'), { declared: 'no', actual: 'yes' }],
    ['unruled', row('orphan', false), { declared: 'no', actual: 'yes' }],
    ['undecidable', row('drift'), { declared: 'no', actual: 'unknown' }],
    ['unruled', row('unknown', false), { declared: 'unknown', actual: 'yes' }],
    ['undecidable', row('unknown', false), { declared: 'unknown', actual: 'no' }],
    ['undecidable', row('unknown', false), { declared: 'unknown', actual: 'unknown' }],
  ])('is %s for %j and %j', (state, secret, cell) => {
    expect(cellState(secret, cell)).toBe(state);
  });

  test('counts as reading where it is declared or found on the file', () => {
    expect(cellStates.filter((state) => !isReading(state))).toEqual(['none', 'undecidable']);
  });
});
