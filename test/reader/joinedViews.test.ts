import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ReaderEvents } from '../../src/protocol/readerApi.ts';
import { openJoined } from '../../src/reader/openJoined.ts';
import { View } from '../../src/reader/view.ts';

let folder: string;
let view: View | null = null;
let changes: ReaderEvents['changed'][];
let wake: () => void = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-joined-'));
  changes = [];
});

afterEach(async () => {
  await view?.close();
  view = null;
  await rm(folder, { recursive: true, force: true });
});

const { signal } = new AbortController();

async function open(
  joining: 'merged' | 'concatenated',
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<View> {
  const paths: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    paths.push(join(folder, name));
    await writeFile(join(folder, name), text);
  }
  const options = { paths, joining, rotated: false, spoolDir: join(folder, 'spool'), signal };
  const opened = await openJoined(options);
  view = await View.open('v', opened, (name, event) => {
    if (name !== 'changed') return;
    changes.push(event as ReaderEvents['changed']);
    wake();
  });
  return view;
}

async function rows(): Promise<Awaited<ReturnType<View['rows']>>['rows']> {
  const place = { kind: 'byte', byte: 0 } as const;
  const params = { view: 'v', place, before: 0, after: 100, maxChars: 1000 };
  return (await view?.rows(params, signal))?.rows ?? [];
}

const texts = async (): Promise<string[]> =>
  (await rows()).map(({ text, lane }) => `${lane ?? '-'} ${text.slice(-2)}`);

