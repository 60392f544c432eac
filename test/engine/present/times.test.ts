import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/engine/detect/finding.ts';
import { lineTimes, recordAtTime, timeBounds } from '../../../src/engine/present/lineTimes.ts';
import { foldRanges } from '../../../src/engine/present/foldRanges.ts';
import { outlineParts } from '../../../src/engine/present/outline.ts';
import { deltaWords, spanWords } from '../../../src/engine/present/timeWords.ts';
import { unusualGap } from '../../../src/engine/present/unusualGap.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import type { RecordTable } from '../../../src/engine/record/recordTable.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { textLog } from '../record/parseText.ts';

const start = Date.parse('2026-05-14T12:00:00Z');

function line(second: number, message = 'INFO order placed'): string {
  return `${new Date(start + second * 1_000).toISOString()} ${message}\n`;
}

async function parse(
  text: string,
): Promise<{ readonly log: LogText; readonly records: RecordTable }> {
  const log = textLog(text);
  return { log, records: await parseRecords(log) };
}

describe('spanWords', () => {
  it.each([
    [0.25, '0.25 ms'],
    [114.7, '114 ms'],
    [2_345, '2.34 s'],
    [59_999, '59.9 s'],
    [192_000, '3 min 12 s'],
    [3_600_000, '1 h'],
    [183_600_000, '2 d 3 h'],
  ])('writes %d ms as %s', (ms, words) => {
    expect(spanWords(ms)).toBe(words);
  });

  it('says when the log goes back', () => {
    expect([deltaWords(114), deltaWords(-2_000), deltaWords(0)]).toEqual(['+114 ms', '-2 s', '+0']);
  });
});

describe('lineTimes', () => {
  it('gives each line the time of its record and says which lines begin one', async () => {
    const { records } = await parse(line(0) + line(1) + '\tat a.b(C.java:1)\n' + line(3));
    const { times, heads, before } = lineTimes(records, 1, 4);
    expect([...times]).toEqual([start + 1_000, start + 1_000, start + 3_000, NaN]);
    expect([...heads]).toEqual([1, 0, 1, 0]);
    expect(before).toBe(start);
  });

  it('knows the time before a range that begins inside a record', async () => {
    const { records } = await parse(line(0) + line(1) + '\tat a.b(C.java:1)\n');
    expect(lineTimes(records, 2, 2).before).toBe(start + 1_000);
    expect(lineTimes(records, 0, 0).before).toBeNaN();
  });

  it('finds the line at a moment in a log whose times are not in order', async () => {
    const { records } = await parse([0, 10, 5, 20].map((second) => line(second)).join(''));
    expect(recordAtTime(records, start + 4_000, 'after')?.line).toBe(2);
    expect(recordAtTime(records, start + 9_000, 'nearest')?.line).toBe(1);
    expect(recordAtTime(records, start + 99_000, 'after')?.line).toBe(3);
    expect(recordAtTime(records, start - 99_000, 'after')?.line).toBe(0);
    expect(timeBounds(records)).toEqual({ first: start, last: start + 20_000 });
  });

  it('finds nothing in a log without times', async () => {
    const { records } = await parse('one\ntwo\n');
    expect(recordAtTime(records, start, 'nearest')).toBeNull();
    expect(timeBounds(records)).toBeNull();
  });
});

describe('unusualGap', () => {
  it('is ten times the usual step, and the gaps do not raise it', async () => {
    const seconds = Array.from({ length: 60 }, (_, at) => at * 2 + (at > 30 ? 3_600 : 0));
    const { records } = await parse(seconds.map((second) => line(second)).join(''));
    expect(unusualGap(records)).toBe(20_000);
  });

  it('is unknown where there are few times', async () => {
    const { records } = await parse(line(0) + line(1) + line(500));
    expect(unusualGap(records)).toBe(Infinity);
  });
});

describe('foldRanges', () => {
  it('folds records, runs and groups, one at a line', async () => {
    const parts = [
      line(0, 'ERROR failed'),
      '\tat a.b(C.java:1)\n\tat a.c(C.java:2)\n\n',
      ...Array.from({ length: 6 }, (_, at) => line(at + 1)),
      line(8, '##[group]Build'),
      line(9, 'INFO inner'),
      line(10, '##[endgroup]'),
    ];
    const { log, records } = await parse(parts.join(''));
    const ofRecord = Uint32Array.from([0, 1, 1, 1, 1, 1, 1, 2, 3, 4]);
    const folds = foldRanges({ log, records, templates: { templates: [], ofRecord } });
    expect(folds).toEqual([
      { line: 0, endLine: 2, kind: 'record' },
      { line: 4, endLine: 9, kind: 'run' },
      { line: 10, endLine: 12, kind: 'group' },
    ]);
  });

  it('keeps the longest of too many', async () => {
    const { log, records } = await parse(`${line(0)} x\n`.repeat(6_000) + `${line(1)} x\n y\n`);
    const ofRecord = Uint32Array.from({ length: records.count }, (_, at) => at);
    const folds = foldRanges({ log, records, templates: { templates: [], ofRecord } });
    expect(folds).toHaveLength(5_000);
    expect(folds.at(-1)?.line).toBe(12_000);
  });
});

describe('outlineParts', () => {
  const finding = (at: number): Finding =>
    ({ title: 'Boom', severity: 'high', line: at, endLine: at + 900, rank: 1 }) as Finding;

  it('divides a log by time, with errors counted and findings within their part', async () => {
    const text = Array.from({ length: 600 }, (_, at) =>
      line(at * 6, at === 70 ? 'ERROR no' : 'INFO yes'),
    ).join('');
    const parts = outlineParts(await parse(text).then(({ records }) => ({ records })), [
      finding(71),
    ]);
    expect(parts.map(({ name }) => name).slice(0, 3)).toEqual(['12:00', '12:05', '12:10']);
    expect(parts[1]).toMatchObject({ line: 50, endLine: 99, records: 50, errors: 1 });
    expect(parts[1]?.findings).toEqual([
      { title: 'Boom', severity: 'high', line: 70, endLine: 99 },
    ]);
    // Every line is in one part.
    parts.forEach((part, at) => {
      expect(part.line).toBe(at === 0 ? 0 : (parts[at - 1]?.endLine ?? 0) + 1);
    });
    expect(parts.at(-1)?.endLine).toBe(599);
  });

  it('names the day where there are several, and divides by lines where there are no times', async () => {
    const days = Array.from({ length: 90 }, (_, at) => line(at * 3_600)).join('');
    expect(outlineParts(await parse(days), [])[0]?.name).toBe('14 May 12:00');
    const plain = Array.from({ length: 100 }, (_, at) => `step ${at} of it\n`).join('');
    const parts = outlineParts(await parse(plain), []);
    expect(parts.map(({ name }) => name)).toEqual(['lines 1-50', 'lines 51-100']);
  });

  it('stays small where one clock is wrong or times leap', async () => {
    const wrong = line(-900_000_000) + Array.from({ length: 600 }, (_, at) => line(at)).join('');
    expect(outlineParts(await parse(wrong), []).length).toBeGreaterThan(10);
    const leaping = Array.from({ length: 3_000 }, (_, at) => line(2 ** (at % 30))).join('');
    expect(outlineParts(await parse(leaping), []).length).toBeLessThanOrEqual(200);
  });
});
