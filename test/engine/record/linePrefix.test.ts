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
