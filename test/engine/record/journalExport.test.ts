import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { extendRecords, parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { plainRecords } from './parseText.ts';

const text = (value: string): Buffer => Buffer.from(`${value}\n`);

/** A field as journalctl writes one that holds line ends or control characters. */
function binary(name: string, value: string | Uint8Array, length?: bigint): Buffer {
  const bytes = Buffer.from(value);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(bytes.length));
  return Buffer.concat([text(name), size, bytes, text('')]);
}

function entry(number: number, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat([
    text(`__CURSOR=s=7a;i=${number}`),
    text(`__REALTIME_TIMESTAMP=${1_715_679_012_250_123 + number * 1e6}`),
    text('PRIORITY=3'),
    text('SYSLOG_IDENTIFIER=shop'),
    ...fields,
    text('_PID=7'),
    text(''),
  ]);
}

const log = (...pieces: readonly Uint8Array[]): LogText =>
  decodeLog('journal.export', Buffer.concat(pieces));

async function read(...pieces: readonly Uint8Array[]) {
  const exported = log(...pieces);
  const table = await parseRecords(exported);
  return { format: table.format, records: plainRecords(exported, table) };
}

const spoof = '\n\n__CURSOR=s=7a;i=99\nPRIORITY=0\nMESSAGE=spoofed\n\n';

describe('binary fields of a journal export', () => {
  it('are read by their length, whatever their bytes', async () => {
    const message = 'cart is lost\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)';
    const { format, records } = await read(
      entry(1, binary('MESSAGE', message)),
      entry(2, text('MESSAGE=fine')),
      // Ten bytes: the length itself holds a line end.
      entry(3, binary('MESSAGE', '\u001b[31mA\u001b[0m')),
      entry(4, binary('MESSAGE', Uint8Array.of(0x63, 0xe4, 0x72, 0x74))),
      entry(5, binary('MESSAGE', '')),
    );
    expect(format).toMatchObject({ name: 'journald-export', confidence: 1 });
    expect(records.map(({ message: told }) => told.replaceAll(/\u001b\[\d*m/g, ''))).toEqual([
      'cart is lost',
      'fine',
      'A',
      expect.stringMatching(/^c.rt$/),
      '',
    ]);
    for (const { level, source } of records) expect([level, source]).toEqual(['error', 'shop']);
    expect(records[2]?.time).toBe('2024-05-14T09:30:15.250Z');
  });

  it('cannot speak for an entry, nor begin one', async () => {
    const { records } = await read(
      entry(1, binary('_CMDLINE', `x${spoof}`), text('MESSAGE=one')),
      entry(2, binary('MESSAGE', `two${spoof}`)),
      entry(3, text('MESSAGE=three')),
    );
    expect(records.map(({ message }) => message)).toEqual(['one', 'two', 'three']);
    expect(records.every(({ level }) => level === 'error')).toBe(true);
  });

  it('of many lines are cut as any record is, and hide nothing behind them', async () => {
    const dump = Array.from({ length: 12_000 }, (_, at) => `PRIORITY=${at % 8}`).join('\n');
    const { records } = await read(
      entry(1, binary('COREDUMP', dump), text('MESSAGE=crashed')),
      entry(2, text('MESSAGE=back')),
    );
    expect(records.at(-1)?.message).toBe('back');
    expect(records.map(({ message }) => message)).toContain('crashed');
    expect(Math.max(...records.map(({ lines }) => lines.length))).toBeLessThanOrEqual(5000);
  });

  it.each([2n ** 64n - 1n, 2n ** 63n, 2n ** 32n, 769n * 2n ** 20n])(
    'of an absurd length (%s) are not believed',
    async (length) => {
      const { records } = await read(
        entry(1, binary('MESSAGE', 'one', length)),
        entry(2, text('MESSAGE=two')),
      );
      expect(records.map(({ message }) => message)).toEqual(['', 'two']);
    },
  );

  it('that are cut off show what is there', async () => {
    const whole = entry(2, binary('MESSAGE', 'the cart\nof somebody is lost'));
    const at = whole.indexOf('somebody');
    const { records } = await read(entry(1, text('MESSAGE=one')), whole.subarray(0, at));
    expect(records.map(({ message }) => message)).toEqual(['one', 'the cart']);
    for (let end = 0; end < whole.length; end += 1) {
      const cut = await read(entry(1, text('MESSAGE=one')), whole.subarray(0, end));
      expect(cut.records[0]?.message).toBe('one');
    }
  });

  const field = fc.oneof(
    fc.constantFrom('MESSAGE=x', 'PRIORITY=2', '_COMM=y', 'at a.b(c)', '').map(text),
    fc
      .tuple(
        fc.constantFrom('MESSAGE', 'PRIORITY', '_COMM', 'COREDUMP'),
        fc.oneof(
          fc.uint8Array({ maxLength: 30 }),
          fc.constantFrom(spoof, 'a\nb\n', '3').map((value) => Buffer.from(value)),
        ),
        fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { freq: 4, nil: undefined }),
      )
      .map(([name, value, length]) => binary(name, value, length)),
  );
  const exports = fc
    .array(fc.array(field, { maxLength: 4 }), { minLength: 1, maxLength: 6 })
    .map((entries) => Buffer.concat(entries.map((fields, at) => entry(at, ...fields))));

  it('tile the lines, and are read alike at once and as they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        exports,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (bytes, share) => {
          const part = log(bytes.subarray(0, Math.floor(bytes.length * share)));
          const whole = log(bytes);
          const before = await parseRecords(part);
          const grown = await extendRecords(before, whole);
          const table = await parseRecords(whole);
          expect(plainRecords(whole, grown)).toEqual(plainRecords(whole, table));
          const lines = plainRecords(whole, table).flatMap((record) => record.lines);
          expect(lines).toHaveLength(whole.lineCount);
        },
      ),
      { numRuns: 300 },
    );
  });
});
