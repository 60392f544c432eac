import type { Finding } from './finding.ts';
import { gatherCandidates } from './findings/gatherCandidates.ts';
import { joinAlike, joinCandidates, type Joined } from './findings/joinCandidates.ts';
import { titleOf } from './findings/titleOf.ts';
import type { Candidate, Collected } from './findings/candidate.ts';
import { highScore, mediumScore, severityOf } from './fuse.ts';
import type { LogView } from './logView.ts';

/** High findings of one log: a reader follows no more. */
const highBudget = 20;
const mediumBudget = 200;
const mostFindings = 500;
const mostRepeats = 1000;
const mostRelated = 8;
/** The most that a finding below high or medium can score. */
const belowHigh = highScore - 0.001;
const belowMedium = mediumScore - 0.001;

function repeatsOf(view: LogView, { records, main }: Candidate, line: number): number[] {
  const repeats: number[] = [];
  for (let index = 0; index < records.length && repeats.length < mostRepeats; index += 1) {
    const record = records[index]!;
    const at = view.records.firstLine[record]! + 1;
    if (record !== main && at !== line) repeats.push(at);
  }
  return repeats;
}

/** What is likely beyond what a reader follows counts as less likely. */
export function withinBudget<Item extends { readonly score: number }>(
  joined: readonly Item[],
): Item[] {
  return joined.map((item, index) => {
    const most =
      index < highBudget ? 1 : index < highBudget + mediumBudget ? belowHigh : belowMedium;
    return item.score <= most ? item : { ...item, score: most };
  });
}

function findingOf(collected: Collected, item: Joined): Finding {
  const { view, events } = collected;
  const { lead, score, bits, reasons } = item;
  const line = view.records.firstLine[item.first]! + 1;
  const endLine = Math.max(line, view.records.firstLine[item.last + 1]!);
  const outside = new Set(
    reasons.flatMap((reason) => reason.lines.filter((shown) => shown < line || shown > endLine)),
  );
  return {
    rank: 0,
    path: view.log.path,
    line,
    endLine,
    severity: severityOf(score),
    score,
    bits,
    count: lead.records.length,
    template: view.templates.templates[events.template[lead.event]!]!.text,
    title: titleOf(collected, lead),
    reasons,
    related: [...outside]
      .sort((a, b) => a - b)
      .slice(0, mostRelated)
      .map((related) => ({ path: view.log.path, line: related })),
    repeats: repeatsOf(view, lead, line),
  };
}

/** The stronger first; of nearly equal ones what came first: a consequence stands below its cause. */
function byRank(a: Joined, b: Joined): number {
  return Math.round(b.bits) - Math.round(a.bits) || a.first - b.first;
}

/** Findings, best first: at most 20 high and 500 in all, with the bits of the reasons adding up. */
export function logFindings(collected: Collected): Finding[] {
  const candidates = joinAlike(collected, gatherCandidates(collected));
  const joined = joinCandidates(collected, candidates)
    .filter((item) => item.reasons.length > 0)
    .sort(byRank)
    .slice(0, mostFindings);
  // The order is the verdict: a score never rises on the way down.
  let least = 1;
  return withinBudget(joined).map((item, index) => {
    least = Math.min(least, item.score);
    return { ...findingOf(collected, { ...item, score: least }), rank: index + 1 };
  });
}
