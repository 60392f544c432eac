import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/engine/base/random.ts';
import { EngineError } from '../../../src/engine/base/engineError.ts';
import { appendLog, decodeLog } from '../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { extendRecords, parseRecords } from '../../../src/engine/record/parseRecords.ts';
import type { RecordTable } from '../../../src/engine/record/recordTable.ts';
import { parseText, plainRecords, textLog } from './parseText.ts';

function expectTiles(log: LogText, table: RecordTable): void {
  const { count, firstLine, messageStart, messageEnd } = table;
  expect(firstLine.length).toBe(count + 1);
  expect(firstLine[count]).toBe(log.lineCount);
  if (log.lineCount > 0) expect(firstLine[0]).toBe(0);
  for (let row = 0; row < count; row += 1) {
    expect(firstLine[row]).toBeLessThan(firstLine[row + 1]!);
    const start = log.lineStarts[firstLine[row]!]!;
    const end = log.lineStarts[firstLine[row + 1]!]!;
    expect(messageStart[row]).toBeGreaterThanOrEqual(start);
    expect(messageEnd[row]).toBeGreaterThanOrEqual(messageStart[row]!);
    expect(messageEnd[row]).toBeLessThanOrEqual(end);
    expect(table.source[row]).toBeLessThan(table.sources.length);
    expect(table.level[row]).toBeLessThan(8);
  }
}

/** Pieces that logs are made of, and bytes that they are not. */
const fragment = fc.oneof(
  fc.constantFrom(
    '2024-05-14 09:30:12,250 INFO [main] shop.Cart: added 3 items\n',
    '2024-05-14 09:30:12,251 ERROR [main] shop.Cart: failed\n',
    'May 14 09:30:12 gate sshd[4]: closed\n',
    'Dec 31 23:59:59 gate cron[9]: x\n',
    '{"level":"warn","msg":"slow","ts":1715679012250}\n',
    'level=info msg="ok then" a=1 b=2\n',
    '    at shop.Cart.add(Cart.java:41)\n',
    'Caused by: java.io.IOException: disk full\n',
    'Traceback (most recent call last):\n',
    '  File "a.py", line 1, in f\n',
    'ValueError: no\n',
    'goroutine 1 [running]:\n',
    "thread 'main' panicked at src/main.rs:1:1:\n",
    '\u001b[31mERROR\u001b[0m red\n',
    '10%\r50%\rdone\n',
    '\n',
    '   \n',
    'plain words\n',
    '[ERROR] broken',
    '\r',
    '\r\n',
    '"',
    '{',
    '[',
    '<34>1 ',
  ),
  fc.string({ maxLength: 12 }),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const anyLog = fc
  .array(fragment, { maxLength: 40 })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

describe('records tile the lines exactly', () => {
  it('for arbitrary bytes, without ever throwing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const log = decodeLog('x', bytes);
        expectTiles(log, await parseRecords(log));
      }),
      { numRuns: 300 },
    );
  });

  it('for anything that looks like a log', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (bytes) => {
        const log = decodeLog('x', new Uint8Array(bytes));
        expectTiles(log, await parseRecords(log));
      }),
      { numRuns: 500 },
    );
  });
});

