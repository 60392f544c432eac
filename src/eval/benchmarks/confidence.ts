import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import type { ConfidenceCase } from '../confidence/confidenceCases.ts';
import { confidenceCases } from '../confidence/confidenceCases.ts';
import type { Judged } from '../metrics/reliability.ts';
import { brier, calibrationError, coverageAt, reliabilityBins } from '../metrics/reliability.ts';
import { row } from '../rows.ts';

const bins = 10;
const wantedPrecision = 0.9;

/** Whether a report is right as often as its confidence says. */
export const confidence: Benchmark = {
  name: 'confidence',
  title: 'Confidence of explanations without a model, against how often they are right',
  dataSet: 'scenarios',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const cases = await confidenceCases(folder, onProgress);
    const development = cases.filter(({ half }) => half === 'development');
    const other = cases.filter(({ half }) => half === 'other');
    const families = [...new Set(cases.map(({ family }) => family))];
    return {
      rows: confidenceRows({ development, other, all: cases }),
      notes: [
        `${cases.length} reports: generated incidents and their twins (development: as known programs log them; other: reworded)${families.includes('jobs') ? ', jobs of a cluster' : ''}${families.includes('faults') ? ', injected faults with and without the fault-free round, and the rounds without fault' : ''}.`,
        'Right: the named category (of injected faults the subsystem) is the true one; a report of no incident is right where there was none. An inconclusive report on healthy logs counts as wrong.',
        'The weights were fitted on the development half.',
      ],
    };
  },
};

type Halves<T> = Record<'development' | 'other' | 'all', T>;

function confidenceRows(cases: Halves<readonly ConfidenceCase[]>): Row[] {
  const each = (of: (part: readonly ConfidenceCase[]) => number): Halves<number> => ({
    development: of(cases.development),
    other: of(cases.other),
    all: of(cases.all),
  });
  const judgedOf = (part: readonly ConfidenceCase[]): Judged[] =>
    part.map(({ confidence: { value }, right }) => ({ score: value, hit: right }));
  const floor = judgedOf(cases.all).map(({ hit }) => ({ score: share(cases.all), hit }));
  return [
    row({
      measure: `expected calibration error, ${bins} bins`,
      better: 'less',
      ...each((part) => calibrationError(judgedOf(part), bins)),
      must: 0.1,
      stretch: 0.05,
    }),
    row({
      measure: 'Brier score',
      better: 'less',
      floors: [{ name: 'share of right reports', value: brier(floor) }],
      ...each((part) => brier(judgedOf(part))),
    }),
    row({
      measure: `coverage where ${wantedPrecision * 100} % are right`,
      ...each((part) => coverageAt(judgedOf(part), wantedPrecision)),
    }),
    row({ measure: 'reports that are right', ...each(share) }),
    ...(['high', 'medium', 'low'] as const).flatMap((level) => [
      row({
        measure: `${level}: share that is right`,
        ...each((part) => share(atLevel(part, level))),
        ...(level === 'high' ? { must: 0.8 } : {}),
      }),
      row({
        measure: `${level}: reports`,
        unit: 'count',
        ...each((part) => atLevel(part, level).length),
      }),
    ]),
    ...reliabilityBins(judgedOf(cases.all), bins)
      .map((bin, index) => ({ bin, index }))
      .filter(({ bin }) => bin.count > 0)
      .map(({ bin, index }) =>
        row({
          measure: `confidence ${bin.from.toFixed(1)}-${bin.to.toFixed(1)} (${bin.count}, mean ${bin.claimed.toFixed(2)}): share that is right`,
          ...each((part) => reliabilityBins(judgedOf(part), bins)[index]?.observed ?? Number.NaN),
        }),
      ),
  ];
}

function atLevel(
  cases: readonly ConfidenceCase[],
  level: ConfidenceCase['confidence']['level'],
): readonly ConfidenceCase[] {
  return cases.filter(({ confidence: claimed }) => claimed.level === level);
}

function share(cases: readonly ConfidenceCase[]): number {
  return cases.filter(({ right }) => right).length / cases.length;
}
