import type { Detector, Judge } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { eventSteps, type EventSteps } from '../eventSteps.ts';
import type { EventTable } from '../events.ts';
import { leastBits, strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { percent } from '../words.ts';
import { nextEventModel, type NextEventModel } from './nextEventModel.ts';

export interface NextEventJudge extends Judge {
  /** Bits of surprise beyond the event's own rarity, per record that was learned. */
  readonly surprise: Float32Array;
}

/** A record that does not follow what stood before it. */
interface Stranger {
  readonly record: number;
  /** The record before it in its stream; -1 where the stream begins. */
  readonly before: number;
  readonly two: number;
  readonly one: number;
  readonly event: number;
  readonly bits: number;
}

/** Events that do not follow what stood before them. */
export const nextEvent: Detector<NextEventJudge> = {
  learn: (known, knownEvents) => {
    const { count } = known.records;
    const all = eventSteps(known, knownEvents, 0);
    const model = nextEventModel(all, knownEvents.count);
    const surprise = new Float32Array(count);
    const learned = strangersOf(model, all, true, surprise);
    return {
      surprise,
      judge: (view, events, fromRecord) => {
        const from = Math.max(fromRecord, count);
        const appended = from < view.records.count ? eventSteps(view, events, from) : null;
        const found = [
          ...learned.filter(({ record }) => record >= fromRecord),
          ...(appended === null ? [] : strangersOf(model, appended, false, null)),
        ];
        return strongest(found.map((stranger) => evidenceOf(model, view, events, stranger)));
      },
    };
  },
};

/** @param surprise gets the excess per record, where it is wanted */
function strangersOf(
  model: NextEventModel,
  steps: EventSteps,
  learned: boolean,
  surprise: Float32Array | null,
): Stranger[] {
  const found: Stranger[] = [];
  for (let step = 0; step < steps.events.length; step += 1) {
    const record = steps.records[step]!;
    const one = steps.one[step]!;
    const two = steps.two[step]!;
    const event = steps.events[step]!;
    const excess = model.excess(two, one, event, learned);
    if (surprise !== null && excess > surprise[record]!) surprise[record] = excess;
    if (excess < leastBits) continue;
    const bits = model.bits(excess);
    if (bits < leastBits) continue;
    found.push({ record, before: steps.before[step]!, two, one, event, bits });
  }
  return found;
}

function evidenceOf(
  model: NextEventModel,
  view: LogView,
  events: EventTable,
  { record, before, two, one, event, bits }: Stranger,
): Evidence {
  return {
    family: 'order',
    bits,
    record,
    shows: before < 0 ? [record] : [before, record],
    key: `next:${one}:${event}`,
    strong: false,
    describe: () => describe(model, view, events, two, one),
  };
}

function describe(
  model: NextEventModel,
  view: LogView,
  events: EventTable,
  two: number,
  one: number,
): Description {
  const [usual] = model.usual(two, one);
  const next = usual === undefined ? 'something else' : nameOfEvent(view, events, usual.event);
  const share = percent(usual?.share ?? 0);
  if (one < 0) {
    return {
      text: `First comes ${next} (${share}), hardly ever this message.`,
      observed: 'comes first',
      expected: `${next} first (${share})`,
    };
  }
  const ahead = nameOfEvent(view, events, one);
  return {
    text:
      usual?.event === one
        ? `After ${ahead} the same usually comes again (${share}), hardly ever this message.`
        : `After ${ahead} usually comes ${next} (${share}), hardly ever this message.`,
    observed: `after ${ahead}`,
    expected: `${next} next (${share})`,
  };
}