describe('extending', () => {
  it('in pieces gives the table that parsing at once gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, fc.array(fc.nat(400), { maxLength: 6 }), async (bytes, cuts) => {
        const whole = new Uint8Array(bytes);
        const bounds = [...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].sort(
          (a, b) => a - b,
        );
        let log = decodeLog('x', whole.slice(0, bounds[0]));
        let table = await parseRecords(log);
        let from = bounds[0]!;
        for (const bound of bounds.slice(1)) {
          log = appendLog(log, whole.slice(from, bound));
          table = await extendRecords(table, log);
          from = bound;
        }
        // The encoding is decided by the first piece; compare with the same text read at once.
        expect(table).toMatchObject(await parseRecords(log));
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same for a long log that grows by odd pieces', async () => {
    const lines = Array.from({ length: 3000 }, (_, line) =>
      line % 7 === 3
        ? `    at shop.Cart.step${line}(Cart.java:${line})\n`
        : `Dec ${(line % 28) + 1} 09:30:12 gate app${line % 13}[${line}]: did ${line}\n`,
    );
    const bytes = new TextEncoder().encode(lines.join(''));
    let log = decodeLog('x', bytes.slice(0, 40_000));
    let table = await parseRecords(log);
    for (let at = 40_000; at < bytes.length; at += 997) {
      log = appendLog(log, bytes.slice(at, at + 997));
      table = await extendRecords(table, log);
    }
    expect(table).toMatchObject(await parseRecords(textLog(lines.join(''))));
  });

  it('says up to which record nothing changed', async () => {
    const head = 'Dec 1 09:30:12 gate app[7]: did it\n';
    const log = decodeLog('x', new TextEncoder().encode(head.repeat(50) + head.slice(0, -5)));
    const table = await parseRecords(log);
    const before = structuredClone({ ...table, firstLine: table.firstLine.slice() });
    const more = new TextEncoder().encode('d it\n    at shop.Cart\n' + head);
    const grown = await extendRecords(table, appendLog(log, more));
    expect(table.count).toBe(51);
    expect(grown.count).toBe(52);
    // The last line may have been cut: it and the record that it might belong to are read again.
    expect(grown.unchanged).toBe(49);
    for (const column of ['time', 'level', 'source', 'messageStart', 'messageEnd'] as const) {
      expect(grown[column].slice(0, 49)).toEqual(before[column].slice(0, 49));
    }
  });

  it('says that nothing is as it was when the new lines change how the log is read', async () => {
    const log = decodeLog('x', new TextEncoder().encode('starting\nup\n'));
    const table = await parseRecords(log);
    const more = new TextEncoder().encode('2024-05-14 09:30:12 INFO done\n'.repeat(40));
    expect((await extendRecords(table, appendLog(log, more))).unchanged).toBe(0);
  });
});

