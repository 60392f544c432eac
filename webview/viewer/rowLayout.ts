import type { Row } from '../../src/protocol/viewerApi.ts';

/** A row and where it lies, in the pixels in which rows are laid out. */
export interface Placed {
  readonly row: Row;
  readonly index: number;
  readonly y: number;
  readonly height: number;
}

/** The row from which the others are laid out. */
export interface Anchor {
  readonly index: number;
  readonly y: number;
}

/**
 * The rows that lie between two heights, laid out from an anchor upwards and downwards; at least one
 * where there are rows. Nothing has the height of the log: only what is near is ever summed up.
 */
export function rowsBetween(
  rows: readonly Row[],
  anchor: Anchor,
  from: number,
  to: number,
  heightOf: (row: Row) => number,
): readonly Placed[] {
  let { index, y } = anchor;
  while (index > 0 && y > from) {
    index -= 1;
    y -= heightAt(rows, index, heightOf);
  }
  while (index < rows.length - 1 && y + heightAt(rows, index, heightOf) <= from) {
    y += heightAt(rows, index, heightOf);
    index += 1;
  }
  const placed: Placed[] = [];
  for (; index < rows.length && (y < to || placed.length === 0); index += 1) {
    const row = rows[index];
    if (row === undefined) break;
    const height = heightOf(row);
    placed.push({ row, index, y, height });
    y += height;
  }
  return placed;
}

function heightAt(rows: readonly Row[], index: number, heightOf: (row: Row) => number): number {
  const row = rows[index];
  return row === undefined ? 0 : heightOf(row);
}

/** The upper edge of a view nearest to `top` at which it stays within the rows that were read. */
export function clampedTop(
  top: number,
  height: number,
  placed: readonly Placed[],
  rows: readonly Row[],
): number {
  const first = placed[0];
  const last = placed.at(-1);
  if (first === undefined || last === undefined) return 0;
  let within = top;
  if (last.index === rows.length - 1) within = Math.min(within, last.y + last.height - height);
  if (first.index === 0) within = Math.max(within, first.y);
  return within;
}