async function changed(kind: string): Promise<ReaderEvents['changed']> {
  for (;;) {
    const found = changes.find(({ change }) => change.kind === kind);
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

const at = (second: number, text: string): string =>
  `2026-01-05T10:00:${String(second).padStart(2, '0')}Z INFO shop.Cart - ${text}\n`;

describe('a view of logs joined by time', () => {
  it('reads each line as its own log writes it', async () => {
    const opened = await open('merged', {
      'app.log': at(1, 'a1') + at(3, 'a3'),
      'web.log':
        '10.0.0.1 - - [05/Jan/2026:10:00:02 +0000] "GET /cart HTTP/1.1" 500 12 "-" "curl/8.5 b2"\n',
    });
    expect(opened.describe(0).timed).toBe(true);
    expect(
      (await rows()).map(({ time, level }) => [new Date(time ?? 0).getSeconds(), level]),
    ).toEqual([
      [1, 'info'],
      [2, 'error'],
      [3, 'info'],
    ]);
  });

  it('tells which row shows a line of a log, and back', async () => {
    const opened = await open('merged', {
      'a.log': at(1, 'a1') + '  trace of it\n' + at(4, 'a4'),
      'b.log': at(2, 'b2') + at(3, 'b3'),
    });
    expect(await opened.rowsOfLane({ view: 'v', lane: 0, lines: [0, 1, 2, 3] })).toEqual([
      0,
      1,
      4,
      null,
    ]);
    expect(await opened.lineOfRow(3)).toEqual({ lane: 1, line: 1 });
    expect(await opened.lineOfRow(9)).toBeNull();
  });

  it('adds what is written to any of the logs, and says to which', async () => {
    const opened = await open('merged', { 'a.log': at(1, 'a1'), 'b.log': at(2, 'b2') });
    opened.follow(true);
    await appendFile(join(folder, 'a.log'), at(9, 'a9'));
    expect((await changed('grew')).lanes).toEqual([{ lane: 0, appended: true }]);
    changes = [];
    // Late: its time is before what stands there already.
    await appendFile(join(folder, 'b.log'), at(5, 'b5'));
    expect((await changed('grew')).lanes).toEqual([{ lane: 1, appended: true }]);
    expect(await texts()).toEqual(['0 a1', '1 b2', '0 a9', '1 b5']);
    expect(await opened.rowsOfLane({ view: 'v', lane: 1, lines: [0, 1] })).toEqual([1, 3]);
  });

  it('waits for the rest of a line, and shows it alone when it stays away', async () => {
    const opened = await open('merged', { 'a.log': at(1, 'a1'), 'b.log': at(2, 'b2') });
    opened.follow(true);
    const line = at(7, 'a7');
    await appendFile(join(folder, 'a.log'), line.slice(0, 30));
    await appendFile(join(folder, 'b.log'), at(8, 'b8'));
    await changed('grew');
    expect(await texts()).toEqual(['0 a1', '1 b2', '1 b8']);
    changes = [];
    await appendFile(join(folder, 'a.log'), line.slice(30, -1));
    await changed('grew');
    expect(await texts()).toEqual(['0 a1', '1 b2', '1 b8', '0 a7']);
  });

  it('joins all anew where a log was rotated', async () => {
    const opened = await open('merged', { 'a.log': at(1, 'a1'), 'b.log': at(2, 'b2') });
    opened.follow(true);
    await rename(join(folder, 'a.log'), join(folder, 'a.log.1'));
    await writeFile(join(folder, 'a.log'), at(4, 'a4'));
    const { lanes } = await changed('replaced');
    expect(lanes).toContainEqual({ lane: 0, appended: false });
    expect(await texts()).toEqual(['1 b2', '0 a4']);
  });

  it('says which log was removed, and goes on with the others', async () => {
    const opened = await open('merged', { 'a.log': at(1, 'a1'), 'b.log': at(2, 'b2') });
    opened.follow(true);
    await rm(join(folder, 'a.log'));
    const { change } = await changed('unreadable');
    expect(change).toMatchObject({ message: expect.stringContaining('a.log') as string });
    await appendFile(join(folder, 'b.log'), at(3, 'b3'));
    await changed('grew');
    expect(await texts()).toEqual(['0 a1', '1 b2', '1 b3']);
  });
});

describe('a joined view of which one log is shown', () => {
  it.each(['merged', 'concatenated'] as const)(
    'knows whose lines they are (%s)',
    async (joining) => {
      const opened = await open(joining, { 'a.log': at(1, 'a1') + at(2, 'a2') });
      expect(opened.describe(0).lanes.map(({ name }) => name)).toEqual(['a.log']);
      expect(await texts()).toEqual(['0 a1', '0 a2']);
      await expect.poll(() => opened.lineOfRow(1)).toEqual({ lane: 0, line: 1 });
      expect(await opened.rowsOfLane({ view: 'v', lane: 0, lines: [1] })).toEqual([1]);
    },
  );
});

describe('a view of logs that leave the day open', () => {
  const first = Date.UTC(2000, 0, 1, 9);
  const hour = 3_600_000;
  const stated = (hours: number): string => new Date(first + hours * hour).toISOString();
  /** A line every five hours, each log in turn. */
  const linesOf = (lane: number, count: number, stamp: (hours: number) => string): string =>
    Array.from(
      { length: count },
      (_, at) => `${stamp(at * 5 + lane)} INFO gate: step ${at} came to g\u00e4te ${lane}\n`,
    ).join('');

  async function times(): Promise<readonly (number | null)[]> {
    return (await rows()).map(({ time }) => time);
  }

  it('counts all midnights', async () => {
    const stamp = (hours: number): string => stated(hours).slice(11, 19);
    const latin = Buffer.from(linesOf(1, 40, stamp), 'latin1');
    const opened = await open('merged', { 'a.log': linesOf(0, 40, stamp), 'b.log': latin });
    const expected = Array.from({ length: 80 }, (_, at) => {
      return first + ((at >> 1) * 5 + (at & 1)) * hour;
    });
    expect(await times()).toEqual(expected);
    // What comes later goes on where the log had come to.
    opened.follow(true);
    await appendFile(join(folder, 'a.log'), `${stamp(203)} INFO gate: step back\n`);
    await changed('grew');
    expect((await times()).at(-1)).toBe(first + 203 * hour);
    const place = { kind: 'time', time: first + 150 * hour } as const;
    const params = { view: 'v', place, before: 0, after: 0, maxChars: 100 };
    const found = await opened.rows(params, signal);
    expect(found.rows[found.anchor]?.text).toContain('step 30 ');
  });

  it('counts the years', async () => {
    const days = 24;
    const stamp = (hours: number): string => {
      const [date = '', time = ''] = stated(hours * days).split('T');
      const [, month = '', day = ''] = date.split('-');
      const name = 'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(Number(month) * 3 - 3).slice(0, 3);
      return `${name} ${day.replace(/^0/, ' ')} ${time.slice(0, 8)}`;
    };
    const logs = { 'a.log': linesOf(0, 200, stamp), 'b.log': linesOf(1, 200, stamp) };
    await open('merged', logs);
    const params = { view: 'v', before: 0, after: 400, maxChars: 100 } as const;
    const all = (await view?.rows({ ...params, place: { kind: 'byte', byte: 0 } }, signal))?.rows;
    expect(all?.map(({ time }) => time)).toEqual(
      Array.from({ length: 400 }, (_, at) => first + ((at >> 1) * 5 + (at & 1)) * days * hour),
    );
  });
});

describe('a view of logs one behind the other', () => {
  it('follows the last, and leaves the others as they were', async () => {
    const opened = await open('concatenated', { 'a.log': at(1, 'a1'), 'b.log': at(2, 'b2') });
    opened.follow(true);
    await appendFile(join(folder, 'a.log'), at(3, 'a3'));
    await appendFile(join(folder, 'b.log'), at(4, 'b4'));
    expect((await changed('grew')).lanes).toEqual([{ lane: 1, appended: true }]);
    expect(await texts()).toEqual(['0 a1', '1 b2', '1 b4']);
    expect(opened.describe(0).growth).toContain('the last log');
  });

  it('tells which row shows a line of a log, and back', async () => {
    const opened = await open('concatenated', {
      'a.log': at(1, 'a1') + at(2, 'a2').trimEnd(),
      'b.log': at(3, 'b3') + at(4, 'b4'),
    });
    await expect
      .poll(() => opened.rowsOfLane({ view: 'v', lane: 1, lines: [0, 1] }))
      .toEqual([2, 3]);
    expect(await opened.rowsOfLane({ view: 'v', lane: 0, lines: [1, 2] })).toEqual([1, null]);
    expect(await opened.lineOfRow(3)).toEqual({ lane: 1, line: 1 });
  });
});
