import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mineTemplates } from '../../../src/engine/template/mineTemplates.ts';
import { SlotReader, slotValues, templateOf } from '../../../src/engine/template/slotValues.ts';
import { logOf } from '../../support/logs.ts';

/** The message that a template and its values make. */
function filled(template: string, values: readonly string[]): string {
  return template
    .split('<*>')
    .map((chunk, at) => chunk + (values[at] ?? ''))
    .join('');
}

const collapse = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe('slotValues', () => {
  it('gives the values in order', async () => {
    const { log, records } = logOf([
      'order 17 of alice@a.example took 1.5 ms.',
      'order 18 of bob@a.example took 22.75 ms.',
    ]);
    const table = await mineTemplates(log, records);
    expect(templateOf(table, 0).text).toBe('order <*> of <*> took <*> ms.');
    expect(slotValues(log, records, table, 0)).toEqual(['17', 'alice@a.example', '1.5']);
    expect(slotValues(log, records, table, 1)).toEqual(['18', 'bob@a.example', '22.75']);
  });

  it('reads through colour codes and runs of blanks', async () => {
    const { log, records } = logOf(['took \u001b[1m12\u001b[0m   ms', 'took 13 ms']);
    const table = await mineTemplates(log, records);
    expect(slotValues(log, records, table, 0)).toEqual(['12']);
  });

  it('takes a list as one value', async () => {
    const { log, records } = logOf(['drop 1, 2, 3 now', 'drop 4, 5, 6, 7 now']);
    const table = await mineTemplates(log, records);
    expect(templateOf(table, 0).text).toBe('drop <*> now');
    expect(slotValues(log, records, table, 1)).toEqual(['4, 5, 6, 7']);
  });

  it('has nothing to give for a template without slots and for an empty message', async () => {
    const { log, records } = logOf(['', 'stopped']);
    const table = await mineTemplates(log, records);
    expect(slotValues(log, records, table, 0)).toEqual([]);
    expect(slotValues(log, records, table, 1)).toEqual([]);
  });

  it('finds the same values without making strings', async () => {
    const { log, records } = logOf([
      'node n0x0 took 0ms',
      'node \u001b[1mn1x1\u001b[0m took 10ms',
      'stopped',
    ]);
    const table = await mineTemplates(log, records);
    const reader = new SlotReader(log, records);
    reader.open(templateOf(table, 0));
    expect(reader.read(1)).toBe(true);
    expect([reader.text(0), reader.text(1)]).toEqual(slotValues(log, records, table, 1));
    expect(reader.read(2)).toBe(false);
  });

  it('putting the values back gives the message', async () => {
    const word = fc.constantFrom(
      'alice',
      'bob',
      'x9',
      '10.0.0.1',
      '12',
      '-3.5',
      '/var/a b',
      'é',
      '',
    );
    const line = fc
      .tuple(
        fc.constantFrom('job % done in % s', 'user %: % [%]', 'a=%, b=%', '% and %'),
        word,
        word,
      )
      .map(([sentence, a, b]) => sentence.replace('%', a).replace('%', b).replace('%', a));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 50 }), async (lines) => {
        const { log, records } = logOf(lines);
        const table = await mineTemplates(log, records);
        lines.forEach((text, record) => {
          const values = slotValues(log, records, table, record);
          expect(collapse(filled(templateOf(table, record).text, values))).toBe(collapse(text));
        });
      }),
      { seed: 17, numRuns: 300 },
    );
  });

  it('never throws, whatever the bytes and the encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 20 }),
        fc.constantFrom('utf-8' as const, 'latin1' as const, 'binary' as const),
        async (parts, encoding) => {
          const { log: ascii, records } = logOf(parts.map((part) => 'x'.repeat(part.length)));
          const bytes = ascii.bytes.slice();
          parts.forEach((part, at) => {
            bytes.set(
              part.map((byte) => (byte === 10 ? 0 : byte)),
              records.messageStart[at],
            );
          });
          const log = { ...ascii, bytes, encoding };
          const table = await mineTemplates(log, records);
          for (let record = 0; record < records.count; record++) {
            const values = slotValues(log, records, table, record);
            expect(values).toHaveLength(templateOf(table, record).slots.length);
          }
        },
      ),
      { seed: 19, numRuns: 300 },
    );
  });
});
