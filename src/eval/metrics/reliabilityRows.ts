import type { Row } from '../benchmark.ts';
import { row } from '../rows.ts';
import { brier, calibrationError, reliabilityBins } from './reliability.ts';
import type { Judged } from './reliability.ts';

/** A finding with its severity and whether it is true. */
export interface JudgedFinding extends Judged {
  readonly severity: string;
}

/** Share of true findings at `high`, the reliability curve, and its summaries. */
export function reliabilityRows(
  truth: string,
  development: readonly JudgedFinding[],
  other: readonly JudgedFinding[],
): Row[] {
  const all = [...development, ...other];
  if (all.length === 0) return [];
  const halves = <T>(
    of: (judged: readonly JudgedFinding[]) => T,
  ): Record<'development' | 'other' | 'all', T> => ({
    development: of(development),
    other: of(other),
    all: of(all),
  });
  const bins = reliabilityBins(all);
  return [
    row({
      measure: `findings at high: share that ${truth}`,
      floors: [{ name: 'all findings', value: share(all) }],
      ...halves((judged) => share(judged.filter(({ severity }) => severity === 'high'))),
      must: 0.8,
    }),
    row({ measure: 'findings at high', unit: 'count', ...halves(highCount) }),
    row({ measure: 'Brier score', better: 'less', ...halves(brier) }),
    row({ measure: 'expected calibration error', better: 'less', ...halves(calibrationError) }),
    ...bins
      .map((bin, index) => ({ bin, index }))
      .filter(({ bin }) => bin.count > 0)
      .map(({ bin, index }) =>
        row({
          measure: `score ${bin.from.toFixed(1)}-${bin.to.toFixed(1)} (${bin.count}, mean ${bin.claimed.toFixed(2)}): share that is true`,
          ...halves((judged) => reliabilityBins(judged)[index]?.observed ?? Number.NaN),
        }),
      ),
  ];
}

function share(judged: readonly Judged[]): number {
  return judged.filter(({ hit }) => hit).length / judged.length;
}

function highCount(judged: readonly JudgedFinding[]): number {
  return judged.filter(({ severity }) => severity === 'high').length;
}
