import type { Explanation } from '../../engine/explain/explanation.ts';
import type { GoldItem, LineRange } from './generateScenario.ts';

/** What one explanation says of one case. */
export interface ScenarioScore {
  /** What is claimed: an inconclusive report names no category. */
  readonly claimed: string;
  /** The first category of the report, claimed or not. */
  readonly named: string;
  /** Share of what the root cause cites that is the cause or follows from it; not a number for none. */
  readonly precision: number;
  /** Share of the steps in which the cause shows that the root cause cites. */
  readonly recall: number;
  /** Share of the other steps of the story that stand anywhere in the report. */
  readonly chain: number;
  /** Whether the first evidence of the root cause is where it began. */
  readonly firstIsCause: boolean;
  /** Kendall's tau between story and timeline; not a number where fewer than two steps stand there. */
  readonly order: number;
  readonly confidence: number;
}

export function scoreExplanation(told: Explanation, gold: readonly GoldItem[]): ScenarioScore {
  const byId = new Map(told.evidence.map((item) => [item.id, item]));
  const rangesOf = (ids: readonly string[]): LineRange[] => ids.flatMap((id) => byId.get(id) ?? []);
  const claims = told.verdict === 'root_cause_found' || told.verdict === 'probable';
  const cited = told.verdict === 'no_incident' ? [] : rangesOf(told.rootCause.evidence);
  const causes = gold.filter(({ isCause }) => isCause);
  const others = gold.filter(({ isCause }) => !isCause);
  const share = (of: readonly GoldItem[], ranges: readonly LineRange[]): number =>
    of.filter((item) => ranges.some((range) => touches(item, range))).length / of.length;
  const first = cited[0];
  return {
    claimed: claims ? told.rootCause.category : 'none',
    named: told.verdict === 'no_incident' ? 'none' : told.rootCause.category,
    precision:
      cited.filter((range) => gold.some((item) => touches(item, range))).length / cited.length,
    recall: share(causes, cited),
    chain: share(others, told.evidence),
    firstIsCause: first !== undefined && causes.some((item) => touches(item, first)),
    order: timelineOrder(told, gold, rangesOf),
    confidence: told.confidence.value,
  };
}

export function touches(item: GoldItem, range: LineRange): boolean {
  return item.at.some(
    ({ path, line, endLine }) =>
      path === range.path && line <= range.endLine && endLine >= range.line,
  );
}

function timelineOrder(
  told: Explanation,
  gold: readonly GoldItem[],
  rangesOf: (ids: readonly string[]) => LineRange[],
): number {
  const places = gold.map((item) =>
    told.timeline.findIndex(({ evidence }) =>
      rangesOf(evidence).some((range) => touches(item, range)),
    ),
  );
  return kendallTau(places.filter((place) => place >= 0));
}

/** Kendall's tau (1938) of a sequence against rising order; ties count nothing. */
export function kendallTau(sequence: readonly number[]): number {
  let agreeing = 0;
  let pairs = 0;
  for (const [index, value] of sequence.entries()) {
    for (const later of sequence.slice(index + 1)) {
      agreeing += Math.sign(later - value);
      pairs += 1;
    }
  }
  return agreeing / pairs;
}
