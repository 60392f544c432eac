import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { analysed, lines, ordinaryLines } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

const reset = (second: number): string =>
  `${at(second)} ERROR web.Peer - connection reset by peer while reading from 10.0.0.7`;

describe('what a system got over', () => {
  it('is a weak sign where the log went on without it', async () => {
    const text = lines(ordinaryLines(90), reset(91), ordinaryLines(120, 92));
    const told = explainLogs({ analyses: [await analysed('web.log', text)] });
    expect(['no_incident', 'inconclusive']).toContain(told.verdict);
  });

  it('is an incident where the log ends with it', async () => {
    const text = lines(ordinaryLines(90), reset(91), reset(92));
    const told = explainLogs({ analyses: [await analysed('web.log', text)] });
    expect(told.verdict).toBe('probable');
    expect(told.rootCause.category).toBe('network.disconnect');
  });

  it('is not taken for the cause of a later trouble that lasts', async () => {
    const full = Array.from(
      { length: 6 },
      (_, index) =>
        `${at(301 + index * 2)} ERROR store.Writer - could not write segment ${700 + index}: No space left on device`,
    );
    const text = lines(ordinaryLines(90), reset(91), ordinaryLines(200, 100), full);
    const told = explainLogs({ analyses: [await analysed('web.log', text)] });
    expect(told.rootCause.category).toBe('resource.disk');
  });

  it('does not hide what a system ran out of, even when told once', async () => {
    const once = `${at(91)} ERROR store.Writer - could not write segment 7: No space left on device`;
    const text = lines(ordinaryLines(90), once, ordinaryLines(120, 92));
    const told = explainLogs({ analyses: [await analysed('web.log', text)] });
    expect(told.rootCause.category).toBe('resource.disk');
    expect(['probable', 'root_cause_found']).toContain(told.verdict);
  });
});