describe('header inference', () => {
  it('needs no set-up for a layout nobody named', async () => {
    const text = Array.from(
      { length: 60 },
      (_, index) =>
        `#${index} {eu} 2024-05-14 09:30:${String(index).padStart(2, '0')} <w-${index % 3}> WARN cart.${index % 2 ? 'store' : 'cache'} :: item ${index} is ${'slow '.repeat(index % 3)}\n`,
    ).join('');
    const records = await parseText(text);
    expect(records).toHaveLength(60);
    expect(records[7]).toMatchObject({ level: 'warning', time: '2024-05-14T09:30:07.000Z' });
    expect(records[7]!.message).toContain('item 7 is slow');
    expect(records[7]!.message).not.toContain('WARN');
  });

  it('reads columns between bars, whatever the width of the time', async () => {
    const random = seededRandom(4);
    const below = (bound: number): number => Math.floor(random() * bound);
    const text = Array.from({ length: 80 }, (_, line) => {
      const time = `20240514-${below(24)}:${below(60)}:${below(60)}:${below(1000)}`;
      return `${time}|Tracker_${line % 2 ? 'Core' : 'Store'}|30002312|steps changed to ${below(9999)}\n`;
    }).join('');
    const records = await parseText(text);
    expect(records).toHaveLength(80);
    for (const { source, message, time } of records) {
      expect(source).toMatch(/^Tracker_(?:Core|Store)$/);
      expect(message).toMatch(/^steps changed to \d+$/);
      expect(time).toMatch(/^2024-05-14T/);
    }
  });

  it('knows a name of two words before a mark where the sampled names had one', async () => {
    const line = (name: string, minute: number): string =>
      `[10.30 16:${String(minute % 60).padStart(2, '0')}:06] ${name} - proxy.example:5070 closed\n`;
    const text = Array.from({ length: 3000 }, (_, at) =>
      line(at < 1900 || at % 3 > 0 ? 'browser.exe' : 'browser.exe *64', at),
    ).join('');
    const records = await parseText(text);
    expect(new Set(records.map(({ message }) => message))).toEqual(
      new Set(['proxy.example:5070 closed']),
    );
  });

  it('does not eat the words of messages that are all alike', async () => {
    const line = '2024-05-14 09:30:12 INFO worker processed 17 items in 3 ms\n';
    const records = await parseText(line.repeat(50));
    expect(records[0]).toMatchObject({ message: 'worker processed 17 items in 3 ms' });
  });

  it('leaves a short log its first word', async () => {
    expect(
      (await parseText('2024-05-14 09:30:12 Error while loading the cart\n'))[0]!.message,
    ).toBe('Error while loading the cart');
    expect((await parseText('2024-05-14 09:30:12 panic: out of range\n'))[0]).toMatchObject({
      level: 'fatal',
      message: 'panic: out of range',
    });
  });

  it('reads several layouts in one log', async () => {
    const records = await parseText(
      Array.from(
        { length: 20 },
        () =>
          '2024-05-14 09:30:12,250 ERROR [main] shop.Cart: failed\n' +
          '[Tue May 14 09:30:12 2024] [notice] caught SIGTERM\n' +
          '{"level":"warn","time":1715679012250,"msg":"slow"}\n',
      ).join(''),
    );
    expect(records.slice(0, 3).map(({ level, message }) => [level, message])).toEqual([
      ['error', 'failed'],
      ['notice', 'caught SIGTERM'],
      ['warning', 'slow'],
    ]);
  });

  it('falls back to plain with one record per line', async () => {
    const log = textLog('just words\n  indented words\nmore\n');
    const table = await parseRecords(log);
    expect(table.format).toEqual({ name: 'plain', confidence: 1, hasTime: false, hasLevel: false });
    expect(table.count).toBe(3);
  });

  it('finds levels in console output', async () => {
    const records = await parseText(
      [
        '##[error]Process completed with exit code 1.',
        'npm ERR! missing script: build',
        'src/cart.c:12:3: error: unknown type name',
        '\u001b[33mwarning\u001b[0m: unused variable',
        'Copyright (C) 2024 somebody',
        'see the NOTICE file for details',
        'the error: was expected',
        '0 errors, 0 warnings',
      ].join('\n'),
    );
    expect(records.map(({ level }) => level)).toEqual([
      'error',
      'error',
      'error',
      'warning',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('reads what a terminal shows of a line with progress', async () => {
    const records = await parseText(
      '2024-05-14T09:30:12Z downloading 10%\rdownloading 99%\r\n' +
        '2024-05-14T09:30:13Z \u001b[31mERROR\u001b[0m disk full\n',
    );
    expect(records[0]).toMatchObject({
      time: '2024-05-14T09:30:12.000Z',
      message: 'downloading 99%',
    });
    expect(records[1]).toMatchObject({ level: 'error' });
  });
});

describe('multi-line records behind a header', () => {
  const head = '2024-05-14 09:30:12,250 ERROR [main] shop.Cart: failed\n';
  const next = '2024-05-14 09:30:13,250 INFO [main] shop.Cart: going on\n';

  it.each([
    [
      'Java',
      'java.lang.IllegalStateException: no stock\n\tat shop.Cart.add(Cart.java:41)\n\t... 12 more\nCaused by: java.io.IOException: disk\n\tat x.Y.z(Y.java:1)\n',
    ],
    [
      'Python',
      'Traceback (most recent call last):\n  File "cart.py", line 4, in add\n    raise ValueError("no")\nValueError: no\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "x.py", line 1, in y\nshop.errors.Fault: later\n',
    ],
    [
      'Node',
      'TypeError: x is not a function\n    at add (/app/cart.js:4:2)\n    at node:internal/main:1:1 {\n  code: 7\n}\n',
    ],
    [
      '.NET',
      'System.InvalidOperationException: no\n   at Shop.Cart.Add() in /src/Cart.cs:line 4\n   --- End of inner exception stack trace ---\n   at Shop.Main()\n',
    ],
    ['JSON', '{\n  "cart": 7,\n  "items": [\n    1\n  ]\n}\n'],
    ['XML', '<cart>\n  <item>1</item>\n</cart>\n'],
    ['SQL', 'SELECT *\nFROM cart\nWHERE id = 7\n'],
    ['blank lines', '\n\n'],
  ])('%s belongs to its head', async (_, block) => {
    const records = await parseText((head + block + next + next + next).repeat(4));
    expect(records).toHaveLength(16);
    expect(records[0]!.lines.length).toBe(1 + block.split('\n').length - 1);
    expect(records[0]).toMatchObject({ level: 'error', message: 'failed' });
  });

  it('JSON that a message shows is no record of its own', async () => {
    const answer = 'HTTP/1.1 200 OK\n\n{"cart": 7, "items": [{"id": 1}]}\n';
    const records = await parseText((head + answer + next + next).repeat(9));
    expect(records).toHaveLength(27);
  });

  it('a second program without headers keeps its own lines', async () => {
    const records = await parseText(
      `${head}bare print one\nbare print two\nbare print three\n`.repeat(20),
    );
    expect(records).toHaveLength(80);
  });

  it('a dump is cut before it hides the rest', async () => {
    const records = await parseText(`${head}${'  state\n'.repeat(12_000)}${next}`);
    expect(records.map(({ lines }) => lines.length)).toEqual([5000, 5000, 2001, 1]);
  });
});

describe('multi-line records without headers', () => {
  it.each([
    ['Java', 'oops\n\tat a.B.c(B.java:1)\nCaused by: a.D: e\n\tat a.B.c(B.java:2)\ndone\n', [4, 1]],
    [
      'Python',
      'start\nTraceback (most recent call last):\n  File "a.py", line 1, in b\n    c()\nValueError: d\ndone here\n',
      [1, 4, 1],
    ],
    [
      'Go',
      'panic: no\n\ngoroutine 1 [running]:\nmain.add(0x1)\n\t/src/a.go:4 +0x1d\nmain.main()\n\t/src/a.go:9 +0x1\nexit status 2\n',
      [7, 1],
    ],
    [
      'Rust',
      "thread 'main' panicked at src/main.rs:4:5:\nno stock\nstack backtrace:\n   0: std::panicking\n             at /rustc/x.rs:1\nnote: run with `RUST_BACKTRACE=1`\ndone\n",
      [6, 1],
    ],
    [
      'C++',
      "terminate called after throwing an instance of 'std::out_of_range'\n  what():  no\n#0  0x00007f in raise ()\n#1  0x00007f in abort ()\ndone\n",
      [4, 1],
    ],
    ['Node', 'Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\ndone\n', [3, 1]],
    ['indented prose', 'one\n  two\n  three\n', [1, 1, 1]],
  ])('%s', async (_, text, lengths) => {
    const records = await parseText(text);
    expect(records.map(({ lines }) => lines.length)).toEqual(lengths);
  });
});

describe('bad input', () => {
  it('keeps the message of a log that says one sentence only', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, n) => `2026-03-01 12:00:${String(n).padStart(2, '0')} INFO package ${40 + (n % 9)}.5 C`,
    );
    const log = textLog(`${lines.join('\n')}\n`);
    const table = await parseRecords(log);
    expect(table.count).toBe(60);
    for (let row = 0; row < table.count; row += 1) {
      const message = log.bytes.subarray(table.messageStart[row], table.messageEnd[row]);
      expect(Buffer.from(message).toString()).toBe(`package ${40 + (row % 9)}.5 C`);
    }
  });

  it('an empty log has no records', async () => {
    const table = await parseRecords(textLog(''));
    expect([table.count, [...table.firstLine], table.format.name]).toEqual([0, [0], 'plain']);
  });

  it.each([
    ['one line of 100 MB', new Uint8Array(100_000_000).fill(97), 1],
    ['100 MB of spaces', new Uint8Array(100_000_000).fill(32), 1],
    ['50 MB of carriage returns', new Uint8Array(50_000_000).fill(13), 1],
    ['ten million empty lines', new Uint8Array(10_000_000).fill(10), 10_000_000],
    ['NUL bytes', new Uint8Array(100_000), 1],
    ['a JSON line that never closes', new TextEncoder().encode('{"a":'.repeat(200_000)), 1],
    ['brackets that never close', new TextEncoder().encode('['.repeat(2_000_000)), 1],
  ])('survives %s', async (_, bytes, lines) => {
    const log = decodeLog('x', bytes);
    const table = await parseRecords(log);
    expect(table.firstLine[table.count]).toBe(lines);
    expect(table.messageEnd[0]).toBeLessThanOrEqual(bytes.length);
  });

  it('hears a cancel', async () => {
    const abort = new AbortController();
    const parsing = parseRecords(textLog('2024-05-14 09:30:12 INFO x\n'.repeat(100_000)), {
      signal: abort.signal,
      onProgress: () => {
        abort.abort();
      },
    });
    await expect(parsing).rejects.toSatisfy((error) => EngineError.is(error, 'aborted'));
  });

  it('gives the same table for the same bytes', async () => {
    const text = 'May 14 09:30:12 gate app[1]: x\nrest\n\n[WARN] y\n';
    const log = textLog(text);
    expect(plainRecords(log, await parseRecords(log))).toEqual(await parseText(text));
  });
});
