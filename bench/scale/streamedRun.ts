/**
 * Analyses one large log in segments, with threads as the product does, and prints what it took as JSON.
 * Started as a thread it serves segments. Usage: streamed-run.mjs PATH
 */
import { tmpdir } from 'node:os';
import { isMainThread, parentPort } from 'node:worker_threads';
import {
  StreamedLog,
  type StreamedAnalysis,
} from '../../src/engine/analysis/stream/streamedLog.ts';
import { openSource } from '../../src/engine/source/adapters/openSource.ts';
import { SegmentThreads } from '../../src/worker/segmentThreads.ts';
import { serveSegments } from '../../src/worker/serveSegments.ts';
import { startThread } from '../../src/worker/startThread.ts';

/** What one run took. */
export interface StreamedRun {
  readonly seconds: number;
  /** Most memory that was resident at once, all threads together, in bytes. */
  readonly peak: number;
  readonly lines: number;
  readonly findings: number;
}

async function analyse(path: string): Promise<StreamedRun> {
  const started = performance.now();
  const source = await openSource(path, { spoolDir: tmpdir() });
  const threads = new SegmentThreads({
    start: (listeners) => startThread(new URL(import.meta.url), { role: 'segments' }, listeners),
  });
  const log = new StreamedLog(source, { analyser: threads, now: () => performance.now() });
  let known: StreamedAnalysis | null = null;
  for await (const analysis of log.analyse()) known = analysis;
  threads.close();
  await source.close();
  return {
    seconds: (performance.now() - started) / 1000,
    peak: process.resourceUsage().maxRSS * 1024,
    lines: known?.lines ?? 0,
    findings: known?.findings.length ?? 0,
  };
}

if (!isMainThread && parentPort !== null) serveSegments(parentPort);
else process.stdout.write(JSON.stringify(await analyse(process.argv[2] ?? '')));
