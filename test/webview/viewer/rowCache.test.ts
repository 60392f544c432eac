import { describe, expect, it } from 'vitest';
import { RowCache } from '../../../webview/viewer/rowCache.ts';
import { row, rows } from './someRows.ts';

function cacheOf(from: number, to: number): RowCache {
  const cache = new RowCache();
  cache.add(rows(from, to));
  return cache;
}

describe('rows that were read', () => {
  it('grow on either side without a hole', () => {
    const cache = cacheOf(10, 20);
    expect(cache.add(rows(20, 25))).toBe(true);
    expect(cache.add(rows(5, 11))).toBe(true);
    expect(cache.rows.map(({ line }) => line)).toEqual(rows(5, 25).map(({ line }) => line));
    expect(cache.end).toBe(250);
  });

  it('give way to rows of another place', () => {
    const cache = cacheOf(10, 20);
    expect(cache.add(rows(50, 60))).toBe(false);
    expect(cache.first?.byte).toBe(500);
  });

  it('stay the same objects where nothing changed, and are others where it did', () => {
    const cache = cacheOf(0, 5);
    const before = cache.rows[3];
    cache.add([row(3), row(4, { bytes: 25, text: 'line 4 goes on' }), row(6, { byte: 65 })]);
    expect(cache.rows[3]).toBe(before);
    expect(cache.rows[4]?.text).toBe('line 4 goes on');
    expect(cache.rows.map(({ byte }) => byte)).toEqual([0, 10, 20, 30, 40, 65]);
  });

  it('are found by any byte inside them', () => {
    const cache = cacheOf(10, 20);
    expect(cache.indexOf(100)).toBe(0);
    expect(cache.indexOf(109)).toBe(0);
    expect(cache.indexOf(199)).toBe(9);
    expect(cache.indexOf(200)).toBe(-1);
    expect(cache.indexOf(99)).toBe(-1);
  });

  it('are let go far from where the reader is, never under his eyes', () => {
    const cache = cacheOf(0, 5000);
    cache.trim(25_000);
    expect(cache.rows).toHaveLength(1200);
    expect(cache.indexOf(25_000)).toBe(600);
    cache.trim(cache.first?.byte ?? 0);
    expect(cache.rows).toHaveLength(1200);
  });
});
