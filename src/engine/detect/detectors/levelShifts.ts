import { ActiveClock } from '../activeTime.ts';
import { placeKey } from '../columnReader.ts';
import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { leastBits, strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { findChangePoint, type ChangePoint } from '../numeric/changePoint.ts';
import { quantile, sorted } from '../numeric/statistics.ts';
import { slotLabel } from '../slotLabel.ts';
import { slotSamples, type SlotColumn, type SlotSample } from '../slotSamples.ts';
import { duration, measureIn, number } from '../words.ts';
import { learnNumbers } from './numberModel.ts';

/** A level that differs by less is measured, not different. */
const leastFactor = 1.25;
/** Distances of an event that are compared, and how many there must be. */
const sampledDistances = 2048;
const fewestDistances = 60;
/** Records shown on either side. */
const shownBefore = 2;
const shownAfter = 4;

/** Whether the middles of both sides differ by a factor that a reader would care for. */
function differs(values: Float64Array, { at }: ChangePoint): boolean {
  const before = quantile(sorted(values.subarray(0, at)), 0.5);
  const after = quantile(sorted(values.subarray(at)), 0.5);
  const low = Math.min(Math.abs(before), Math.abs(after));
  return before * after <= 0 || Math.max(Math.abs(before), Math.abs(after)) >= low * leastFactor;
}

/** From where on the numbers of a slot stay at another level. */
function slotShift(sample: SlotSample, column: SlotColumn): Evidence | null {
  // Counters and identifiers have no level.
  if (learnNumbers(column.numbers) === null) return null;
  const { places, values } = numbersOf(column);
  const change = findChangePoint(values);
  if (change === null || change.bits < leastBits || !differs(values, change)) return null;
  const recordAt = (at: number): number => sample.records[places[at]!]!;
  return {
    family: 'value',
    bits: change.bits,
    record: recordAt(change.at),
    until: recordAt(values.length - 1),
    shows: around(change.at, values.length).map(recordAt),
    key: `shift:${sample.template.id}:${placeKey(column.place)}`,
    strong: false,
    describe: () => {
      const { name, unit } = slotLabel(sample.template.text, column.place);
      const words = (value: number): string => measureIn(column.dimension, value);
      return describeSides(name, unit, values, change, words);
    },
  };
}

/** The numbers of a slot, and their places among its values. */
function numbersOf({ numbers }: SlotColumn): { places: Uint32Array; values: Float64Array } {
  const places = new Uint32Array(numbers.length);
  const values = new Float64Array(numbers.length);
  let count = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    if (Number.isNaN(numbers[index])) continue;
    places[count] = index;
    values[count] = numbers[index]!;
    count += 1;
  }
  return { places: places.subarray(0, count), values: values.subarray(0, count) };
}

/** From where on an event comes at another rate. */
function rateShift(
  view: LogView,
  events: EventTable,
  event: number,
  clock: ActiveClock,
  positions: Float64Array,
): Evidence | null {
  const members = recordsOf(events, event);
  if (clock.kind !== 'time' || members.length <= fewestDistances) return null;
  const step = Math.max(1, (members.length - 1) / sampledDistances);
  const places = Uint32Array.from(
    { length: Math.min(members.length - 1, sampledDistances) },
    (_, index) => 1 + Math.floor(index * step),
  );
  const values = Float64Array.from(
    places,
    (at) => positions[members[at]!]! - positions[members[at - 1]!]!,
  );
  const change = findChangePoint(values);
  if (change === null || change.bits < leastBits || !differs(values, change)) return null;
  const recordAt = (at: number): number => members[places[at]!]!;
  return {
    family: 'rate',
    bits: change.bits,
    record: recordAt(change.at),
    until: recordAt(values.length - 1),
    shows: around(change.at, values.length).map(recordAt),
    key: `pace:${event}`,
    strong: false,
    describe: () => {
      const { text, ...cells } = describeSides('every', '', values, change, duration);
      return { text: `${nameOfEvent(view, events, event)} came ${text}`, ...cells };
    },
  };
}

function around(at: number, length: number): number[] {
  const from = Math.max(0, at - shownBefore);
  return Array.from(
    { length: Math.min(length, at + shownAfter) - from },
    (_, index) => from + index,
  );
}

function describeSides(
  name: string,
  unit: string,
  values: Float64Array,
  { at }: ChangePoint,
  words: (value: number) => string,
): Description {
  const range = (side: Float64Array): string => {
    const ascending = sorted(side);
    const low = words(quantile(ascending, 0.1));
    const high = words(quantile(ascending, 0.9));
    return `${low === high ? low : `${low} to ${high}`}${unit}`;
  };
  const before = range(values.subarray(0, at));
  const after = range(values.subarray(at));
  return {
    text: `${name} ${after} from here on (${number(values.length - at)} values), ${before} before (${number(at)}).`,
    observed: `${name} ${after} from here on`,
    expected: `${before} before`,
  };
}

/** Values and rates that stay at another level from some place on. Needs the whole log. */
export const levelShifts: Detector = {
  learn: (known, knownEvents) => {
    const found: Evidence[] = [];
    for (const sample of slotSamples(known)) {
      for (const column of sample.columns) {
        const shift = slotShift(sample, column);
        if (shift !== null) found.push(shift);
      }
    }
    const clock = ActiveClock.of(known.records.time);
    const positions = clock.positions(known.records.time);
    for (let event = 0; event < knownEvents.count; event += 1) {
      const shift = rateShift(known, knownEvents, event, clock, positions);
      if (shift !== null) found.push(shift);
    }
    const all = strongest(found);
    return {
      // A level is seen when it has lasted: appended records are judged when the log is learned anew.
      judge: (_view, _events, fromRecord) => all.filter(({ record }) => record >= fromRecord),
    };
  },
};
