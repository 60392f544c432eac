import { throwIfAborted } from '../base/abort.ts';
import type { LineFinder, LineSpan } from './lineFinder.ts';
import type { LineShape } from './logShape.ts';
import { prefixBytes } from './logShape.ts';
import type { PageCache } from './pageCache.ts';

/** The halving ends here; the rest is read line by line, so that lines in slight disorder are found. */
const closeBytes = 128 * 1024;

/** Lines read at once. */
const batch = 256;

/** Lines that are looked at for one with a time, before a half is given up as untimed. */
const mostUntimed = 16_384;

interface Searched {
  /** Bytes of the log. */
  readonly size: number;
  readonly finder: LineFinder;
  readonly cache: PageCache;
  readonly shape: LineShape;
  readonly signal: AbortSignal | undefined;
}

/**
 * Where the first record at or after a time begins, by halving the bytes: times rise, give or take
 * some lines. The last line where all are before it.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function findTime(time: number, log: Searched): Promise<number> {
  let low = 0;
  let high = log.size;
  while (high - low > closeBytes) {
    throwIfAborted(log.signal);
    const middle = Math.floor((low + high) / 2);
    const found = await timedLine(log, middle, high, () => true);
    if (found === null || found.time >= time) high = middle;
    else low = middle;
  }
  const from = Math.max(0, low - closeBytes);
  const first = await timedLine(log, from, log.size, (at) => at >= time);
  return first?.start ?? log.size - 1;
}

/** The first line in `[from, to)` that begins a record of a time that is wanted. */
async function timedLine(
  { size, finder, cache, shape, signal }: Searched,
  from: number,
  to: number,
  wanted: (time: number) => boolean,
): Promise<{ readonly start: number; readonly time: number } | null> {
  let at = from === 0 ? 0 : (await finder.lineAt(from - 1)).end;
  let untimed = 0;
  while (at < Math.min(to, size) && untimed < mostUntimed) {
    throwIfAborted(signal);
    const spans: LineSpan[] = [];
    while (spans.length < batch && at < Math.min(to, size)) {
      const span = await finder.lineAt(at);
      spans.push(span);
      at = span.end;
    }
    const lines = await Promise.all(
      spans.map(({ start, end }) => cache.bytes(start, Math.min(end, start + prefixBytes))),
    );
    const starts = spans.map(({ start }) => start);
    for (const [index, { time, continues }] of shape.describe(lines, starts).entries()) {
      if (time === null || continues) continue;
      if (wanted(time)) return { start: spans[index]!.start, time };
      untimed = -batch;
    }
    untimed += batch;
  }
  return null;
}
