import type { Figure, Floor, Met, Row, Unit } from './benchmark.ts';

/** What is known of a row; a number stands for a figure that was measured once. */
export interface RowParts {
  readonly measure: string;
  readonly unit?: Unit;
  readonly better?: 'more' | 'less';
  readonly floors?: readonly Floor[];
  readonly development?: Figure | number | null;
  readonly other?: Figure | number | null;
  readonly all?: Figure | number | null;
  readonly must?: number;
  readonly stretch?: number;
  /** The target is set for the whole; else the other half must reach it as well. */
  readonly wholeJudged?: true;
}

/** A row with its target judged. */
export function row(parts: RowParts): Row {
  const better = parts.better ?? 'more';
  const other = asFigure(parts.other);
  const all = asFigure(parts.all);
  const must = parts.must ?? null;
  const stretch = parts.stretch ?? null;
  return {
    measure: parts.measure,
    unit: parts.unit ?? 'share',
    better,
    floors: parts.floors ?? [],
    development: asFigure(parts.development),
    other,
    all,
    must,
    stretch,
    met: judge(parts.wholeJudged === true ? [all] : [other, all], { better, must, stretch }),
  };
}

/** Several measurements of the same thing; null for none. */
export function figureOf(values: readonly number[]): Figure | null {
  if (values.length === 0) return null;
  return {
    mean: mean(values),
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

/** Not a number for none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Not a number for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

function asFigure(value: Figure | number | null | undefined): Figure | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') return value;
  return Number.isNaN(value) ? null : { mean: value, least: value, most: value };
}

/** A target is met when all of the figures reach it. */
function judge(
  figures: readonly (Figure | null)[],
  target: { better: 'more' | 'less'; must: number | null; stretch: number | null },
): Met {
  const means = figures.filter((figure) => figure !== null).map((figure) => figure.mean);
  if (target.must === null || means.length === 0) return null;
  const reaches = (goal: number): boolean =>
    means.every((value) => (target.better === 'more' ? value >= goal : value <= goal));
  if (target.stretch !== null && reaches(target.stretch)) return 'stretch';
  return reaches(target.must) ? 'must' : 'missed';
}
