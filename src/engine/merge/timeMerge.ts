import { openBasis } from '../record/clockPeriods.ts';
import type { InferredLog } from '../record/inferLog.ts';
import { MomentClock } from '../record/momentClock.ts';
import type { ByteSource } from '../source/byteSource.ts';
import { shiftsToOneAxis } from './commonAxis.ts';
import type { TextWriter } from './joinedText.ts';
import { JoinedText } from './joinedText.ts';
import { LanePeriods } from './lanePeriods.ts';
import type { MergedLanes } from './laneTable.ts';
import type { MergeOptions } from './mergeLane.ts';
import { MergeLane, MergeProgress } from './mergeLane.ts';
import { orderNotes } from './orderNotes.ts';
import { RecordStream } from './recordStream.ts';
import type { LogSurvey } from './surveyLog.ts';
import { surveyLog } from './surveyLog.ts';

/** Buffers of all logs together, and of each: room for the system's read-ahead, and for a long line. */
const allBuffers = 64 << 20;
const largestBuffer = 4 << 20;
const smallestBuffer = 64 << 10;

/** A log that is joined with others. */
export interface MergeInput {
  readonly source: ByteSource;
  /** What the reader calls it. */
  readonly name: string;
  /** Milliseconds added to its times, as its clock is off. */
  readonly skew: number;
}

/** How far a log has come into the joined text. */
interface Reached {
  byte: number;
  readonly clock: MomentClock;
  /** Null before it held anything, and where it is joined without its times. */
  survey: LogSurvey | null;
  /** Milliseconds to add to its times, its skew not included; null where it stands behind the others. */
  shift: number | null;
  /** Null for a log that states the days of its times. */
  periods: LanePeriods | null;
}

/**
 * A merge that goes on while its logs are written. What was joined stays where it is, since a row that
 * somebody has seen does not move: what comes later is put at the end, in the order of time among
 * what comes with it. A reader sees by its time that a line came late.
 */
export class TimeMerge {
  readonly #inputs: readonly MergeInput[];
  readonly #text: JoinedText;
  readonly #byTime: boolean;
  readonly #reached: readonly Reached[];
  #notes: readonly string[] = [];

