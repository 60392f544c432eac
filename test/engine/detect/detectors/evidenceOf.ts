import { seededRandom } from '../../../../src/engine/base/random.ts';
import type { Detector } from '../../../../src/engine/detect/detector.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import type { Evidence } from '../../../../src/engine/detect/evidence.ts';
import { viewOf, write, type Entry } from '../syntheticLog.ts';

/** What a detector that learned a log says of its records from `fromRecord` on. */
export async function evidenceOf(
  detector: Detector,
  entries: readonly Entry[],
  fromRecord = 0,
): Promise<Evidence[]> {
  const view = await viewOf(write(entries));
  const events = buildEvents(view.records, view.templates);
  return detector.learn(view, events).judge(view, events, fromRecord);
}

/** The given messages, one a second. */
export function everySecond(messages: readonly string[]): Entry[] {
  return messages.map((text, index) => ({ at: index * 1000, text: `INFO ${text}` }));
}

/** Messages at any moment, `mean` milliseconds apart on average. */
export function traffic(count: number, mean: number, seed: number): Entry[] {
  const random = seededRandom(seed);
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    at += -Math.log(1 - random()) * mean;
    return { at: Math.round(at), text: `INFO [web] served page ${index % 83} to visitor` };
  });
}
