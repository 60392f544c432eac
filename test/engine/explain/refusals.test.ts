import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

const answered = (second: number, status: number): string =>
  `${at(second)} INFO web.Access - 10.0.0.9 "POST /keys HTTP/1.1" status: ${status} len: ${500 + second}`;

describe('requests that were refused', () => {
  it('are worth a look where nothing else tells of trouble', async () => {
    const text = lines(ordinaryLines(40), answered(41, 400), ordinaryLines(10, 42));
    const told = explainLogs({ analyses: [await readOnly('web.log', text)] });
    expect(told.verdict).toBe('inconclusive');
    expect(told.evidence.map(({ line }) => line)).toContain(41);
  });

  it('say nothing where something was only not found, or nobody had logged in yet', async () => {
    const text = lines(ordinaryLines(40), answered(41, 404), answered(42, 401));
    const told = explainLogs({ analyses: [await readOnly('web.log', text)] });
    expect(told.verdict).toBe('no_incident');
  });

  it('are the daily bread of a log of accesses', async () => {
    const text = lines(
      Array.from({ length: 60 }, (_, index) => answered(index, index % 20 === 7 ? 400 : 200)),
    );
    const told = explainLogs({ analyses: [await readOnly('access.log', text)] });
    expect(told.verdict).toBe('no_incident');
  });

  it('count against a good run by their status, since the rest of the line is the same', async () => {
    const good = lines(ordinaryLines(40), answered(41, 200), answered(42, 403));
    const bad = lines(ordinaryLines(40), answered(41, 503), answered(42, 403));
    const told = explainLogs({
      analyses: [await readOnly('web.log', bad)],
      baseline: [await readOnly('web.log', good)],
    });
    expect(told.rootCause.category).toBe('dependency.unavailable');
    expect(told.evidence[0]?.line).toBe(41);
  });
});