  /** @param byTime false joins them one behind the other */
  constructor(inputs: readonly MergeInput[], out: TextWriter, byTime = true) {
    this.#inputs = inputs;
    this.#text = new JoinedText(out, inputs.length);
    this.#byTime = byTime;
    this.#reached = inputs.map(() => ({
      byte: 0,
      clock: new MomentClock(),
      survey: null,
      shift: null,
      periods: null,
    }));
  }

  /**
   * Joins what the logs hold beyond what was joined before.
   * @param ends bytes of each log up to which it is taken
   * @throws EngineError `aborted`, and as the sources and the writer do
   */
  async extend(ends: readonly number[], options: MergeOptions = {}): Promise<void> {
    const isFirst = this.#reached.every(({ byte }) => byte === 0);
    if (this.#byTime) await this.#survey(ends, isFirst, options.signal);
    const lanes = this.#reached.flatMap((reached, lane) => {
      const end = ends[lane] ?? 0;
      return end > reached.byte ? [{ ...this.#open(lane, end, isFirst), end, lane }] : [];
    });
    const all = lanes.reduce((sum, { end, lane }) => sum + end - this.#reached[lane]!.byte, 0);
    const progress = new MergeProgress(all, options);
    const text = this.#text;
    const timed: MergeLane[] = [];
    for (const { entry, lane } of lanes) {
      if (this.#reached[lane]!.shift !== null && (await entry.load(progress))) timed.push(entry);
    }
    await mergeTimed(timed, text, progress);
    for (const { entry, lane } of lanes) {
      if (this.#reached[lane]!.shift !== null) continue;
      while (await entry.load(progress)) await entry.giveAll(text);
      await entry.end(text);
    }
    await text.end();
    for (const { lane, end } of lanes) this.#reached[lane]!.byte = end;
  }

  get lanes(): MergedLanes {
    const { lanes, closed } = this.#text;
    return {
      bytes: lanes.bytes,
      lines: lanes.lines,
      timed: this.#reached.map(({ shift }) => shift !== null),
      closed,
      notes: lanes.full
        ? [
            ...this.#notes,
            'The logs take turns so often that which log a line is of is known at the start only.',
          ]
        : this.#notes,
      runAtByte: (byte) => lanes.atByte(byte),
      runAtLine: (line) => lanes.atLine(line),
      lineOf: (lane, sourceLine) => lanes.lineOf(lane, sourceLine),
    };
  }

  /** Bytes of each log that were joined. */
  get joined(): readonly number[] {
    return this.#reached.map(({ byte }) => byte);
  }

  /** How each log writes its records; null for one that held nothing so far. */
  get readings(): readonly (Reading | null)[] {
    return this.#reached.map(({ survey, shift, periods }, lane) => {
      if (survey === null) return null;
      const { skew } = this.#inputs[lane]!;
      return { inferred: survey.inferred, shift: shift === null ? null : shift + skew, periods };
    });
  }

  /** Looks at logs that hold something for the first time. Those that were looked at stay where they are. */
  async #survey(
    ends: readonly number[],
    isFirst: boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const fresh: Reached[] = [];
    for (const [lane, reached] of this.#reached.entries()) {
      if (reached.survey !== null || (ends[lane] === 0 && !isFirst)) continue;
      reached.survey = await surveyLog(this.#inputs[lane]!.source, signal);
      fresh.push(reached);
    }
    if (fresh.length === 0) return;
    const surveys = this.#reached.flatMap(({ survey }) => survey ?? []);
    const shifts = shiftsToOneAxis(surveys.map(({ span }) => span));
    for (const reached of fresh) {
      reached.shift = shifts[surveys.indexOf(reached.survey!)] ?? null;
      const basis = openBasis(reached.survey?.inferred.format.clock);
      reached.periods = basis === null ? null : new LanePeriods(basis);
      // What it will hold may state times.
      if (ends[this.#reached.indexOf(reached)] === 0) reached.survey = null;
    }
    if (isFirst) this.#notes = orderNotes(this.#inputs, surveys, shifts);
  }

  #open(lane: number, end: number, isFirst: boolean): { readonly entry: MergeLane } {
    const { byte, clock, survey, shift, periods } = this.#reached[lane]!;
    const { source, skew } = this.#inputs[lane]!;
    const room = Math.floor(allBuffers / this.#inputs.length);
    const bufferBytes = Math.max(smallestBuffer, Math.min(largestBuffer, room));
    const records = new RecordStream(
      source,
      survey === null || shift === null ? null : survey.inferred,
      bufferBytes,
      { from: byte, to: end, clock, inLine: this.#text.closed[lane] ?? false },
    );
    const moved = (shift ?? 0) + skew;
    const { encoding } = source;
    // Later, what states no time goes on a record that was joined: it comes as soon as it can.
    const first = isFirst ? (survey?.span?.from ?? NaN) + moved : -Infinity;
    return { entry: new MergeLane(lane, records, { shift: moved, first, periods, encoding }) };
  }
}

/** How a log writes its records. */
export interface Reading {
  readonly inferred: InferredLog;
  /** Milliseconds to add to its times; null where nothing tells where they lie beside the others. */
  readonly shift: number | null;
  /** Null where it states the days of its times, or nothing tells them. */
  readonly periods: LanePeriods | null;
}

/** Gives records until all lanes are empty; the first lane of equal times comes first. */
async function mergeTimed(
  timed: MergeLane[],
  text: JoinedText,
  progress: MergeProgress,
): Promise<void> {
  const open = [...timed];
  while (open.length > 0) {
    let best = 0;
    for (let at = 1; at < open.length; at += 1) {
      if (open[at]!.time < open[best]!.time) best = at;
    }
    // What the others have at the earliest: up to there the lane goes on by itself.
    let limit = Infinity;
    let earlier = Infinity;
    for (let at = 0; at < open.length; at += 1) {
      if (at < best) earlier = Math.min(earlier, open[at]!.time);
      if (at > best) limit = Math.min(limit, open[at]!.time);
    }
    const lane = open[best]!;
    if (await lane.giveUntil(limit, earlier, text, progress)) continue;
    open.splice(best, 1);
  }
}
