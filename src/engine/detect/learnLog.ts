import type { Detector, Judge } from './detector.ts';
import { bursts } from './detectors/bursts.ts';
import { followingLines } from './detectors/followingLines.ts';
import { gaps } from './detectors/gaps.ts';
import { instructions } from './detectors/instructions.ts';
import { levelShifts } from './detectors/levelShifts.ts';
import { nextEvent } from './detectors/nextEvent.ts';
import { repeats } from './detectors/repeats.ts';
import { silences } from './detectors/silences.ts';
import { slotValues } from './detectors/slotValues.ts';
import { wordVariants } from './detectors/wordVariants.ts';
import type { EventTable } from './events.ts';
import type { Evidence } from './evidence.ts';
import type { LogView } from './logView.ts';
import { sessionJudge } from './sessionEvidence.ts';
import { learnSessionsInSteps } from './sessionModel.ts';

/** What is usual in a log, as its detectors learned it. */
export interface LearnedLog {
  /** Records that it was learned from. */
  readonly records: number;
  /** Evidence about these. */
  readonly evidence: readonly Evidence[];
  /** Bits of surprise after the messages before it, per learned record. */
  readonly surprise: Float32Array;
  /** Evidence about the records from `fromRecord` on, of a log that may have grown (see `Judge`). */
  judge(view: LogView, events: EventTable, fromRecord: number): Evidence[];
}

/** A judge, and what it says of the log that it learned from. */
export interface Judged {
  readonly judge: Judge;
  readonly evidence: readonly Evidence[];
}

const recordDetectors: readonly Detector[] = [
  slotValues,
  wordVariants,
  levelShifts,
  followingLines,
  repeats,
  gaps,
  silences,
  instructions,
];
/** The record detectors, and sessions, order and bursts. */
const learningSteps = recordDetectors.length + 3;

function learnedBy(detector: Detector, view: LogView, events: EventTable): Judged {
  const judge = detector.learn(view, events);
  return { judge, evidence: judge.judge(view, events, 0) };
}

/** Bursts need nothing but the events: they are told first. */
export function learnBursts(view: LogView, events: EventTable): Judged {
  return learnedBy(bursts, view, events);
}

/**
 * Learns what is usual, a detector at a step or in several, so that others get a turn in between; yields
 * the share done. What it has learned by then is kept while nobody asks for more.
 *
 * @param known bursts of the same view and events, where they were learned before
 */
export function* learnLog(
  view: LogView,
  events: EventTable,
  seed: number,
  known: Judged | null = null,
): Generator<number, LearnedLog> {
  const judges: Judge[] = [];
  const evidence: Evidence[] = [];
  /** @returns the share done */
  const take = (judged: Judged): number => {
    judges.push(judged.judge);
    evidence.push(...judged.evidence);
    return judges.length / learningSteps;
  };
  const sessions = sessionJudge(yield* learnSessionsInSteps(view, seed));
  yield 0;
  yield take({ judge: sessions, evidence: sessions.judge(view, events, 0) });
  const order = nextEvent.learn(view, events);
  yield take({ judge: order, evidence: order.judge(view, events, 0) });
  for (const detector of recordDetectors) yield take(learnedBy(detector, view, events));
  yield take(known ?? learnBursts(view, events));
  return {
    records: view.records.count,
    evidence,
    surprise: order.surprise,
    judge: (grown, grownEvents, fromRecord) =>
      judges.flatMap((judge) => judge.judge(grown, grownEvents, fromRecord)),
  };
}
