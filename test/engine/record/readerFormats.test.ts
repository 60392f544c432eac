import { afterEach, describe, expect, it } from 'vitest';
import { checkFormats } from '../../../src/engine/record/checkFormats.ts';
import { useFormats } from '../../../src/engine/record/formatsInUse.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { parseText, textLog } from './parseText.ts';

const shop = {
  name: 'shop',
  pattern: String.raw`(?<level>[A-Z]+)@(?<time>\d+-\d+-\d+ \d+h\d+m\d+) <(?<component>[\w.]+)> (?<message>.*)`,
  timeFormat: '%d-%m-%Y %Hh%Mm%S',
  zone: '+02:00',
  levels: { error: ['OOPS'], debug: 'NOISE' },
};

const lines = [
  'OOPS@14-05-2024 11h30m12 <cart.store> cart is lost',
  '  while writing',
  'NOISE@14-05-2024 11h30m13 <cart> tick',
  'WARN@14-05-2024 11h30m14 <cart> slow: 7 s',
];

function use(...entries: readonly unknown[]) {
  const checked = checkFormats(entries);
  useFormats(checked.formats);
  return checked.problems.map(({ reason, message, advice }) => {
    expect(reason).toBe('format-invalid');
    return `${message} ${advice}`;
  });
}

afterEach(() => {
  useFormats([]);
});

describe('formats that a reader describes', () => {
  it('read what the log alone would not tell', async () => {
    expect(use(shop)).toEqual([]);
    const text = `${lines.join('\n')}\n`.repeat(9);
    const records = await parseText(text);
    expect(records.slice(0, 3)).toMatchObject([
      {
        time: '2024-05-14T09:30:12.000Z',
        level: 'error',
        source: 'cart.store',
        message: 'cart is lost',
        lines: [lines[0], lines[1]],
      },
      { time: '2024-05-14T09:30:13.000Z', level: 'debug', source: 'cart', message: 'tick' },
      { level: 'warning', message: 'slow: 7 s' },
    ]);
    expect((await parseRecords(textLog(text))).format).toMatchObject({
      name: 'shop',
      confidence: 1,
      clock: { basis: 'absolute', zone: 'stated', offset: 120 },
    });
  });

  it('come before those of the table, and only where they fit a fifth of the lines', async () => {
    const line = '2024-05-14 09:30:12,250 WARN [main] org.example.Cart: cart is empty\n';
    const own = {
      name: 'cart',
      pattern: String.raw`(?<time>[-\d]+ [\d:,]+) (?<level>\w+) \[(?<message>.*)\]? .*cart`,
    };
    use(own);
    expect((await parseRecords(textLog(line.repeat(10)))).format.name).toBe('cart');
    const rare = line.replace('cart is', 'order is') + line.replace('cart is empty', 'x');
    expect((await parseRecords(textLog(rare.repeat(10) + line))).format.name).toBe('log4j');
  });

  it('leave the lines of other programs to be read as ever', async () => {
    use(shop);
    const other = '2024-05-14T09:30:15Z ERROR [worker] org.example.Queue: queue is full';
    const records = await parseText(`${lines[2]}\n${other}\n`.repeat(20));
    expect(records[1]).toMatchObject({ time: '2024-05-14T09:30:15.000Z', level: 'error' });
    expect(records).toHaveLength(40);
  });

  it('read lines behind the prefix of a container', async () => {
    use(shop);
    const text = lines.map((line) => `web-1  | ${line}\n`).join('');
    const { format } = await parseRecords(textLog(text.repeat(9)));
    expect(format.name).toBe('docker-compose/shop');
  });

  it.each([
    ['1715679012', 's', '2024-05-14T09:30:12.000Z', 'absolute'],
    ['1715679012250123', 'us', '2024-05-14T09:30:12.250Z', 'absolute'],
    ['1715679012250', 'ms', '2024-05-14T09:30:12.250Z', 'absolute'],
    ['12.25', 's', '2000-01-01T00:00:12.250Z', 'relative'],
  ] as const)('count %s in %s', async (stamp, unit, time, basis) => {
    use({ name: 'counted', pattern: String.raw`t(?<time>[\d.]+): (?<message>.*)`, unit });
    const text = `t${stamp}: drained\n`.repeat(5);
    expect((await parseText(text))[0]).toMatchObject({ time, message: 'drained' });
    expect((await parseRecords(textLog(text))).format.clock).toMatchObject({
      basis,
      unit: { name: unit },
    });
  });

  it.each([
    ['%Y-%m-%dT%H:%M:%S.%f%z', '2024-05-14T11:30:12.25+0200', '2024-05-14T09:30:12.250Z'],
    ['%d %b %Y %I:%M:%S %p', '14 May 2024 09:30:12 PM', '2024-05-14T21:30:12.000Z'],
    ['%A, %e %B %y %H:%M:%S %Z', 'Tuesday,  7 May 24 09:30:12 UTC', '2024-05-07T09:30:12.000Z'],
    ['%m/%d %H:%M:%S', '05/14 09:30:12', '2000-05-14T09:30:12.000Z'],
    ['%H.%M.%S', '09.30.12', '2000-01-01T09:30:12.000Z'],
    ['%s', '1715679012', '2024-05-14T09:30:12.000Z'],
  ])('read times as %s says', async (timeFormat, stamp, time) => {
    use({ name: 'written', pattern: '<(?<time>[^>]+)> (?<message>.*)', timeFormat });
    expect((await parseText(`<${stamp}> drained\n`.repeat(5)))[0]).toMatchObject({ time });
  });

  it('hold a hostile line against the pattern no longer than its beginning', async () => {
    use({ name: 'evil', pattern: '(?<component>(a|a?)+)$(?<message>b*)' });
    const records = await parseText(`${'a'.repeat(3_000_000)}!\n`.repeat(2));
    expect(records.length).toBeGreaterThan(0);
  });
});

