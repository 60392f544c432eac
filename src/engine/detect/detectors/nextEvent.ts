import type { Detector, Judge } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { eventSteps } from '../eventSteps.ts';
import type { EventTable } from '../events.ts';
import { leastBits, strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { percent } from '../words.ts';
import { nextEventModel, type NextEventModel } from './nextEventModel.ts';

export interface NextEventJudge extends Judge {
  /** Bits of surprise beyond the event's own rarity, per record that was learned. */
  readonly surprise: Float32Array;
}

/** Events that do not follow what stood before them. */
export const nextEvent: Detector<NextEventJudge> = {
  learn: (known, knownEvents) => {
    const { count } = known.records;
    const steps = eventSteps(known, knownEvents, 0);
    const model = nextEventModel(steps, knownEvents.count);
    const surprise = new Float32Array(count);
    for (let step = 0; step < steps.events.length; step += 1) {
      const record = steps.records[step]!;
      const { one, two, events } = steps;
      const excess = model.excess(two[step]!, one[step]!, events[step]!, true);
      if (excess > surprise[record]!) surprise[record] = excess;
    }
    return {
      surprise,
      judge: (view, events, fromRecord) => judge(model, count, view, events, fromRecord),
    };
  },
};

/** @param learned how many records the model has seen */
function judge(
  model: NextEventModel,
  learned: number,
  view: LogView,
  events: EventTable,
  fromRecord: number,
): Evidence[] {
  const steps = eventSteps(view, events, fromRecord);
  const found: Evidence[] = [];
  for (let step = 0; step < steps.events.length; step += 1) {
    const record = steps.records[step]!;
    const one = steps.one[step]!;
    const two = steps.two[step]!;
    const event = steps.events[step]!;
    const excess = model.excess(two, one, event, record < learned);
    if (excess < leastBits) continue;
    const bits = model.bits(excess);
    if (bits < leastBits) continue;
    const before = steps.before[step]!;
    found.push({
      family: 'order',
      bits,
      record,
      shows: before < 0 ? [record] : [before, record],
      key: `next:${one}:${event}`,
      strong: false,
      describe: () => describe(model, view, events, two, one),
    });
  }
  return strongest(found);
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
