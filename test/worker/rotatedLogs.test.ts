import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogSession } from '../../src/engine/analysis/logSession.ts';
import type { AnalysisDeps } from '../../src/engine/analysis/options.ts';
import { inThisThread } from '../../src/engine/analysis/stream/analyseSegment.ts';
import { lineInPart } from '../../src/engine/source/partLines.ts';
import type { RunResult } from '../../src/worker/analysisRuns.ts';
import { AnalysisRuns } from '../../src/worker/analysisRuns.ts';
import { LogShelf } from '../../src/worker/logShelf.ts';
import { openLog } from '../../src/worker/openLog.ts';
import { ReceivedTexts } from '../../src/worker/receivedTexts.ts';
import { StreamedLogs } from '../../src/worker/streamedLogs.ts';

const deps: AnalysisDeps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
};
const never = new AbortController().signal;

let folder: string;
let path: string;

const line = (number: number): string =>
  `2026-01-05T10:00:${String(number).padStart(2, '0')}Z INFO shop.Cart - step ${number}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => line(from + at)).join('');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-rotated-'));
  path = join(folder, 'app.log');
  await writeFile(join(folder, 'app.log.2.gz'), gzipSync(lines(0, 10)));
  // It was cut inside a line.
  await writeFile(join(folder, 'app.log.1'), lines(10, 20).trimEnd());
  await writeFile(path, lines(20, 30));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a rotated set as one log', () => {
  it('tells in which file a line of the whole stands', async () => {
    const opened = await openLog(path, { spoolDir: join(folder, 'spool'), rotated: true });
    if (opened.kind !== 'whole') throw new Error('It is small.');
    expect(opened.text.lineCount).toBe(30);
    const places = [1, 10, 11, 20, 21, 30].map((at) => lineInPart(opened.parts, at));
    expect(places.map((place) => `${place.path.slice(folder.length + 1)}:${place.line}`)).toEqual([
      'app.log.2.gz:1',
      'app.log.2.gz:10',
      'app.log.1:1',
      'app.log.1:10',
      'app.log:1',
      'app.log:10',
    ]);
  });

  it('goes on where its newest file grows, and is read anew where that was rotated', async () => {
    const shelf = new LogShelf();
    const runs = new AnalysisRuns({
      shelf,
      received: new ReceivedTexts(),
      streams: new StreamedLogs(),
      segments: inThisThread,
      spoolDir: join(folder, 'spool'),
      deps,
      onResult: () => undefined,
      onProgress: () => undefined,
    });
    const source = { kind: 'path', path, lines: 'file', rotated: true } as const;
    const text = (result: RunResult): string => {
      if ('streamed' in result) throw new Error('It is small.');
      return Buffer.from(result.analysis.view.log.bytes).toString();
    };
    const analyse = (): Promise<RunResult> =>
      runs.analyse({ log: 'a', run: 1, name: path, source }, never);
    const append = (): Promise<RunResult> => runs.append({ log: 'a', run: 2, source }, never);
    expect(text(await analyse())).toBe(lines(0, 30));
    await appendFile(path, lines(30, 32));
    expect(text(await append())).toBe(lines(0, 32));
    expect(shelf.get('a').session).toBeInstanceOf(LogSession);
    await rename(path, join(folder, 'app.log.0'));
    await writeFile(path, lines(32, 33));
    await expect(append()).rejects.toMatchObject({ reason: 'changed-while-reading' });
    expect(text(await analyse())).toBe(lines(0, 33));
  });
});
