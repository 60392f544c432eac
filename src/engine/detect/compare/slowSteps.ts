import type { ComparedRun } from './comparedRun.ts';
import { maxBits, minBits } from './drift.ts';
import type { Drift } from './drift.ts';

const slowFactor = 5;
const slowMilliseconds = 2000;
/** Share of all steps that are shorter than what is taken as usual at least. */
const usualShare = 0.9;

interface Step {
  readonly gap: number;
  readonly seen: number;
}

/**
 * Messages that come much later after the one before them than in any good run. A step between two
 * messages that no good run shows in a row is measured against the longest of all their steps.
 */
export function slowSteps(run: ComparedRun, goodRuns: readonly ComparedRun[]): Drift[] {
  const longest = new Map<string, Step>();
  const gaps: number[] = [];
  for (const good of goodRuns) {
    forEachStep(good, (from, to, gap) => {
      gaps.push(gap);
      const key = `${good.template[from]!} ${good.template[to]!}`;
      const known = longest.get(key);
      longest.set(key, { gap: Math.max(known?.gap ?? 0, gap), seen: (known?.seen ?? 0) + 1 });
    });
  }
  if (gaps.length === 0) return [];
  gaps.sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length * usualShare)]!;
  const any: Step = { gap: gaps.at(-1)!, seen: gaps.length };
  const drifts: Drift[] = [];
  forEachStep(run, (from, to, gap) => {
    if (gap < slowMilliseconds) return;
    const known = longest.get(`${run.template[from]!} ${run.template[to]!}`) ?? any;
    const expected = Math.max(known.gap, usual, 1);
    const factor = gap / expected;
    if (factor < slowFactor) return;
    drifts.push({
      kind: 'slower',
      line: to,
      lines: [to],
      template: run.template[to]!,
      bits: Math.min(maxBits, Math.log2(factor) + Math.log2(1 + known.seen) + 2),
      observed: seconds(gap),
      expected: `at most ${seconds(expected)} in ${known.seen === 1 ? 'one case' : `${known.seen} cases`}`,
    });
  });
  return drifts.filter((drift) => drift.bits >= minBits);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function forEachStep(
  run: ComparedRun,
  visit: (from: number, to: number, gap: number) => void,
): void {
  let from = -1;
  for (let line = 0; line < run.count; line += 1) {
    const time = run.time[line]!;
    if (Number.isNaN(time)) continue;
    if (from >= 0) {
      const gap = time - run.time[from]!;
      if (gap >= 0) visit(from, line, gap);
    }
    from = line;
  }
}
