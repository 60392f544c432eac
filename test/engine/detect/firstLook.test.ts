import { describe, expect, it } from 'vitest';
import { firstLook } from '../../../src/engine/detect/firstLook.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { healthyService, write } from './syntheticLog.ts';

const megabyte = 1 << 20;

/** Ordinary traffic over and over until it has `size` bytes, with `inserted` near `share` of it. */
function largeLog(size: number, inserted: string, share: number): LogText {
  const ordinary = Buffer.from(write(healthyService(4000, 3)));
  const bytes = Buffer.alloc(Math.ceil(size / ordinary.length) * ordinary.length, ordinary);
  const at = bytes.indexOf(10, Math.floor(bytes.length * share)) + 1;
  const text = Buffer.from(inserted);
  return decodeLog('large.log', Buffer.concat([bytes.subarray(0, at), text, bytes.subarray(at)]));
}

const failure =
  '2024-03-04 09:30:00.000 ERROR [db] Pool: disk failure on the array, giving up\n  at Pool.write (pool.js:12)\n';

describe('firstLook', () => {
  it('finds a stated failure anywhere in a large log, at its own line', async () => {
    for (const share of [0, 0.37, 0.9999]) {
      const log = largeLog(26 * megabyte, failure, share);
      const look = await firstLook(log);
      const found = look!.findings.find(({ title }) => title.includes('disk failure'))!;
      const start = log.lineStarts[found.line - 1]!;
      expect(Buffer.from(log.bytes.subarray(start, start + 80)).toString()).toContain(
        'disk failure',
      );
      expect(found.severity).not.toBe('low');
      expect(look!.bytes).toBeLessThan(megabyte * 6);
    }
  });

  it('says nothing of a large log without failures, and marks no line it did not look at', async () => {
    const look = await firstLook(largeLog(26 * megabyte, '', 0.5));
    expect(look!.findings).toEqual([]);
  });

  it('shows tables that tile the whole log', async () => {
    const log = largeLog(26 * megabyte, failure, 0.37);
    const { records, templates } = (await firstLook(log))!.view;
    expect(records.firstLine[0]).toBe(0);
    expect(records.firstLine[records.count]).toBe(log.lineCount);
    let ascending = true;
    let inside = true;
    for (let record = 0; record < records.count; record += 1) {
      const from = records.firstLine[record]!;
      const to = records.firstLine[record + 1]!;
      if (to <= from) ascending = false;
      const start = records.messageStart[record]!;
      if (start < log.lineStarts[from]! || records.messageEnd[record]! > log.lineStarts[to]!) {
        inside = false;
      }
    }
    expect(ascending).toBe(true);
    expect(inside).toBe(true);
    expect(templates.ofRecord).toHaveLength(records.count);
  });

  it('leaves small logs, and logs of endless lines, to those who read them whole', async () => {
    expect(await firstLook(largeLog(megabyte, failure, 0.5))).toBeNull();
    const endless = Buffer.alloc(26 * megabyte, 'x');
    expect(await firstLook(decodeLog('endless.log', endless))).toBeNull();
  });
});
