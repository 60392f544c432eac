import { describe, expect, it } from 'vitest';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { parseText, textLog } from './parseText.ts';

const lines = [
  '2024-05-14 09:30:12,250 WARN [main] org.example.Cart: cart is empty',
  '2024-05-14 09:30:13,250 ERROR [main] org.example.Cart: cart is lost',
  'java.lang.IllegalStateException: lost',
  '\tat org.example.Cart.find(Cart.java:7)',
  '2024-05-14 09:30:14,250 INFO [main] org.example.Cart: cart is found',
];

describe.each([
  ['docker-compose', 'web-1  | '],
  ['kubernetes', '[pod/web-7d9f/app] '],
  ['cri', '2024-05-14T09:30:12.250123456Z stdout F '],
  ['timestamps', '2024-05-14T09:30:12.250123456Z '],
  ['timestamps', '2024-05-14T05:30:12.250123456-04:00 '],
  ['docker-compose', 'web-1  | 2024-05-14T09:30:12.250123456Z '],
  ['kubernetes', '[pod/web-7d9f/app] 2024-05-14T09:30:12.250123456Z '],
])('lines that %s writes a prefix in front of', (name, prefix) => {
  const text = `${lines.map((line) => prefix + line).join('\n')}\n`.repeat(8);

  it('are read as the lines without it', async () => {
    const plain = await parseText(`${lines.join('\n')}\n`.repeat(8));
    const records = await parseText(text);
    const fields = ({ time, level, source, message }: (typeof plain)[number]) => [
      time,
      level,
      source,
      message,
    ];
    expect(records.map(fields)).toEqual(plain.map(fields));
    expect(records[1]!.lines).toHaveLength(3);
  });

  it('have the name of both formats', async () => {
    expect((await parseRecords(textLog(text))).format.name).toBe(`${name}/log4j`);
  });
});

it('names the container of a line that names nobody', async () => {
  const records = await parseText('web-1  | listening on 80\ndb-1   | ready to accept\n'.repeat(5));
  expect(records.slice(0, 2)).toMatchObject([
    { source: 'web-1', message: 'listening on 80' },
    { source: 'db-1', message: 'ready to accept' },
  ]);
});

it('joins no line of one container to a record of another', async () => {
  const records = await parseText(
    [
      'web-1  | 2024-05-14 09:30:12,250 ERROR cart is lost',
      'db-1   |     at the end of the page',
      'web-1  |     at org.example.Cart.find(Cart.java:7)',
    ]
      .join('\n')
      .concat('\n')
      .repeat(9),
  );
  expect(records[1]).toMatchObject({
    source: 'db-1',
    lines: ['db-1   |     at the end of the page'],
  });
});

it('takes no level in front of a bar for a container', async () => {
  const [record] = await parseText('INFO | shop.cart | cart is empty\n'.repeat(9));
  expect(record).toMatchObject({ level: 'info' });
});

it('reads jobs and steps that the GitHub command line writes in front', async () => {
  const text = [
    'build\tSet up job\t2024-05-14T09:30:12.2501234Z Current runner version: 2.300.0',
    'build\tRun npm test\t2024-05-14T09:30:13.2501234Z ##[error]Process completed with exit code 1.',
  ].join('\n');
  const log = textLog(`${text}\n`.repeat(9));
  expect((await parseRecords(log)).format.name).toBe('github-cli/github-actions');
  const [first, second] = await parseText(`${text}\n`.repeat(9));
  expect(first).toMatchObject({ time: '2024-05-14T09:30:12.250Z' });
  expect(second?.level).toBe('error');
  expect(second?.source).toContain('build');
});

it('reads pairs behind a time in the zone of a container', async () => {
  const line =
    '2024-05-14T05:30:12.250123456-04:00 level=warn ts=2024-05-14T09:30:12.2Z caller=main.go:7 msg="slow disk"';
  const [record] = await parseText(`${line}\n`.repeat(9));
  expect(record).toMatchObject({
    time: '2024-05-14T09:30:12.200Z',
    level: 'warning',
    message: 'slow disk',
  });
});

describe('lines that Docker keeps as JSON', () => {
  const kept = (line: string, time = '2024-05-14T11:00:00.5Z'): string =>
    `${JSON.stringify({ log: `${line}\n`, stream: 'stdout', time })}\n`;

  it('are read as the lines that the program wrote', async () => {
    const plain = await parseText(`${lines.join('\n')}\n`.repeat(8));
    const text = lines.map((line) => kept(line)).join('');
    const records = await parseText(text.repeat(8));
    const fields = ({ time, level, source, message }: (typeof plain)[number]) => [
      time,
      level,
      source,
      message,
    ];
    expect(records.map(fields)).toEqual(plain.map(fields));
    expect(records[1]!.lines).toHaveLength(3);
    expect((await parseRecords(textLog(text.repeat(8)))).format.name).toBe('docker-json/log4j');
  });

  it('may be JSON within, with quotes and colours', async () => {
    const inner = '{"level":"error","msg":"cart \\"7\\" is lost","logger":"shop"}';
    const [record] = await parseText(kept(inner).repeat(5));
    expect(record).toMatchObject({
      level: 'error',
      source: 'shop',
      time: '2024-05-14T11:00:00.500Z',
    });
    const coloured = kept('\u001b[31mERROR\u001b[0m [shop] cart "7" is lost');
    expect((await parseText(coloured.repeat(5)))[0]).toMatchObject({ level: 'error' });
  });

  it('take the time of Docker where the program states none, and its date where it has no other', async () => {
    const clocks = [
      kept('09:30:12.250 [main] ERROR shop.Cart - lost', '2024-05-14T09:30:12.3Z'),
      kept('23:59:59.000 [main] WARN shop.Cart - late', '2024-05-14T23:59:59.1Z'),
      kept('00:00:01.000 [main] INFO shop.Cart - later', '2024-05-15T00:00:01.1Z'),
    ];
    const records = await parseText(clocks.join('').repeat(5));
    expect(records.slice(0, 3).map(({ time }) => time)).toEqual([
      '2024-05-14T09:30:12.250Z',
      '2024-05-14T23:59:59.000Z',
      '2024-05-15T00:00:01.000Z',
    ]);
    const levels = await parseText(kept('[ERROR] cart is lost').repeat(9));
    expect(levels[0]).toMatchObject({ level: 'error', time: '2024-05-14T11:00:00.500Z' });
  });
});
