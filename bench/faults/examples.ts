import { readView } from '../../src/engine/analysis/readView.ts';
import { defaultSeed } from '../../src/engine/detect/detectFindings.ts';
import { eventSignals } from '../../src/engine/detect/eventSignals.ts';
import { buildEvents } from '../../src/engine/detect/events.ts';
import type { Claim } from '../../src/engine/detect/fuse.ts';
import type { Candidate, Collected } from '../../src/engine/detect/findings/candidate.ts';
import { gatherCandidates } from '../../src/engine/detect/findings/gatherCandidates.ts';
import { joinAlike } from '../../src/engine/detect/findings/joinCandidates.ts';
import { learnLog } from '../../src/engine/detect/learnLog.ts';
import type { LogText } from '../../src/engine/record/logText.ts';

/** What was claimed for one place in a log, and whether something was there. */
export interface Example {
  readonly log2Records: number;
  /** What detectors claimed, one of a family. */
  readonly claims: readonly Claim[];
  readonly hit: boolean;
  readonly weight: number;
  readonly group: string;
}

/** Logs in which nothing is amiss are what detectors mostly see. */
export const cleanWeight = 4;

/** A candidate as the lines that a reader would be sent to. */
export interface CandidateLines {
  readonly line: number;
  readonly endLine: number;
  readonly repeats: readonly number[];
}

/**
 * Every candidate of a log with what its detectors claim.
 *
 * @param judge whether something is there; null where nobody knows
 */
export async function examplesOf(
  log: LogText,
  group: string,
  judge: (lines: readonly CandidateLines[]) => readonly (boolean | null)[],
): Promise<Example[]> {
  const view = await readView(log, {});
  const events = buildEvents(view.records, view.templates);
  const steps = learnLog(view, events, defaultSeed);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { evidence } = step.value;
  const collected: Collected = {
    view,
    events,
    ...eventSignals(view, events, null),
    text: null,
    evidence,
  };
  const candidates = joinAlike(collected, gatherCandidates(collected));
  const { firstLine, count } = view.records;
  const linesOf = ({ main, records }: Candidate): CandidateLines => ({
    line: firstLine[main]! + 1,
    endLine: Math.max(firstLine[main]! + 1, firstLine[main + 1]!),
    repeats: Array.from(records, (record) => firstLine[record]! + 1),
  });
  const hits = judge(candidates.map(linesOf));
  return candidates.flatMap((candidate, index): Example[] => {
    const hit = hits[index] ?? null;
    if (hit === null) return [];
    const claims = [...candidate.claims.values()].filter(({ bits }) => bits > 0);
    const weight = group === 'clean' ? cleanWeight : 1;
    return [{ log2Records: Math.log2(count), claims, hit, weight, group }];
  });
}
