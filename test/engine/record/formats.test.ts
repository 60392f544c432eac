import { describe, expect, it } from 'vitest';
import { bytesText, decodeLog } from '../../../src/engine/record/decodeLog.ts';
import { sampledFormats as formats } from '../../../src/eval/formats/sampledFormats.ts';
import { levels } from '../../../src/engine/record/levels.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { isoTime } from '../../../src/engine/record/time.ts';

async function firstRecord(text: string, opening = '') {
  const whole = opening === '' ? text : `${opening}\n${text}`;
  const log = decodeLog('sample.log', new TextEncoder().encode(whole));
  const table = await parseRecords(log);
  // What stands above the records is one of its own.
  const row = opening === '' ? 0 : 1;
  return {
    format: table.format.name,
    count: table.count - row,
    time: isoTime(table.time[row]!),
    level: levels[table.level[row]!],
    source: table.sources[table.source[row]!],
    message: bytesText(log, table.messageStart[row]!, table.messageEnd[row]!),
  };
}

describe('the table of formats', () => {
  const samples = formats.flatMap(({ name, samples, opening = '' }) =>
    samples.map((sample) => [name, sample, opening] as const),
  );

  it.each(samples)('reads %s from a single line', async (name, { line, ...fields }, opening) => {
    expect(await firstRecord(line, opening)).toEqual({ format: name, count: 1, ...fields });
  });

  it.each(samples)('reads %s from many lines', async (name, { line, ...fields }, opening) => {
    expect(await firstRecord(`${line}\n`.repeat(40), opening)).toEqual({
      format: name,
      count: 40,
      ...fields,
    });
  });

  it.each(samples)(
    'reads %s with Windows line ends and colours',
    async (name, { line, ...fields }, opening) => {
      const coloured = `\u001b[2m\u001b[32m${line}\u001b[0m\r\n`.repeat(3);
      const record = await firstRecord(coloured, opening);
      expect({ ...record, message: record.message.replaceAll(/\u001b\[\d*m/g, '') }).toEqual({
        format: name,
        count: 3,
        ...fields,
      });
    },
  );

  it.each(samples)(
    'reads %s between the lines of a trace',
    async (name, { line, ...fields }, opening) => {
      const trace =
        '\tat org.example.Shop.run(Shop.java:41)\n\tat org.example.Shop.main(Shop.java:7)\n';
      const text = `${line}\n${trace}`.repeat(12);
      expect(await firstRecord(text, opening)).toEqual({ format: name, count: 12, ...fields });
    },
  );

  it('gives every format three samples and a name of its own', () => {
    expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
    expect(formats.filter(({ samples: own }) => own.length < 3)).toEqual([]);
  });
});

describe('detection', () => {
  it.each([
    ['prose', 'The cart was empty.\nNobody knew why.\nIt stayed so for a while.\n'],
    ['source code', 'const a = 1;\nfunction f() {\n  return a;\n}\n'],
    ['numbers', '1 2 3\n4 5 6\n7 8 9\n'],
  ])('falls back to plain for %s', async (_, text) => {
    expect((await firstRecord(text.repeat(10))).format).toBe('plain');
  });

  it('takes no prose with commas for a table', async () => {
    const prose =
      'The time, the level, the message\nwere late, low, and wrong\nas ever, they said, again\n';
    expect((await firstRecord(prose.repeat(10))).format).toBe('plain');
  });

  it('names a general format where only one line in ten looks like a special one', async () => {
    const special = '2024-05-14 09:30:12,250 INFO org.apache.hadoop.mapred.Task: task is done\n';
    const general = '2024-05-14 09:30:12,250 INFO org.example.Cart: cart is empty\n';
    const { format } = await firstRecord((special + general.repeat(9)).repeat(4));
    expect(format).toBe('log4j');
  });
});
