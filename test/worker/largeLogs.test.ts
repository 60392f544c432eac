import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inThisThread } from '../../src/engine/analysis/stream/analyseSegment.ts';
import { nullLog } from '../../src/engine/base/log.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import { openIncidentStore } from '../../src/engine/incident/openIncidentStore.ts';
import type { Handlers } from '../../src/protocol/rpc.ts';
import type { LogMarks, WorkerEvents, WorkerRequests } from '../../src/protocol/workerApi.ts';
import { EditorModels } from '../../src/worker/editorModels.ts';
import { engineServer } from '../../src/worker/engineServer.ts';
import { trafficWith as traffic } from '../support/traffic.ts';

const fatal = 'FATAL store cannot write /var/lib/orders: No space left on device';
const never = new AbortController().signal;

describe('a log that is too large to be held', () => {
  let folder: string;
  let path: string;
  let server: Handlers<WorkerRequests>;
  let events: { name: string; payload: WorkerEvents[keyof WorkerEvents] }[];

  const options = (normalTemplates: readonly string[]) => ({
    embeddings: false,
    normalTemplates,
    rules: [],
    formats: [],
    incidents: { similarity: 0.5, limit: 5, learning: true },
  });
  const analyse = async (): Promise<LogMarks> =>
    server.analyse(
      { log: 'a', run: 1, name: path, source: { kind: 'path', path, lines: 'file' } },
      never,
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-large-'));
    path = join(folder, 'a.log');
    events = [];
    await writeFile(path, traffic([fatal], 221));
    server = engineServer({
      options: options([]),
      openEmbedder: () => Promise.reject(new Error('No model is needed.')),
      openIncidents: () =>
        openIncidentStore({
          dir: join(folder, 'incidents'),
          embedder: hashingEmbedder,
          now: () => Date.UTC(2026, 5, 1),
          log: nullLog,
        }),
      segments: inThisThread,
      spoolDir: join(folder, 'spool'),
      largestWhole: 1000,
      editorModels: new EditorModels(() => Promise.reject(new Error('There is no editor.'))),
      nonce: 'f00d',
      emit: (name, payload) => events.push({ name, payload }),
      log: nullLog,
      now: () => performance.now(),
      today: () => '2026-06-01T00:00:00.000Z',
    });
  });

  afterEach(async () => {
    await server.close({ log: 'a' }, never);
    await rm(folder, { recursive: true });
  });

  it('is marked at the lines of its file, and says how much was read', async () => {
    const marks = await analyse();
    const line = marks.marks.find(({ title }) => title.includes('No space left'))!.line;
    expect(line).toBe(222);
    expect(marks.read).toEqual({ bytes: marks.bytes, of: marks.bytes });
    expect(marks.final).toBe(true);
    expect(events.some(({ name }) => name === 'marks')).toBe(true);
    const told = events.find(({ name }) => name === 'progress')!.payload;
    expect(told).toMatchObject({ progress: { stage: 'reading', share: 1, secondsLeft: 0 } });
  });

  it('has hovers, and patterns that can be marked as normal', async () => {
    await analyse();
    const hover = await server.hover({ log: 'a', line: 222 }, never);
    expect(hover!.parts.counts).toContain('1 of');
    expect(await server.hover({ log: 'a', line: 3 }, never)).toBeNull();
    const template = await server.templateAt({ log: 'a', line: 222 }, never);
    await server.configure(options([template!]), never);
    const marks = await server.marks({ log: 'a' }, never);
    expect(marks.marks.some(({ line }) => line === 222)).toBe(false);
    expect(marks.hidden).toBeGreaterThan(0);
  });

  it('goes on where its file has grown', async () => {
    const before = await analyse();
    await appendFile(path, '2026-06-01T20:00:00.000Z FATAL disk is gone, giving up for good\n');
    const marks = await server.append({ log: 'a', run: 2, source: { kind: 'path', path } }, never);
    expect(marks.lines).toBe(before.lines + 1);
    expect(marks.marks.some(({ line }) => line === before.lines)).toBe(true);
  });

  it('says what to do instead of explaining a part of it as if it were all', async () => {
    await analyse();
    const question = {
      logs: ['a'],
      line: null,
      question: null,
      mode: 'full',
      history: [],
    } as const;
    await expect(server.explain(question, never)).rejects.toMatchObject({ reason: 'too-large' });
  });
});
