import type { ChangeStory } from './changes.ts';
import { changesAround, noChanges } from './changes.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { Focus } from './focus.ts';
import { signalAt, weighByFocus } from './focus.ts';
import type { Hypothesis } from './hypotheses.ts';
import { rankHypotheses } from './hypotheses.ts';
import { noveltyAgainst } from './novelty.ts';
import type { Ordered } from './order.ts';
import { orderSignals } from './order.ts';
import { dampPassing } from './passing.ts';
import { withPeerFacts } from './peerFacts.ts';
import { builtInRules } from './rules/builtInRules.ts';
import { liftPrecursors } from './precursors.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import type { Signal } from './signal.ts';
import { collectSignals } from './signals.ts';
import { onsetOf } from './timelineEntries.ts';

/** The logs to weigh. */
export interface WeighInput {
  /** The logs of the incident, one or many. */
  readonly analyses: readonly AnalysedLog[];
  /** Logs of a known-good run of the same system. */
  readonly baseline?: readonly AnalysedLog[];
  /** The line the reader asks about. */
  readonly focus?: Focus;
  /** What is known about products; the rules that ship with the engine where it is not said. */
  readonly rules?: RuleBook;
}

/** What speaks for which cause, before a report is written of it. */
export interface WeighedLogs {
  /** As the logs say it. */
  readonly collected: readonly Signal[];
  /** The signal that the reader asks about. */
  readonly asked: Signal | null;
  /** The collected ones, weighed by what the reader asks about. */
  readonly signals: readonly Signal[];
  readonly ordered: Ordered;
  /** Likeliest first. */
  readonly hypotheses: readonly Hypothesis[];
  readonly changes: ChangeStory;
}

/** The signals of all logs, their order, and the causes they speak for. */
export function weighLogs(input: WeighInput): WeighedLogs {
  const { analyses, baseline = [], focus } = input;
  const rules = input.rules ?? builtInRules();
  const novelty = noveltyAgainst(baseline);
  const told = orderSignals(
    analyses.flatMap((analysis, log) => collectSignals(analysis, log, novelty, rules)),
    analyses,
  );
  // A good run says better what is usual. What several lines tell together counts in full.
  const collected = withPeerFacts(
    novelty === null ? dampPassing(told, analyses) : told.signals,
    analyses,
  );
  const asked = focus === undefined ? null : signalAt(focus, analyses, collected, rules);
  const signals = asked === null ? collected : weighByFocus(collected, asked, analyses);
  const inOrder = asked === null ? { ...told, signals } : orderSignals(signals, analyses);
  const ordered = { ...inOrder, signals: liftPrecursors(inOrder) };
  const hypotheses = rankHypotheses(ordered.signals);
  const top = hypotheses[0];
  const changes =
    top === undefined
      ? noChanges
      : changesAround(top, onsetOf(top, ordered.signals), analyses, ordered.clocks);
  return { collected, asked, signals, ordered, hypotheses, changes };
}
