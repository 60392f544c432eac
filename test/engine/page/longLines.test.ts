import { describe, expect, it } from 'vitest';

import { LogPages } from '../../../src/engine/page/logPages.ts';
import { MemorySource } from './memorySource.ts';

async function opened(text: string): Promise<LogPages> {
  const pages = await LogPages.open(new MemorySource(text));
  await pages.extendIndex(() => undefined);
  return pages;
}

describe('very long lines', () => {
  it('show another part of a long line, and name the byte of a column in it', async () => {
    const long = `${'é'.repeat(700_000)}${'日'.repeat(700_000)}`;
    const pages = await opened(`first\n${long}\nlast\n`);
    const part = async (skip: number) =>
      (await pages.window({ kind: 'line', line: 2 }, 1, 1, 5, undefined, skip)).rows;
    const [before, row, after] = await part(1001);
    expect(row).toMatchObject({ text: 'ééééé', skipped: 1000, cut: true });
    expect([before, after].map((one) => [one!.text, one!.skipped])).toEqual([
      ['first', 0],
      ['last', 0],
    ]);
    expect((await part(3_499_990))[1]).toMatchObject({ text: '日日日日', cut: false });
    expect(await pages.byteOfColumn(6, 700_001)).toBe(6 + 1_400_000 + 3);
    expect(await pages.byteOfColumn(6, 0)).toBe(6);
  });

  it('find the ends of very long lines among short ones by the index, wherever one looks', async () => {
    const lines = ['a\n', `${'x'.repeat(3_000_000)}\n`, 'b\n', `${'y'.repeat(1 << 20)}\n`, 'c\n'];
    for (const text of [lines.join(''), lines.slice(0, 2).join('').trimEnd()]) {
      const pages = await opened(text);
      const fresh = await LogPages.open(new MemorySource(text));
      for (let byte = 0; byte < text.length; byte += 262_143) {
        const { start, end } = await fresh.lineOf(byte);
        expect(await pages.lineOf(byte), String(byte)).toMatchObject({ start, end });
      }
    }
  });
});
