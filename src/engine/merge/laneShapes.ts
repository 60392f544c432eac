import type { LineFacts, LineShape } from '../page/logShape.ts';
import { LogShape } from '../page/logShape.ts';
import { laterBy, periodOf } from '../record/clockPeriods.ts';
import type { LogFormat } from '../record/recordTable.ts';
import type { SourceEncoding } from '../source/byteSource.ts';
import type { Reading } from './timeMerge.ts';

/** A joined text as its lines are read: each as its own log writes it, its time on the common clock. */
export interface ReadLanes {
  readonly encoding: SourceEncoding;
  /** Null for a log that held nothing so far. */
  readonly readings: readonly (Reading | null)[];
  /** The log of the line that begins at a byte; null where it is not known. */
  readonly laneAt: (byte: number) => number | null;
}

/** Nothing is known about a line of such a log. */
const unknown: LineFacts = { time: null, level: 'unknown', continues: false };

/** Reads the lines of several logs in one text, which differ in format, clock and skew. */
export class LaneShapes implements LineShape {
  readonly #lanes: ReadLanes;

  constructor(lanes: ReadLanes) {
    this.#lanes = lanes;
  }

  /** The formats of the logs together: as sure as the least sure of them. */
  get format(): LogFormat {
    const formats = this.#lanes.readings.flatMap((reading) => reading?.inferred.format ?? []);
    return {
      name: [...new Set(formats.map(({ name }) => name))].join(', ') || 'plain',
      confidence: Math.min(1, ...formats.map(({ confidence }) => confidence)),
      hasTime: formats.some(({ hasTime }) => hasTime),
      hasLevel: formats.some(({ hasLevel }) => hasLevel),
    };
  }

  describe(lines: readonly Uint8Array[], starts: readonly number[]): readonly LineFacts[] {
    const { encoding, laneAt, readings } = this.#lanes;
    const facts = lines.map(() => unknown);
    const ofLane = new Map<number, number[]>();
    for (const [index, start] of starts.entries()) {
      const lane = laneAt(start);
      if (lane === null) continue;
      const own = ofLane.get(lane);
      if (own === undefined) ofLane.set(lane, [index]);
      else own.push(index);
    }
    for (const [lane, indexes] of ofLane) {
      const reading = readings[lane] ?? null;
      if (reading === null) continue;
      const shape = new LogShape(reading.inferred, encoding);
      const own = shape.describe(indexes.map((index) => lines[index]!));
      for (const [at, index] of indexes.entries()) {
        facts[index] = onCommonClock(own[at]!, starts[index]!, reading);
      }
    }
    return facts;
  }
}

/**
 * A time that cannot be laid beside those of the other logs is none here; one without its day is put on
 * the day that the log had come to.
 */
function onCommonClock(facts: LineFacts, byte: number, { shift, periods }: Reading): LineFacts {
  const { time } = facts;
  if (time === null || shift === null) return { ...facts, time: null };
  if (periods === null) return { ...facts, time: time + shift };
  const { basis } = periods;
  const between = periodOf(basis, periods.timeAt(byte)) - periodOf(basis, time);
  return { ...facts, time: laterBy(basis, Number.isNaN(between) ? 0 : between, time) + shift };
}
