import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Row } from '../../src/protocol/readerApi.ts';
import { HostSide } from './hostSide.ts';
import { pause } from './latency.ts';
import { clock, probeOf } from './probe.ts';
import { startThreads } from './threads.ts';

/** What became of lines that were written fast. */
export interface Storm {
  readonly written: Seen;
  readonly seen: Seen;
  /** Lines that the index counts. */
  readonly indexed: number;
  /** Lines of the newest file, and of how many of them the engine knows. */
  readonly newest: number;
  readonly scored: number;
  readonly writingSeconds: number;
  /** Seconds from the last line until all were indexed, and until all were scored. */
  readonly indexedAfter: number;
  readonly scoredAfter: number;
  /** How old the last shown line was, in milliseconds. */
  readonly lag: readonly number[];
  /** Delays of the host's event loop, in milliseconds. */
  readonly loop: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Bytes: of the host's heap, and of the whole process with both threads. */
  readonly heap: number;
  readonly resident: number;
}

export interface Seen {
  readonly lines: number;
  readonly sum: string;
}

export const linesPerSecond = 50_000;

const patience = 240_000;
const rowsAtOnce = 5_000;

/** Follows a log and its rotated parts while `seconds` of lines are written, with two rotations in between. */
export async function measureStorm(folder: string, seconds: number): Promise<Storm> {
  const path = join(folder, 'storm.log');
  const summary = join(folder, 'storm.json');
  const make = (mode: string): ReturnType<typeof spawn> =>
    spawn(process.execPath, [process.argv[1]!, mode, path, String(seconds), summary]);
  await ended(make('storm-start'));
  const lag: number[] = [];
  let indexed = { bytes: -1, lines: 0 };
  let scored = { bytes: -1, lines: 0 };
  const threads = startThreads({
    changed: ({ view, change }) => {
      if (view === 'v') host.changed(change.kind);
    },
    indexed: ({ view, bytes, lines }) => {
      if (view === 'set') indexed = { bytes, lines };
    },
    marks: ({ run, marks }) => {
      host.marked(run, marks);
    },
  });
  const host = new HostSide({
    threads,
    path,
    onShown: (rows) => {
      const probe = probeOf(rows.at(-1)?.text ?? '');
      if (probe !== null) lag.push(clock() - probe.written);
    },
    onScored: ({ bytes, lines }) => {
      scored = { bytes, lines };
    },
  });
  await host.open();
  const set = { view: 'set', paths: [path], joining: null, rotated: true } as const;
  await threads.reader.request('open', set);
  await threads.reader.request('follow', { view: 'set', on: true });
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  let heap = 0;
  let resident = 0;
  const sampling = setInterval(() => {
    const { heapUsed, rss } = process.memoryUsage();
    heap = Math.max(heap, heapUsed);
    resident = Math.max(resident, rss);
  }, 500);
  const started = clock();
  await ended(make('storm'));
  const done = clock();
  loop.disable();
  const { bytes, newestBytes, newest, ...written } = JSON.parse(
    readFileSync(summary, 'utf8'),
  ) as Seen & { bytes: number; newestBytes: number; newest: number };
  let indexedAfter = NaN;
  let scoredAfter = NaN;
  while (clock() - done < patience) {
    if (Number.isNaN(indexedAfter) && indexed.bytes === bytes) indexedAfter = clock() - done;
    if (Number.isNaN(scoredAfter) && scored.bytes === newestBytes) scoredAfter = clock() - done;
    if (!Number.isNaN(indexedAfter) && !Number.isNaN(scoredAfter) && host.idle) break;
    await pause(20);
  }
  clearInterval(sampling);
  const seen = await readAll((byte) =>
    threads.reader
      .request('rows', {
        view: 'set',
        place: { kind: 'byte', byte },
        before: 0,
        after: rowsAtOnce - 1,
        maxChars: 1000,
      })
      .then(({ rows }) => rows),
  );
  host.close();
  await threads.close();
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  return {
    written: { lines: written.lines, sum: written.sum },
    seen,
    indexed: indexed.lines,
    newest,
    scored: scored.lines,
    writingSeconds: (done - started) / 1000,
    indexedAfter: indexedAfter / 1000,
    scoredAfter: scoredAfter / 1000,
    lag,
    loop: { p50: ms(loop.percentile(50)), p99: ms(loop.percentile(99)), most: ms(loop.max) },
    heap,
    resident,
  };
}

/** Every line that the reading thread has, through its pages. */
async function readAll(rowsAt: (byte: number) => Promise<readonly Row[]>): Promise<Seen> {
  const hash = createHash('sha256');
  let lines = 0;
  for (let byte = 0; ;) {
    const rows = await rowsAt(byte);
    const fresh = rows.filter((row) => row.byte >= byte);
    const last = fresh.at(-1);
    if (last === undefined) break;
    for (const { text } of fresh) hash.update(`${text}\n`);
    lines += fresh.length;
    byte = last.byte + last.bytes;
  }
  return { lines, sum: hash.digest('hex') };
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  child.stderr?.pipe(process.stderr);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The writer ended with ${code}.`));
    });
  });
}
