import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/protocol/viewerApi.ts';
import { clampedTop, rowsBetween } from '../../../webview/viewer/rowLayout.ts';
import { rows } from './someRows.ts';

const all = rows(0, 100);
const flat = (): number => 20;

describe('rows between two heights', () => {
  it('are laid out from an anchor in both directions', () => {
    const placed = rowsBetween(all, { index: 50, y: 0 }, -40, 60, flat);
    expect(placed.map(({ index, y }) => [index, y])).toEqual([
      [48, -40],
      [49, -20],
      [50, 0],
      [51, 20],
      [52, 40],
    ]);
  });

  it('are found however far away the anchor is', () => {
    expect(
      rowsBetween(all, { index: 0, y: 0 }, 1000, 1020, flat).map(({ index }) => index),
    ).toEqual([50]);
    expect(
      rowsBetween(all, { index: 99, y: 0 }, -1000, -980, flat).map(({ index }) => index),
    ).toEqual([49]);
  });

  it('have the heights that they were measured with', () => {
    const high = (row: Row): number => (row.line % 2 === 0 ? 60 : 20);
    const placed = rowsBetween(all, { index: 10, y: 0 }, -70, 100, high);
    expect(placed.map(({ index, y, height }) => [index, y, height])).toEqual([
      [8, -80, 20],
      [9, -60, 60],
      [10, 0, 20],
      [11, 20, 60],
      [12, 80, 20],
    ]);
  });

  it('are at least one beyond the ends, and none of nothing', () => {
    expect(rowsBetween(all, { index: 99, y: 0 }, 500, 600, flat)).toHaveLength(1);
    expect(rowsBetween([], { index: 0, y: 0 }, 0, 100, flat)).toEqual([]);
  });
});

describe('the upper edge of a view', () => {
  const top = (wanted: number): number => {
    const placed = rowsBetween(all, { index: 0, y: 0 }, wanted, wanted + 200, flat);
    return clampedTop(wanted, 200, placed, all);
  };

  it('stays within what was read', () => {
    expect([top(-50), top(30), top(1790), top(5000)]).toEqual([0, 30, 1790, 1800]);
  });

  it('is at the first row where all of them fit', () => {
    const few = rows(0, 3);
    const placed = rowsBetween(few, { index: 0, y: 0 }, -10, 200, flat);
    expect(clampedTop(40, 200, placed, few)).toBe(0);
  });
});
