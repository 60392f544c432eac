import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { concatenate, mergeByTime } from '../../../src/engine/merge/mergeByTime.ts';
import type { OneLog } from './logs.ts';
import { at, Collected, inputsOf, memorySource } from './logs.ts';

async function merged(...texts: readonly OneLog[]): Promise<string[]> {
  const out = new Collected();
  await mergeByTime(inputsOf(...texts), out);
  return out.lines;
}

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('mergeByTime', () => {
  it('lays records by their times and keeps continuation lines with them', async () => {
    const one = text(
      at(0, 'a'),
      'java.io.IOException: full',
      '\tat shop.A.b(A.java:1)',
      at(20, 'c'),
    );
    const two = text(at(10, 'b'), '  wrapped', at(30, 'd'));
    expect(await merged(one, two)).toEqual([
      at(0, 'a'),
      'java.io.IOException: full',
      '\tat shop.A.b(A.java:1)',
      at(10, 'b'),
      '  wrapped',
      at(20, 'c'),
      at(30, 'd'),
    ]);
  });

  it('gives equal times in the order of the logs, then of the lines', async () => {
    const one = text(at(0, 'a1'), at(5, 'a2'), at(5, 'a3'));
    const two = text(at(0, 'b1'), at(5, 'b2'));
    expect((await merged(one, two)).map((line) => line.slice(-2))).toEqual([
      'a1',
      'b1',
      'a2',
      'a3',
      'b2',
    ]);
  });

  it('keeps what stands above the first record with it', async () => {
    const one = text(at(0, 'a'), at(20, 'c'));
    const two = text('# started by make', '', at(10, 'b'), at(30, 'd'));
    expect(await merged(one, two)).toEqual([
      at(0, 'a'),
      '# started by make',
      '',
      at(10, 'b'),
      at(20, 'c'),
      at(30, 'd'),
    ]);
  });

  it('adds the skew to the times of a log', async () => {
    const one = text(at(0, 'a'), at(2000, 'c'));
    const two = { text: text(at(61_000, 'b'), at(63_000, 'd')), skew: -60_000 };
    expect((await merged(one, two)).map((line) => line.slice(-1))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('puts times without a year into the year of the other logs, and says so', async () => {
    const out = new Collected();
    const syslog = text(
      'Mar 12 12:00:01 web1 cron[1]: two',
      'Mar 12 12:00:03 web1 cron[1]: four',
      'Mar 12 12:00:05 web1 cron[1]: six',
    );
    const { notes, timed } = await mergeByTime(
      inputsOf(text(at(0, 'one'), at(2000, 'three'), at(4000, 'five')), syslog),
      out,
    );
    expect(out.lines.map((line) => line.split(' ').at(-1))).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
    ]);
    expect(timed).toEqual([true, true]);
    expect(notes.join('\n')).toContain('b.log: no year stated');
  });

  it('places logs without times, and of another time of day, behind the others, and says so', async () => {
    const out = new Collected();
    const { notes, timed } = await mergeByTime(
      inputsOf(
        'one\ntwo\n',
        text(at(0, 'a'), at(1, 'b'), at(2, 'c')),
        text('[    1.000001] usb found', '[    2.000002] usb lost', '[    3.000003] usb gone'),
      ),
      out,
    );
    expect(out.lines.map((line) => line.split(' ').at(-1))).toEqual([
      'a',
      'b',
      'c',
      'one',
      'two',
      'found',
      'lost',
      'gone',
    ]);
    expect(timed).toEqual([false, true, false]);
    expect(notes).toEqual([
      'a.log: no times; placed behind the others.',
      'c.log: times without a date, or of another time, that cannot be compared with those of the others; placed behind them.',
    ]);
  });

  it('takes empty logs, and ends a last line that was not ended', async () => {
    const out = new Collected();
    const lanes = await mergeByTime(inputsOf(at(0, 'a'), '', text(at(1, 'b')), at(2, 'c')), out);
    expect(out.text).toBe(text(at(0, 'a'), at(1, 'b'), at(2, 'c')));
    expect(lanes.closed).toEqual([true, false, false, true]);
    expect(lanes.lines).toBe(3);
  });

  it('tells the log and the line of every line', async () => {
    const out = new Collected();
    const texts = [
      text(at(0, 'a'), '\tmore', at(20, 'c')),
      text(at(10, 'b'), at(30, 'd'), at(40, 'e')),
    ];
    const lanes = await mergeByTime(inputsOf(...texts), out);
    let byte = 0;
    for (const [line, content] of out.lines.entries()) {
      const run = lanes.runAtLine(line)!;
      expect(lanes.runAtByte(byte)).toEqual(run);
      const source = texts[run.lane]!.split('\n');
      expect(source[run.sourceLine + line - run.line]).toBe(content);
      byte += Buffer.byteLength(content) + 1;
    }
    expect(lanes.runAtByte(byte)).toBeNull();
    expect(lanes.runAtLine(out.lines.length)).toBeNull();
  });

  it('writes UTF-8 where a log is in single bytes', async () => {
    const out = new Collected();
    const latin = Buffer.from(text(at(0, 'Grüße')), 'latin1');
    const source = memorySource('a.log', latin, { encoding: 'latin1' });
    await mergeByTime([{ source, name: 'a.log', skew: 0 }, ...inputsOf(text(at(1, 'ü')))], out);
    expect(out.text).toBe(text(at(0, 'Grüße'), at(1, 'ü')));
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(
      mergeByTime(inputsOf(text(at(0, 'a'))), new Collected(), { signal: stop.signal }),
    ).rejects.toMatchObject({ reason: 'aborted' });
  });

  it('gives every line once, in the order of its log, whatever the logs hold', async () => {
    const line = fc.oneof(
      fc
        .record({ ms: fc.integer({ min: 0, max: 5000 }), word: fc.nat(99) })
        .map(({ ms, word }) => at(ms, `m${word}`)),
      fc.constantFrom('', '\tat shop.A.b(A.java:1)', 'Caused by: x', '  indented', 'plain words'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            lines: fc.array(line, { maxLength: 40 }),
            ended: fc.boolean(),
            sorted: fc.boolean(),
          }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        async (logs) => {
          const contents = logs.map(({ lines, sorted }, lane) => {
            const own = lines.map((one, index) => (one === '' ? '' : `${one} #${lane}.${index}`));
            return sorted ? own.filter((one) => one.startsWith('2026')).sort() : own;
          });
          const inputs = contents.map((lines, lane) => {
            const whole = lines.join('\n') + (logs[lane]!.ended && lines.length > 0 ? '\n' : '');
            return {
              source: memorySource(`${lane}.log`, whole, { most: 37 }),
              name: `${lane}.log`,
              skew: 0,
            };
          });
          const out = new Collected();
          const lanes = await mergeByTime(inputs, out);
          const back: string[][] = contents.map(() => []);
          let byte = 0;
          for (const [index, one] of out.lines.entries()) {
            const run = lanes.runAtLine(index)!;
            expect(run).toEqual(lanes.runAtByte(byte));
            expect(run.sourceLine + index - run.line).toBe(back[run.lane]!.length);
            back[run.lane]!.push(one);
            byte += Buffer.byteLength(one) + 1;
          }
          const expected = inputs.map(({ source }, lane) => {
            if (source.size === 0) return [];
            const lines = [...contents[lane]!];
            // A last empty line without an end is no line.
            if (!logs[lane]!.ended && lines.at(-1) === '') lines.pop();
            return lines;
          });
          expect(back).toEqual(expected);
          if (logs.every(({ sorted }) => sorted)) {
            const times = out.lines.map((one) => one.slice(0, 24));
            expect(times).toEqual([...times].sort());
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('concatenate', () => {
  it('lays logs one behind the other', async () => {
    const out = new Collected();
    const lanes = await concatenate(inputsOf(text(at(9, 'b'), 'x'), at(0, 'a')), out);
    expect(out.lines).toEqual([at(9, 'b'), 'x', at(0, 'a')]);
    expect(lanes.runAtLine(2)).toMatchObject({ lane: 1, sourceLine: 0 });
    expect(lanes.notes).toEqual([]);
  });
});
