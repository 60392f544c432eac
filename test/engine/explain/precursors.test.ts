import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { analysed, lines, ordinaryLines } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

const host = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) =>
      `Mar 12 12:0${Math.floor(index / 30)}:${String((index * 2) % 60).padStart(2, '0')} db-1 cron[${200 + index}]: (root) CMD (run-parts ${index})`,
  );

/** What callers log once the store is gone. */
const refused = (from: number): string[] =>
  Array.from(
    { length: 12 },
    (_, index) =>
      `${at(from + index * 2)} ERROR web.Store - GET /orders/${index} failed: connect ECONNREFUSED 10.0.0.7:5432`,
  );

describe('a line without a level that names what leads to louder trouble', () => {
  const killed = 'Mar 12 12:02:10 db-1 systemd[1]: store.service: Watchdog timeout (limit 30s)!';

  it('is told as the cause where its known effect follows shortly after', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('syslog', lines(host(64), killed, host(4))),
        await analysed('web.log', lines(ordinaryLines(120), refused(135), ordinaryLines(10, 160))),
      ],
    });
    expect(told.rootCause.category).toBe('process.killed');
  });

  it('is not the cause of what came long before it', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('syslog', lines(host(64), killed, host(4))),
        await analysed('web.log', lines(refused(1), ordinaryLines(3, 130))),
      ],
    });
    expect(told.rootCause.category).toBe('dependency.unavailable');
  });
});