describe('formats that cannot be used', () => {
  it.each([
    ['no object', 7, 'Format 1 is no object'],
    ['no name', { pattern: 'x' }, 'has no name'],
    ['a name with spaces', { ...shop, name: 'a b' }, 'has no name'],
    ['no pattern', { name: 'a' }, 'Format 1 (a) has no pattern'],
    ['a broken pattern', { name: 'a', pattern: '(?<message>' }, 'no regular expression'],
    ['look-ahead', { name: 'a', pattern: '(?=x)(?<message>.*)' }, 'no regular expression'],
    ['no groups', { name: 'a', pattern: 'x(.*)' }, 'names no message'],
    ['an unknown field', { ...shop, timeformat: '%Y' }, 'unknown field timeformat'],
    ['an unknown directive', { ...shop, timeFormat: '%Q' }, '%Q'],
    ['an unknown unit', { ...shop, timeFormat: undefined, unit: 'h' }, 'unknown unit'],
    ['a unit beside a format', { ...shop, unit: 's' }, 'both timeFormat and unit'],
    ['a zone that is none', { ...shop, zone: 'Berlin' }, 'zone that is none'],
    ['an unknown level', { ...shop, levels: { bad: ['X'] } }, 'bad among its levels'],
    ['a sample that does not fit', { ...shop, samples: ['nothing'] }, 'does not read its sample 1'],
    [
      'a sample that reads otherwise',
      { ...shop, samples: [lines[0], { line: lines[2], level: 'error' }] },
      'reads "debug" as the level of its sample 2, not "error"',
    ],
    [
      'a sample of another time',
      { ...shop, samples: [{ line: lines[0], time: '2024-05-14T11:30:12Z' }] },
      'as the time of its sample 1',
    ],
  ])('are told, each with what is wrong: %s', (_, entry, words) => {
    expect(use(entry)).toEqual([expect.stringContaining(words)]);
  });

  it('do not keep the others from being used', () => {
    const { formats, problems } = checkFormats([{ name: 'bad' }, shop, shop]);
    expect(formats.map(({ name }) => name)).toEqual(['shop']);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('Format 1 (bad) has no pattern'),
      'Format 3 (shop) has the name of an earlier one.',
    ]);
  });

  it('are counted: a list of thousands is told once', () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({ ...shop, name: `shop${at}` }));
    const { formats, problems } = checkFormats(many);
    expect([formats.length, problems.length]).toEqual([50, 1]);
  });

  it('take samples that are read as they say', () => {
    const sample = {
      line: lines[0],
      time: '2024-05-14T09:30:12Z',
      level: 'error',
      component: 'cart.store',
      message: 'cart is lost',
    };
    expect(use({ ...shop, samples: [sample, lines[3]] })).toEqual([]);
  });
});
