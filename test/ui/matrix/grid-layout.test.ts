import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GridInput,
  gridShape,
  signCell,
  slotsFrom,
  windowLeft,
} from '../../../src/ui/matrix/grid-layout.ts';
import type { MatrixColumn } from '../../../src/ui/matrix/matrix-table.ts';

const groups = ['hosts', 'people', 'other', 'unnamed'] as const;
const columnsOf = (sizes: readonly number[]): readonly MatrixColumn[] =>
  sizes.flatMap((size, index) =>
    Array.from({ length: size }, (_, at) => ({
      id: `${index}-${at}`,
      group: groups[index] ?? 'other',
      reader: null,
    })),
  );

const inputs: fc.Arbitrary<GridInput> = fc.record({
  width: fc.integer({ min: 22, max: 300 }),
  height: fc.integer({ min: 1, max: 80 }),
  longestSecret: fc.integer({ min: 0, max: 200 }),
  longestReader: fc.integer({ min: 0, max: 200 }),
  columns: fc.tuple(...groups.map(() => fc.integer({ min: 0, max: 40 }))).map(columnsOf),
});

describe('the grid', () => {
  test('never draws beyond its width, nor two things in one cell', () => {
    fc.assert(
      fc.property(inputs, fc.nat(200), (input, left) => {
        const shape = gridShape(input);
        const slots = slotsFrom(shape, input.columns, Math.min(left, input.columns.length));
        let end = 2 + shape.nameCells;
        for (const slot of slots) {
          expect(slot.x - (slot.isApart ? 2 : 0)).toBeGreaterThanOrEqual(end);
          expect(signCell(slot) + 1).toBeLessThan(slot.x + shape.columnCells);
          end = slot.x + shape.columnCells;
        }
        expect(end).toBeLessThanOrEqual(Math.max(input.width, 2 + shape.nameCells));
      }),
    );
  });

  test('has the column of the cursor in sight, wherever it was before, and no room that could show another', () => {
    fc.assert(
      fc.property(inputs, fc.nat(200), fc.nat(200), (input, left, at) => {
        const { columns } = input;
        fc.pre(columns.length > 0);
        const shape = gridShape(input);
        const cursor = at % columns.length;
        const from = windowLeft(shape, columns, left, cursor);
        const seen = slotsFrom(shape, columns, from).map(({ index }) => index);
        if (slotsFrom(shape, columns, cursor).length > 0) expect(seen).toContain(cursor);
        const wider = slotsFrom(shape, columns, from - 1).at(-1)?.index;
        if (from > 0 && seen.at(-1) === columns.length - 1) expect(wider).not.toBe(columns.length - 1);
        // It stays where it is when the cursor is in sight.
        expect(windowLeft(shape, columns, from, cursor)).toBe(from);
      }),
    );
  });

  test('shows all readers where they fit, with as much of their names as fits', () => {
    const columns = columnsOf([6, 3]);
    const wide = gridShape({ width: 118, height: 30, longestSecret: 30, longestReader: 9, columns });
    expect(wide.columnCells).toBe(8);
    expect(slotsFrom(wide, columns, 0).length).toBe(9);
    const tight = gridShape({ width: 78, height: 30, longestSecret: 30, longestReader: 9, columns });
    expect(tight.columnCells).toBe(6);
    expect(slotsFrom(tight, columns, 0).length).toBeLessThan(9);
  });

  test('keeps lines for rows, whatever the height', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { head, height, explained, hasLegend } = gridShape(input);
        expect(height).toBeGreaterThan(0);
        if (input.height >= 3) expect(head + height + explained + Number(hasLegend)).toBe(input.height);
      }),
    );
  });
});
