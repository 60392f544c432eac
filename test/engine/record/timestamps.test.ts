import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysFromCivil } from '../../../src/engine/record/civilTime.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { isoTime } from '../../../src/engine/record/time.ts';
import { parseText, textLog } from './parseText.ts';

async function timesOf(text: string): Promise<(string | null)[]> {
  return (await parseText(text)).map((record) => record.time);
}

const half = '2024-05-14T09:30:12.250Z';
const whole = '2024-05-14T09:30:12.000Z';

describe('timestamps of every family', () => {
  it.each([
    ['2024-05-14T09:30:12.250Z', half],
    ['2024-05-14T09:30:12,250Z', half],
    ['2024-05-14 09:30:12.250', half],
    ['2024-05-14 09:30:12.250123456', half],
    ['2024-05-14T11:30:12.250+02:00', half],
    ['2024-05-14T04:30:12.250-0500', half],
    ['2024-05-14 15:00:12.250 +0530', half],
    ['2024-05-14 09:30:12.250 UTC', half],
    ['2024-05-14 09:30:12.250 +0000 UTC', half],
    ['2024-05-14 04:30:12.250 CDT', half],
    ['2024/05/14 09:30:12', whole],
    ['2024.05.14 09:30:12', whole],
    ['2024-May-14 09:30:12', whole],
    ['2024 May 14 09:30:12.250', half],
    ['2024-05-14-09.30.12.250123', half],
    ['20240514T093012Z', whole],
    ['20240514-09:30:12:250', half],
    ['20240514-9:30:12:250', half],
    ['20240514-9:3:7:62', '2024-05-14T09:03:07.062Z'],
    ['20240514-0:30:0:5', '2024-05-14T00:30:00.005Z'],
    ['20240514093012', whole],
    ['240514 093012', whole],
    ['240514  9:30:12', whole],
    ['14/May/2024:11:30:12 +0200', whole],
    ['14-May-2024 09:30:12.250', half],
    ['14 May 2024 09:30:12.250', half],
    ['Tue, 14 May 2024 09:30:12 GMT', whole],
    ['Tue May 14 09:30:12 2024', whole],
    ['Tue May 14 09:30:12.250123 2024', half],
    ['May 14, 2024 9:30:12 AM', whole],
    ['May 14, 2024 9:30:12 PM', '2024-05-14T21:30:12.000Z'],
    ['May 14 09:30:12', '2000-05-14T09:30:12.000Z'],
    ['May  4 09:30:12.250', '2000-05-04T09:30:12.250Z'],
    ['05-14 09:30:12.250', '2000-05-14T09:30:12.250Z'],
    ['05/14/2024 09:30:12', whole],
    ['05/14/2024 9:30:12 PM', '2024-05-14T21:30:12.000Z'],
    ['14.05.2024 09:30:12,250', half],
    ['24/05/14 09:30:12', whole],
    ['09:30:12.250', '2000-01-01T09:30:12.250Z'],
    ['1715679012', whole],
    ['1715679012.250', half],
    ['1715679012250', half],
    ['1715679012250123', half],
    ['1715679012250123456', half],
    ['[   12.250123]', '2000-01-01T00:00:12.250Z'],
  ])('reads %s', async (stamp, time) => {
    expect(await timesOf(`${stamp} something happened\n`)).toEqual([time]);
    expect(await timesOf(`${stamp} something happened\n`.repeat(3))).toEqual([time, time, time]);
  });

  it.each([
    '12:30 is too short',
    '2024-13-45T09:30:12 x',
    '2024-05-14 25:61:00 x',
    '192.168.1.1 answered',
    '12345678 blocks',
    '10.2.3 released',
    'may 14 people come',
    '99:99:99 x',
  ])('does not take %j for a time', async (line) => {
    const times = await timesOf(line);
    expect(times[0]?.slice(11) ?? '00:00:00.000Z').toBe('00:00:00.000Z');
  });

  it('decides the order of numeric dates from all sampled lines', async () => {
    expect(await timesOf('03/04/2024 10:00:00 a\n25/04/2024 10:00:00 b\n')).toEqual([
      '2024-04-03T10:00:00.000Z',
      '2024-04-25T10:00:00.000Z',
    ]);
    expect(await timesOf('03/04/2024 10:00:00 a\n03/25/2024 10:00:00 b\n')).toEqual([
      '2024-03-04T10:00:00.000Z',
      '2024-03-25T10:00:00.000Z',
    ]);
    expect(await timesOf('05/14/24 10:00:00 a\n05/15/24 10:00:00 b\n')).toEqual([
      '2024-05-14T10:00:00.000Z',
      '2024-05-15T10:00:00.000Z',
    ]);
  });

  it('says what the log states: basis and zone', async () => {
    const clockOf = async (text: string) => (await parseRecords(textLog(text))).format.clock;
    expect(await clockOf('2024-05-14T09:30:12Z x\n')).toEqual({
      basis: 'absolute',
      zone: 'stated',
      offset: 0,
    });
    expect(await clockOf('2024-05-14T09:30:12+05:30 WARN x\n'.repeat(3))).toMatchObject({
      zone: 'stated',
      offset: 330,
    });
    expect(await clockOf('2024-05-14 09:30:12 PST x\n')).toMatchObject({ offset: -480 });
    expect(
      await clockOf('2024-05-14T09:30:12+02:00 x\n2024-05-14T09:30:12+01:00 x\n'),
    ).not.toHaveProperty('offset');
    expect(await clockOf('{"ts":"2024-05-14T09:30:12.250","msg":"x"}\n')).toEqual({
      basis: 'absolute',
      zone: 'assumed-utc',
    });
    expect(await clockOf('May 14 09:30:12 gate app: x\n')).toEqual({
      basis: 'no-year',
      zone: 'assumed-utc',
    });
    expect(await clockOf('09:30:12 x\n')).toEqual({ basis: 'no-date', zone: 'assumed-utc' });
    expect(await clockOf('[    1.250000] x\n')).toMatchObject({
      basis: 'relative',
      unit: { name: 's', share: 1 },
    });
    expect(await clockOf('no time here\n')).toBeUndefined();
  });
});

