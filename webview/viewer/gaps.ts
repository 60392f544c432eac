import type { Row } from '../../src/protocol/viewerApi.ts';

/** Rows on either side that say what is usual, and the fewest distances that say anything. */
const around = 100;
const fewest = 8;

/** A gap is this many times the usual distance, and at least a second. */
const timesUsual = 20;
const leastGap = 1000;

/** The time above a row: of the nearest row above it that has one. */
export function timeAbove(rows: readonly Row[], index: number): number | null {
  for (let at = index - 1; at >= 0 && at >= index - around; at -= 1) {
    const time = rows[at]?.time ?? null;
    if (time !== null) return time;
  }
  return null;
}

/** Milliseconds since the line above; null where either has no time of its own. */
export function deltaAt(rows: readonly Row[], index: number): number | null {
  const row = rows[index];
  if (row === undefined || row.time === null || row.continues) return null;
  const above = timeAbove(rows, index);
  return above === null ? null : row.time - above;
}

/**
 * The usual distance of two lines near a row: the median of the distances above zero among 100 rows on
 * either side. Zero distances are left out, as logs with whole seconds would have no other median.
 */
export function usualDelta(rows: readonly Row[], index: number): number | null {
  const distances: number[] = [];
  let above: number | null = null;
  const end = Math.min(rows.length, index + around);
  for (let at = Math.max(0, index - around); at < end; at += 1) {
    const row = rows[at];
    if (row === undefined || row.time === null || row.continues) continue;
    if (above !== null && row.time > above) distances.push(row.time - above);
    above = row.time;
  }
  if (distances.length < fewest) return null;
  distances.sort((one, other) => one - other);
  return distances[distances.length >> 1] ?? null;
}

/** Whether a distance is a gap beside the usual one. */
export function isGap(delta: number | null, usual: number | null): boolean {
  return delta !== null && usual !== null && delta >= leastGap && delta >= timesUsual * usual;
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/** A length of time in at most two units: `3 ms`, `1.250 s`, `2 min 5 s`, `1 d 3 h`. */
export function duration(milliseconds: number): string {
  const whole = Math.abs(milliseconds);
  if (whole < 1000) return `${Number(whole.toFixed(3))} ms`;
  for (const [index, [length, name]] of units.entries()) {
    if (whole < length) continue;
    const rest = whole % length;
    const [next, nextName] = units[index + 1] ?? [1000, 's'];
    const more = Math.floor(rest / next);
    return `${Math.floor(whole / length)} ${name}${more > 0 ? ` ${more} ${nextName}` : ''}`;
  }
  return `${(whole / 1000).toFixed(whole < 10_000 ? 3 : 1)} s`;
}

/** A distance for the narrow column; backward steps have a minus. */
export function deltaText(delta: number): string {
  if (delta === 0) return '0';
  return `${delta < 0 ? '\u2212' : '+'}${duration(delta)}`;
}
