import { isStrong } from './blockFeatures.ts';
import { signal } from './lineSignals.ts';
import type { BuildRun } from './readBuild.ts';

/** Whether the run failed, as far as the log says. */
export type RunVerdict = 'failed' | 'passed' | 'unclear';

/** Non-blank lines at the end that state how a run went: totals, the tool's last word, its wrapper's. */
const closingLines = 60;

/**
 * What became of the run. A stated exit decides; without one the closing lines do: a count of
 * failures or a wrapper that gives up means it failed, a summary without them that it passed.
 */
export function runVerdict(run: BuildRun): RunVerdict {
  if (run.shape.passed !== null) return run.shape.passed ? 'passed' : 'failed';
  const last = run.regions.at(-1);
  if (last === undefined) return 'unclear';
  let seen = 0;
  let summarised = false;
  let strong = false;
  for (let i = last.signals.length - 1; i >= 0 && seen < closingLines; i -= 1) {
    const signals = last.signals[i]!;
    if ((signals & signal.blank) !== 0) continue;
    seen += 1;
    const routine =
      (signals & (signal.negated | signal.ok | signal.warning | signal.infoLevel)) !== 0;
    if (!routine && (signals & (signal.consequence | signal.failedCount)) !== 0) return 'failed';
    if ((signals & signal.summary) !== 0 && (signals & signal.failedCount) === 0) summarised = true;
    if ((signals & signal.errorPrefix) !== 0 && isStrong(signals)) strong = true;
  }
  if (summarised) return 'passed';
  return strong ? 'failed' : 'unclear';
}
