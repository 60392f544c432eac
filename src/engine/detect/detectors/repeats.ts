import type { Detector } from '../detector.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { duration, number, times } from '../words.ts';
import { leastOdd, strangerBits } from './categoryModel.ts';

/** Records back in which the same message is looked for. */
const lookback = 16;
/** Records of its event that each record is compared with. */
const keptLatest = 3;
/** An event that came less often does not say whether it is repeated. */
const fewestRecords = 30;

/** Whether two records of one event say the same, with the fields behind their messages. */
function sameMessage(view: LogView, left: number, right: number): boolean {
  const { bytes, lineStarts } = view.log;
  const { firstLine, messageStart, source } = view.records;
  const from = messageStart[left]!;
  const start = messageStart[right]!;
  const size = lineStarts[firstLine[right]! + 1]! - start;
  if (source[left] !== source[right] || lineStarts[firstLine[left]! + 1]! - from !== size) {
    return false;
  }
  let at = size - 1;
  while (at >= 0 && bytes[from + at] === bytes[start + at]) at -= 1;
  return at < 0;
}

/** The latest records of each event. */
class Latest {
  readonly #records: Int32Array;

  constructor(events: number) {
    this.#records = new Int32Array(events * keptLatest).fill(-1);
  }

  /** The record shortly before that says the same as this one; -1 where there is none. */
  originalOf(view: LogView, event: number, record: number): number {
    for (let at = event * keptLatest; at < (event + 1) * keptLatest; at += 1) {
      const other = this.#records[at]!;
      if (other < 0 || other < record - lookback) return -1;
      if (sameMessage(view, other, record)) return other;
    }
    return -1;
  }

  push(event: number, record: number): void {
    const first = event * keptLatest;
    for (let at = first + keptLatest - 1; at > first; at -= 1) {
      this.#records[at] = this.#records[at - 1]!;
    }
    this.#records[first] = record;
  }
}

/** What is known of how often events are repeated. */
interface LearnedRepeats {
  /** How often an event was repeated, times after another as once. */
  readonly repeats: Uint32Array;
  /** 1 for each event that repeats itself as a habit, or by chance. */
  readonly habit: Uint8Array;
  /** Records per event. */
  readonly records: Uint32Array;
  /** Milliseconds between the records of an event, on average; NaN where that is not known. */
  readonly spacing: Float64Array;
  /** Of the whole log. */
  readonly rare: number;
  readonly total: number;
}

/**
 * Messages written twice, word for word, with their values, by a program that never repeats them:
 * an event that was delivered, retried or logged more than once.
 */
export const repeats: Detector = {
  learn: (known, knownEvents) => {
    const counts = new Uint32Array(knownEvents.count);
    const habit = new Uint8Array(knownEvents.count);
    let rare = 0;
    // What several parts of a program write about the same thing is repeated as a habit.
    const near = new Uint32Array(knownEvents.count);
    const latest = new Latest(knownEvents.count);
    for (let record = 0; record < known.records.count; record += 1) {
      const event = knownEvents.ofRecord[record]!;
      if (latest.originalOf(known, event, record) >= 0) near[event] = near[event]! + 1;
      latest.push(event, record);
    }
    for (let event = 0; event < knownEvents.count; event += 1) {
      const members = recordsOf(knownEvents, event);
      if (members.length < fewestRecords) continue;
      // However far apart: what is seldom the same twice in a row is hardly ever so by chance.
      let run = 0;
      let alike = 0;
      for (let index = 1; index < members.length; index += 1) {
        if (sameMessage(known, members[index - 1]!, members[index]!)) {
          if (run === 0) counts[event] = counts[event]! + 1;
          run += 1;
          alike += 1;
        } else run = 0;
      }
      if (isHabit(Math.max(alike, near[event]!), members.length)) habit[event] = 1;
    }
    let total = 0;
    for (let event = 0; event < knownEvents.count; event += 1) {
      const size = knownEvents.records[event]!;
      // Events that repeat as a habit say nothing about the others.
      if (size < fewestRecords || habit[event] === 1) continue;
      rare += counts[event]!;
      total += size;
    }
    const learned = {
      repeats: counts,
      habit,
      records: knownEvents.records.slice(),
      spacing: spacingOf(known, knownEvents),
      rare,
      total,
    };
    return {
      judge: (view, events, fromRecord) => judge(learned, view, events, fromRecord),
    };
  },
};

function spacingOf({ records }: LogView, events: EventTable): Float64Array {
  return Float64Array.from({ length: events.count }, (_, event) => {
    const members = recordsOf(events, event);
    const first = records.time[members[0]!]!;
    const last = records.time[members[members.length - 1]!]!;
    return (last - first) / (members.length - 1);
  });
}

/** Whether the second came sooner than such messages do: a beat may say the same twice by chance. */
function cameEarly(view: LogView, spacing: number, first: number, second: number): boolean {
  const { time } = view.records;
  const pause = time[second]! - time[first]!;
  return Number.isNaN(pause) || !(spacing > 0) || pause * 2 <= spacing;
}

function isHabit(repeated: number, records: number): boolean {
  return repeated > Math.max(4, records * 0.005);
}

function judge(
  learned: LearnedRepeats,
  view: LogView,
  events: EventTable,
  fromRecord: number,
): Evidence[] {
  const found: Evidence[] = [];
  let previous = -1;
  const latest = new Latest(learned.records.length);
  const start = Math.max(0, fromRecord - lookback);
  for (let record = start; record < view.records.count; record += 1) {
    const event = events.ofRecord[record]!;
    const size = learned.records[event] ?? 0;
    if (size < fewestRecords || learned.habit[event] === 1) continue;
    const original = record < fromRecord ? -1 : latest.originalOf(view, event, record);
    latest.push(event, record);
    if (original < 0 || !cameEarly(view, learned.spacing[event]!, original, record)) continue;
    // A third and fourth copy belong to the second.
    if (previous >= 0 && original === found[previous]!.until) {
      found[previous] = extended(view, found[previous]!, record, size);
      continue;
    }
    const own = Math.max(1, learned.repeats[event]!);
    const others = { rare: learned.rare - own, total: learned.total - size };
    const bits = strangerBits(own, size, others);
    if (bits < leastOdd) continue;
    previous = found.length;
    const first: Evidence = {
      family: 'count',
      bits,
      record: original,
      shows: [original],
      key: `repeat:${event}`,
      strong: false,
      describe: () => describe(view, [original], size),
    };
    found.push(extended(view, first, record, size));
  }
  return strongest(found);
}

function extended(view: LogView, evidence: Evidence, record: number, size: number): Evidence {
  const shows = [...evidence.shows, record];
  return { ...evidence, shows, until: record, describe: () => describe(view, shows, size) };
}

function describe(view: LogView, copies: readonly number[], size: number): Description {
  const { time } = view.records;
  const span = time[copies[copies.length - 1]!]! - time[copies[0]!]!;
  const within = Number.isNaN(span) ? 'close together' : `within ${duration(Math.max(1, span))}`;
  const count = times(copies.length);
  return {
    text: `This message was written ${count} ${within}, word for word; such messages (${number(size)}) are hardly ever repeated.`,
    observed: `${count} ${within}`,
    expected: 'once',
  };
}
