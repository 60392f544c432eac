import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { alignClocks } from '../../../src/engine/explain/skew.ts';
import { lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const day = Date.UTC(2026, 2, 12, 12);
const iso = (second: number): string => new Date(day + second * 1000).toISOString();
const requestId = (index: number): string => `req-${(index * 7919 + 100_003).toString(16)}ab12`;

/** A service that calls another: the call lies inside its own work on the request. */
function callerLog(requests: number): string[] {
  return Array.from({ length: requests }, (_, index) => [
    `${iso(index * 10)} INFO web.Front - begin ${requestId(index)}`,
    `${iso(index * 10 + 4)} INFO web.Front - done ${requestId(index)}`,
  ]).flat();
}

function calledLog(requests: number, aheadSeconds: number): string[] {
  return Array.from({ length: requests }, (_, index) => [
    `${iso(index * 10 + 1 + aheadSeconds)} INFO store.Api - load for ${requestId(index)}`,
    `${iso(index * 10 + 3 + aheadSeconds)} INFO store.Api - sent for ${requestId(index)}`,
  ]).flat();
}

describe('clocks of several logs', () => {
  it('are put right by what both logs state', async () => {
    const analyses = [
      await readOnly('web.log', lines(callerLog(12))),
      await readOnly('store.log', lines(calledLog(12, 37))),
    ];
    const { shifts, skews } = alignClocks(analyses);
    expect(skews).toHaveLength(1);
    expect(Math.abs(skews[0]?.ahead ?? 0)).toBe(37_000);
    expect(Math.abs((shifts[1] ?? 0) - (shifts[0] ?? 0))).toBe(37_000);
  });

  it('are left alone where a call lies inside its caller, or waits for its turn', async () => {
    const web = await readOnly('web.log', lines(callerLog(12)));
    const called = await readOnly('store.log', lines(calledLog(12, 0)));
    expect(alignClocks([web, called]).skews).toEqual([]);
    const queued = Array.from(
      { length: 12 },
      (_, index) =>
        `${iso(index * 10 + 6 + ((index * 29) % 50))} INFO jobs.Run - work on ${requestId(index)}`,
    );
    const jobs = await readOnly('jobs.log', lines(queued.sort()));
    expect(alignClocks([web, jobs]).skews).toEqual([]);
  });

  it('decide the order, and the report says that they were put right', async () => {
    const failing = `${iso(121 + 37)} ERROR store.Disk - write failed: no space left on device`;
    const seen = `${iso(124)} ERROR web.Front - request answered status=503 by store`;
    const told = explainLogs({
      analyses: [
        await readOnly('web.log', lines(callerLog(12), seen)),
        await readOnly('store.log', lines(calledLog(12, 37), failing)),
      ],
    });
    expect(told.rootCause.category).toBe('resource.disk');
    expect(told.timeline[0]?.event).toContain('no space left');
    expect(told.notices.join(' ')).toContain(
      'store.log seems 37 s ahead of that of web.log (estimated from 12 shared identifiers)',
    );
  });

  it('take the year of the logs beside them, and never put them thousands of hours away', async () => {
    const syslog = Array.from(
      { length: 30 },
      (_, index) => `Mar 12 12:00:${String(10 + index)} node3 cron[88]: tick ${index}`,
    );
    const told = explainLogs({
      analyses: [
        await readOnly(
          'syslog',
          lines(syslog, 'Mar 12 12:01:00 node3 kernel: I/O error: no space left on device'),
        ),
        await readOnly(
          'web.log',
          lines(ordinaryLines(70), `${iso(72)} ERROR web.Front - answered status=503`),
        ),
      ],
    });
    const text = JSON.stringify(told);
    expect(text).not.toMatch(/[0-9]{4,} h /);
    const times = told.timeline.map(({ time }) => time);
    expect(times[0]).toBe('2026-03-12T12:01:00.000Z');
  });

  it('leave out a log that counts from its own start, and say so', async () => {
    const counted = Array.from(
      { length: 30 },
      (_, index) => `[   ${index}.${String(100 + index)}000] usb 1-${index % 4}: new device found`,
    );
    const told = explainLogs({
      analyses: [
        await readOnly('dmesg', lines(counted, '[   31.200000] Out of memory: Killed process 88')),
        await readOnly(
          'web.log',
          lines(ordinaryLines(70), `${iso(72)} ERROR web.Front - answered status=503`),
        ),
      ],
    });
    expect(JSON.stringify(told.timeline)).not.toContain('2000-01-01');
    expect(told.missing.join(' ')).toMatch(/dmesg/);
  });
});
