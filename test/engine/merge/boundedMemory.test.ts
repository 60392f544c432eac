import { describe, expect, it } from 'vitest';

import { mergeByTime } from '../../../src/engine/merge/mergeByTime.ts';
import type { ByteSource } from '../../../src/engine/source/byteSource.ts';
import { at, memorySource } from './logs.ts';

describe('the memory of a merge', () => {
  it('asks for a bounded piece at a time, also where one line is longer than that', async () => {
    const line = `${at(0, 'dump ')}${'x'.repeat(9 << 20)}\n${at(2, 'after')}\n`;
    let largest = 0;
    const watched = (source: ByteSource): ByteSource => ({
      ...source,
      read(into, from) {
        largest = Math.max(largest, into.length);
        return source.read(into, from);
      },
    });
    const inputs = [line, `${at(1, 'between')}\n`].map((text, index) => ({
      source: watched(memorySource(`${index}.log`, text)),
      name: `${index}.log`,
      skew: 0,
    }));
    let written = 0;
    let largestWritten = 0;
    const lanes = await mergeByTime(inputs, {
      append: (bytes) => {
        written += bytes.length;
        largestWritten = Math.max(largestWritten, bytes.length);
        return Promise.resolve();
      },
    });
    expect(largest).toBeLessThanOrEqual(4 << 20);
    expect(largestWritten).toBeLessThanOrEqual(4 << 20);
    expect(written).toBe(inputs[0]!.source.size + inputs[1]!.source.size);
    expect([0, 1, 2].map((index) => lanes.runAtLine(index)?.lane)).toEqual([0, 1, 0]);
  });
});
