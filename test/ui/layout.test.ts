import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inside, layout, type Rect, splitForDetail, windowTop } from '../../src/ui/layout.ts';

const panes = fc.constantFrom('list', 'value', 'facts');
const cells = (rect: Rect | null): number => (rect ? rect.width * rect.height : 0);

describe('the layout', () => {
  test.each([
    [23, 24, 'too-small'],
    [80, 5, 'too-small'],
    [24, 6, 'one'],
    [40, 12, 'one'],
    [59, 24, 'one'],
    [60, 24, 'stack'],
    [60, 12, 'one'],
    [79, 24, 'stack'],
    [80, 24, 'two'],
    [119, 40, 'two'],
    [120, 40, 'three'],
    [200, 50, 'three'],
  ])('%i×%i is %s', (columns, rows, kind) => {
    expect(layout({ columns, rows, pane: 'list', isRevealed: false }).kind).toBe(kind);
  });

  test('panes fill the body exactly and do not overlap, at every size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24, max: 300 }),
        fc.integer({ min: 6, max: 100 }),
        panes,
        fc.boolean(),
        (columns, rows, pane, isRevealed) => {
          const all = layout({ columns, rows, pane, isRevealed });
          const { body, list, value, facts } = all;
          expect(all[pane], 'the pane with the focus is there').not.toBeNull();
          expect(body.height).toBe(rows - 4);
          const rects = [list, value, facts].filter((rect) => rect !== null);
          expect(rects.reduce((sum, rect) => sum + cells(rect), 0)).toBe(cells(body));
          for (const { x, y, width, height } of rects) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(y).toBeGreaterThanOrEqual(body.y);
            expect(x + width).toBeLessThanOrEqual(columns);
            expect(y + height).toBeLessThanOrEqual(body.y + body.height);
          }
        },
      ),
    );
  });

  test('a revealed value has a low column for itself, unless the facts have the focus', () => {
    const low = { columns: 40, rows: 18, isRevealed: true } as const;
    expect(layout({ ...low, pane: 'value' })).toMatchObject({ value: { height: 14 }, facts: null });
    expect(layout({ ...low, pane: 'facts' })).toMatchObject({ value: null, facts: { height: 14 } });
    expect(layout({ ...low, pane: 'value', isRevealed: false }).facts).not.toBeNull();
  });

  test('a list and its detail fill the body', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 90 }), (height) => {
        const { list, detail } = splitForDetail({ x: 0, y: 2, width: 80, height });
        expect(list.height + (detail?.height ?? 0)).toBe(height);
        expect(inside(list, true).height).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('the window of a list holds the cursor, stays inside and moves as little as it can', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(499), fc.integer({ min: 1, max: 60 }), (top, at, height) => {
        const count = 500;
        const next = windowTop(top, at, height, count);
        expect(at).toBeGreaterThanOrEqual(next);
        expect(at).toBeLessThan(next + height);
        expect(next).toBeLessThanOrEqual(Math.max(0, count - height));
        const isSeen = top <= at && at < top + height && top <= count - height;
        if (isSeen) expect(next).toBe(top);
      }),
    );
  });
});
