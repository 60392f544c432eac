import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TimeMerge } from '../../../src/engine/merge/timeMerge.ts';
import type { ByteSource } from '../../../src/engine/source/byteSource.ts';
import { at, Collected, memorySource } from './logs.ts';

/** Logs that are written while they are merged. */
class Growing {
  readonly out = new Collected();
  readonly merge: TimeMerge;
  readonly #texts: string[];

  constructor(...texts: readonly string[]) {
    this.#texts = [...texts];
    const source = (lane: number): ByteSource => ({
      ...memorySource(`${lane}.log`, ''),
      get size() {
        return 1_000_000;
      },
      read: (into, from) => memorySource('', this.#texts[lane] ?? '').read(into, from),
    });
    this.merge = new TimeMerge(
      texts.map((_, lane) => ({ source: source(lane), name: `${lane}.log`, skew: 0 })),
      this.out,
    );
  }

  /** Adds to each log, and joins all that is there. */
  async write(...added: readonly string[]): Promise<void> {
    for (const [lane, text] of added.entries())
      this.#texts[lane] = (this.#texts[lane] ?? '') + text;
    await this.merge.extend(this.#texts.map((text) => Buffer.byteLength(text)));
  }
}

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('a merge that goes on', () => {
  it('puts what comes later at the end, in the order of time among what comes with it', async () => {
    const logs = new Growing(text(at(0, 'a0'), at(20, 'a20')), text(at(10, 'b10')));
    await logs.write();
    await logs.write(text(at(40, 'a40'), '  its trace'), text(at(15, 'late'), at(30, 'b30')));
    await logs.write('', text('  more of b30', at(50, 'b50')));
    expect(logs.out.lines.map((line) => line.split(' ').at(-1))).toEqual([
      'a0',
      'b10',
      'a20',
      'late',
      'b30',
      'a40',
      'trace',
      'b30',
      'b50',
    ]);
  });

  it('reads the times of a log that was empty at first', async () => {
    const logs = new Growing('', text(at(10, 'b10')));
    await logs.write();
    await logs.write(text(at(20, 'a20')), text(at(15, 'b15')));
    expect(logs.out.lines.map((line) => line.slice(-3))).toEqual(['b10', 'b15', 'a20']);
    expect(logs.merge.lanes.timed).toEqual([true, true]);
  });

  it('goes over New Year in a log that states no year', async () => {
    const dated = (time: string, message: string): string => `${time}Z INFO shop.Cart - ${message}`;
    const logs = new Growing(
      text('Dec 31 23:59:58 host app: a'),
      text(dated('2025-12-31T23:59:59', 'b')),
    );
    await logs.write();
    await logs.write(
      text('Jan  1 00:00:02 host app: c', 'Jan  1 00:00:05 host app: e'),
      text(dated('2026-01-01T00:00:03', 'd')),
    );
    expect(logs.out.lines.map((line) => line.slice(-1))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gives the rest of a line that was cut a row of its own, and counts it once', async () => {
    const logs = new Growing(at(0, 'a0 beg'), text(at(10, 'b10')));
    await logs.write();
    await logs.write(text('un', at(20, 'a20')), '');
    expect(logs.out.lines).toEqual([at(0, 'a0 beg'), at(10, 'b10'), 'un', at(20, 'a20')]);
    const { lanes } = logs.merge;
    expect([0, 1].map((line) => lanes.lineOf(0, line))).toEqual([0, 3]);
    expect(lanes.runAtLine(2)).toMatchObject({ lane: 0, sourceLine: 0 });
    expect(lanes.runAtLine(3)).toMatchObject({ lane: 0, sourceLine: 0, line: 2 });
  });

  it('tells the row of every line of every log, however they were written', async () => {
    const line = fc.record({
      lane: fc.nat(2),
      time: fc.nat(1000),
      ends: fc.boolean(),
      looks: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 60 }), async (lines) => {
        const logs = new Growing('', '', '');
        const written = ['', '', ''];
        let pending = ['', '', ''];
        for (const { lane, time, ends, looks } of lines) {
          const piece = `${at(time, `${lane}-${time}`)}${ends ? '\n' : ''}`;
          written[lane] = (written[lane] ?? '') + piece;
          pending[lane] = (pending[lane] ?? '') + piece;
          if (!looks) continue;
          await logs.write(...pending);
          pending = ['', '', ''];
        }
        await logs.write(...pending);
        const rows = logs.out.lines;
        const { lanes } = logs.merge;
        expect(lanes.lines).toBe(rows.length);
        for (const [lane, all] of written.entries()) {
          const own = all.split('\n');
          if (own.at(-1) === '') own.pop();
          for (const [number, content] of own.entries()) {
            const row = lanes.lineOf(lane, number) ?? -1;
            // A line that was cut while it was written goes on in further rows.
            expect(content.startsWith(rows[row] ?? 'none')).toBe(true);
            const run = lanes.runAtLine(row);
            expect(run?.lane).toBe(lane);
            expect((run?.sourceLine ?? 0) + row - (run?.line ?? 0)).toBe(number);
          }
          expect(lanes.lineOf(lane, own.length)).toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  });
});
