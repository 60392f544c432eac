import { featureNames } from './blockFeatures.ts';
import type { RankedBlock } from './rankBlocks.ts';
import type { BuildRun } from './readBuild.ts';
import { signal } from './lineSignals.ts';

/** Lines of output that are shown before the verdict. */
const shownLines = 5;
const mostLines = 9;

/**
 * The last output before the verdict on the step that failed last, with the verdict: a tool that
 * fails without a word leaves nothing else to look at. Null where the log has no failing step.
 */
export function closingBlock(run: BuildRun): RankedBlock | null {
  const last = run.regions.at(-1);
  if (last === undefined) return null;
  const { signals, verdict } = last;
  const end = verdict < 0 ? signals.length : verdict + 1;
  let first = end - 1;
  let shown = 0;
  for (let line = end - 1; line >= 0 && line >= end - mostLines; line -= 1) {
    if ((signals[line]! & signal.blank) !== 0) continue;
    first = line;
    if (line !== verdict) shown += 1;
    if (shown === shownLines) break;
  }
  if (first < 0) return null;
  return {
    first: last.first + first,
    end: last.first + end,
    region: run.regions.length - 1,
    mass: 0,
    bits: new Float64Array(featureNames.length),
  };
}
