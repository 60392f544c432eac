import type { Detector } from '../detector.ts';
import type { EventTable } from '../events.ts';
import { shown, strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { quantile } from '../numeric/statistics.ts';
import { fitTail, tailBits, type Tail } from '../numeric/tail.ts';
import { duration, number } from '../words.ts';

/** A pause before a record. */
export interface Gap {
  /** The record after the pause. */
  readonly record: number;
  readonly milliseconds: number;
  readonly bits: number;
  /** Usual pauses there: the 1 % and 99 % quantiles, in milliseconds. */
  readonly usual: readonly [number, number];
  /** How many pauses that rests on. */
  readonly sample: number;
}

const fewestGaps = 30;

/**
 * Pauses between neighbouring records that are long for what usually stands between these two
 * events, or, where that is not known, for the log. Clock jumps backwards are no pauses.
 *
 * @param eventOf event per record; pauses are compared with those after the same event
 */
export function findGaps(time: Float64Array, eventOf: Uint32Array): Gap[] {
  const all: number[] = [];
  const byPrevious = new Map<number, number[]>();
  let previous = -1;
  for (let record = 0; record < time.length; record += 1) {
    const now = time[record]!;
    if (Number.isNaN(now)) continue;
    if (previous >= 0) {
      const pause = now - time[previous]!;
      if (pause >= 0) {
        const scaled = Math.log1p(pause);
        all.push(scaled);
        const event = eventOf[previous]!;
        let list = byPrevious.get(event);
        if (list === undefined) {
          list = [];
          byPrevious.set(event, list);
        }
        if (list.length < 20_000) list.push(scaled);
      }
    }
    previous = record;
  }
  if (all.length < fewestGaps) return [];
  // Half of e as the least scale: a pause must be times longer, not a little longer.
  const whole = fitTail(all.length > 200_000 ? sampled(all, 200_000) : all, 0.5);
  const tails = new Map<number, Tail>();
  for (const [event, list] of byPrevious) {
    if (list.length >= fewestGaps) tails.set(event, fitTail(list, 0.5));
  }
  const gaps: Gap[] = [];
  previous = -1;
  for (let record = 0; record < time.length; record += 1) {
    const now = time[record]!;
    if (Number.isNaN(now)) continue;
    if (previous >= 0) {
      const pause = now - time[previous]!;
      // Below a second nothing hangs that a reader could have noticed.
      if (pause >= 1000) {
        const scaled = Math.log1p(pause);
        const general = tailBits(whole, scaled);
        const local = tails.get(eventOf[previous]!);
        const bits = local === undefined ? general : Math.min(general, tailBits(local, scaled));
        if (bits >= 8) {
          const sample = (local ?? whole).ascending;
          gaps.push({
            record,
            milliseconds: pause,
            bits,
            usual: [Math.expm1(quantile(sample, 0.01)), Math.expm1(quantile(sample, 0.99))],
            sample: sample.length,
          });
        }
      }
    }
    previous = record;
  }
  return gaps;
}

function sampled(values: readonly number[], size: number): Float64Array {
  const stride = values.length / size;
  return Float64Array.from({ length: size }, (_, index) => values[Math.floor(index * stride)]!);
}

/** Long pauses before a record. */
export const gaps: Detector = {
  learn: (known, knownEvents) => {
    const evidence = gapEvidence(known, knownEvents);
    return {
      judge: (_view, _events, fromRecord) => evidence.filter((item) => item.record >= fromRecord),
    };
  },
};

function gapEvidence(view: LogView, events: EventTable): Evidence[] {
  const { records } = view;
  return strongest(
    findGaps(records.time, events.ofRecord).map((gap) => ({
      family: 'gap',
      bits: gap.bits,
      record: gap.record,
      shows: shown([Math.max(0, gap.record - 1), gap.record]),
      key: 'gap',
      strong: false,
      describe: () => {
        const longest = duration(gap.usual[1]);
        const observed = duration(gap.milliseconds);
        return {
          text: `Nothing was logged for ${observed} before this line; 99 % of ${number(gap.sample)} pauses are under ${longest}.`,
          observed: `${observed} without a line`,
          expected: `99 % of pauses are under ${longest}`,
        };
      },
    })),
  );
}
