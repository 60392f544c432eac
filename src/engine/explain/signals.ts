import { instructionIn } from '../privacy/instructionIn.ts';
import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { blockSignal } from './blockSignals.ts';
import { collectTraces } from './collectTraces.ts';
import type { Novelty } from './novelty.ts';
import { patternSignals } from './patternSignals.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import type { Signal } from './signal.ts';
import { isBuildLog } from './signalPlace.ts';
import { coveredRecords, traceSignal, withHeads } from './traceSignals.ts';

/** Less than this is not kept. */
const minWeight = 0.12;

/** All signals of one log, in file order. Work grows with patterns, not with records. */
export function collectSignals(
  analysis: AnalysedLog,
  log: number,
  novelty: Novelty | null,
  rules: RuleBook,
): readonly Signal[] {
  const traces = collectTraces(analysis, log);
  const build = isBuildLog(analysis);
  const signals: Signal[] = [];
  const covered = coveredRecords(analysis, traces);
  for (const trace of traces)
    signals.push(traceSignal(analysis, log, trace, build, novelty, rules));
  if (build) {
    for (const finding of analysis.findings) {
      signals.push(blockSignal(analysis, log, finding, novelty, rules));
    }
  } else {
    signals.push(...patternSignals(analysis, log, covered, novelty, rules));
  }
  const kept = withHeads(signals)
    .map(withoutOrders)
    .filter(
      (signal) =>
        signal.weight >= minWeight &&
        (signal.text.trim() !== '' || signal.finding !== null || signal.level >= levelRank.fatal),
    );
  return kept.sort((a, b) => a.record - b.record || a.line - b.line);
}

/** What a line says that talks to an AI is no evidence: whoever wrote it wants a certain report. */
function withoutOrders(signal: Signal): Signal {
  if (signal.weight < minWeight || instructionIn(signal.text) === null) return signal;
  return {
    ...signal,
    facts: [],
    weight: signal.trace === null ? minWeight / 2 : signal.weight / 2,
  };
}
