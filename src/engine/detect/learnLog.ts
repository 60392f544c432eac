import type { Detector, Judge } from './detector.ts';
import { bursts } from './detectors/bursts.ts';
import { followingLines } from './detectors/followingLines.ts';
import { gaps } from './detectors/gaps.ts';
import { levelShifts } from './detectors/levelShifts.ts';
import { nextEvent } from './detectors/nextEvent.ts';
import { repeats } from './detectors/repeats.ts';
import { silences } from './detectors/silences.ts';
import { slotValues } from './detectors/slotValues.ts';
import { wordVariants } from './detectors/wordVariants.ts';
import type { EventTable } from './events.ts';
import type { Evidence } from './evidence.ts';
import type { LogView } from './logView.ts';
import { learnSessionJudge } from './sessionEvidence.ts';

/** Whatever learns what is usual in a log, by the name that an ablation leaves out. */
export const learners = [
  'session',
  'order',
  'value',
  'word',
  'shift',
  'repeat',
  'lines',
  'gap',
  'silence',
  'rate',
] as const;

export type Learner = (typeof learners)[number];

/** What is usual in a log, as its detectors learned it. */
export interface LearnedLog {
  /** Records that it was learned from. */
  readonly records: number;
  /** Evidence about these. */
  readonly evidence: readonly Evidence[];
  /** Bits of surprise after the messages before it, per learned record; null where not learned. */
  readonly surprise: Float32Array | null;
  /** Evidence about the records from `fromRecord` on, of a log that may have grown (see `Judge`). */
  judge(view: LogView, events: EventTable, fromRecord: number): Evidence[];
}

/** A judge, and what it says of the log that it learned from. */
export interface Judged {
  readonly judge: Judge;
  readonly evidence: readonly Evidence[];
}

const recordDetectors = [
  { name: 'value', detector: slotValues },
  { name: 'word', detector: wordVariants },
  { name: 'shift', detector: levelShifts },
  { name: 'lines', detector: followingLines },
  { name: 'repeat', detector: repeats },
  { name: 'gap', detector: gaps },
  { name: 'silence', detector: silences },
] as const;

function learnedBy(detector: Detector, view: LogView, events: EventTable): Judged {
  const judge = detector.learn(view, events);
  return { judge, evidence: judge.judge(view, events, 0) };
}

/** Bursts need nothing but the events: they are told first. */
export function learnBursts(view: LogView, events: EventTable): Judged {
  return learnedBy(bursts, view, events);
}

/**
 * Learns what is usual, one detector at a step, so that others get a turn in between; yields the
 * share done. What it has learned by then is kept while nobody asks for more.
 *
 * @param known bursts of the same view and events, where they were learned before
 */
export function* learnLog(
  view: LogView,
  events: EventTable,
  seed: number,
  chosen: readonly Learner[] = learners,
  known: Judged | null = null,
): Generator<number, LearnedLog> {
  const judges: Judge[] = [];
  const evidence: Evidence[] = [];
  let surprise: Float32Array | null = null;
  let steps = 0;
  const take = (judged: Judged): void => {
    judges.push(judged.judge);
    evidence.push(...judged.evidence);
  };
  const done = (): number => {
    steps += 1;
    return steps / chosen.length;
  };
  if (chosen.includes('session')) {
    const judge = learnSessionJudge(view, seed);
    take({ judge, evidence: judge.judge(view, events, 0) });
    yield done();
  }
  if (chosen.includes('order')) {
    const judge = nextEvent.learn(view, events);
    ({ surprise } = judge);
    take({ judge, evidence: judge.judge(view, events, 0) });
    yield done();
  }
  for (const { name, detector } of recordDetectors) {
    if (!chosen.includes(name)) continue;
    take(learnedBy(detector, view, events));
    yield done();
  }
  if (chosen.includes('rate')) {
    take(known ?? learnBursts(view, events));
    yield done();
  }
  return {
    records: view.records.count,
    evidence,
    surprise,
    judge: (grown, grownEvents, fromRecord) =>
      judges.flatMap((judge) => judge.judge(grown, grownEvents, fromRecord)),
  };
}
