import { describe, expect, it } from 'vitest';
import { bytesText, decodeLog } from '../../../src/engine/record/decodeLog.ts';
import { formats } from '../../../src/engine/record/formats.ts';
import { levels } from '../../../src/engine/record/levels.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { isoTime } from '../../../src/engine/record/time.ts';

async function firstRecord(text: string) {
  const log = decodeLog('sample.log', new TextEncoder().encode(text));
  const table = await parseRecords(log);
  return {
    format: table.format.name,
    count: table.count,
    time: isoTime(table.time[0]!),
    level: levels[table.level[0]!],
    source: table.sources[table.source[0]!],
    message: bytesText(log, table.messageStart[0]!, table.messageEnd[0]!),
  };
}

describe('the table of formats', () => {
  const samples = formats.flatMap(({ name, samples }) =>
    samples.map((sample) => [name, sample] as const),
  );

  it.each(samples)('reads %s from a single line', async (name, { line, ...fields }) => {
    expect(await firstRecord(line)).toEqual({ format: name, count: 1, ...fields });
  });

  it.each(samples)('reads %s from many lines', async (name, { line, ...fields }) => {
    expect(await firstRecord(`${line}\n`.repeat(40))).toEqual({
      format: name,
      count: 40,
      ...fields,
    });
  });

  it.each(samples)(
    'reads %s with Windows line ends and colours',
    async (name, { line, ...fields }) => {
      const coloured = `\u001b[2m\u001b[32m${line}\u001b[0m\r\n`.repeat(3);
      const record = await firstRecord(coloured);
      expect({ ...record, message: record.message.replaceAll(/\u001b\[\d*m/g, '') }).toEqual({
        format: name,
        count: 3,
        ...fields,
      });
    },
  );
});