it.each([
  ['1715679012', 's'],
  ['1715679012.25', 's'],
  ['1715679012250', 'ms'],
  ['1715679012250123', 'us'],
  ['1715679012250123456', 'ns'],
])('says in which unit %s was read, and how sure that is', async (stamp, name) => {
  const text = `${stamp} queue drained\n`.repeat(9);
  const { clock } = (await parseRecords(textLog(text))).format;
  expect(clock).toMatchObject({ zone: 'stated', offset: 0, unit: { name, share: 1 } });
});

describe('what a log leaves out', () => {
  it('takes the next year in January and goes back for a late December line', async () => {
    const lines = ['Dec 31 23:59:59', 'Jan  1 00:00:01', 'Dec 31 23:59:58', 'Jan  1 00:00:02'];
    expect(await timesOf(lines.map((stamp) => `${stamp} gate app: x\n`).join(''))).toEqual([
      '2000-12-31T23:59:59.000Z',
      '2001-01-01T00:00:01.000Z',
      '2000-12-31T23:59:58.000Z',
      '2001-01-01T00:00:02.000Z',
    ]);
  });

  it('takes the next day after midnight', async () => {
    expect(await timesOf('23:59:59 a\n00:00:01 b\n09:00:00 c\n')).toEqual([
      '2000-01-01T23:59:59.000Z',
      '2000-01-02T00:00:01.000Z',
      '2000-01-02T09:00:00.000Z',
    ]);
  });

  it('keeps times that run backwards as they are', async () => {
    expect(
      await timesOf('2024-05-14 10:00:00 a\n2024-05-13 09:00:00 b\n2024-05-14 10:00:01 c\n'),
    ).toEqual(['2024-05-14T10:00:00.000Z', '2024-05-13T09:00:00.000Z', '2024-05-14T10:00:01.000Z']);
    expect(await timesOf('May 14 10:00:00 gate a: x\nMay 13 09:00:00 gate a: x\n')).toEqual([
      '2000-05-14T10:00:00.000Z',
      '2000-05-13T09:00:00.000Z',
    ]);
  });
});

describe('calendar arithmetic', () => {
  it('agrees with the platform on every date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1600, max: 2400 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        (year, month, day) => {
          expect(daysFromCivil(year, month, day)).toBe(Date.UTC(year, month - 1, day) / 86_400_000);
        },
      ),
    );
  });

  it('isoTime has no text for what is no time', () => {
    expect(isoTime(NaN)).toBeNull();
    expect(isoTime(1e300)).toBeNull();
    expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
  });
});
