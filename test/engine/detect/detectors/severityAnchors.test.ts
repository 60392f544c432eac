import { describe, expect, it } from 'vitest';
import { severityPrior } from '../../../../src/engine/detect/detectors/severity.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf } from '../syntheticLog.ts';

const failure = Float32Array.of(1, 0);
const routine = Float32Array.of(0, 1);

describe('vectors in the severity of a message', () => {
  it('speak where the log states neither a level nor a failure, and nowhere else', async () => {
    const view = await viewOf('the pump went quiet\nERROR the valve failed\nall is as it was\n');
    const events = buildEvents(view.records, view.templates);
    const vectors = view.templates.templates.map(() => failure);
    const anchors = { failure: [failure], routine: [routine] };
    const without = severityPrior(events, view.templates, null, null).prior;
    const withVectors = severityPrior(events, view.templates, vectors, anchors).prior;
    const eventOf = (record: number): number => events.ofRecord[record]!;
    expect(withVectors[eventOf(0)]!).toBeGreaterThan(without[eventOf(0)]!);
    expect(withVectors[eventOf(1)]!).toBe(without[eventOf(1)]!);
  });
});
