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

  it('is read in segments from when it has outgrown what may be held', async () => {
    await writeFile(path, '2026-06-01T20:00:00.000Z INFO begun\n'.repeat(20));
    const before = await analyse();
    const append = (): Promise<LogMarks> | LogMarks =>
      server.append({ log: 'a', run: 2, source: { kind: 'path', path } }, never);
    expect(await append()).toEqual(before);
    await appendFile(path, '2026-06-01T20:00:00.000Z INFO goes on\n'.repeat(20));
    await expect(append()).rejects.toMatchObject({ reason: 'changed-while-reading' });
    const after = await analyse();
    expect(after.lines).toBe(40);
    await appendFile(path, '2026-06-01T20:00:00.000Z INFO goes on\n');
    expect((await append()).lines).toBe(41);
  });

  const question = {
    logs: ['a'],
    line: null,
    question: null,
    mode: 'full',
    history: [],
  } as const;

  it('is explained, at the lines of its file', async () => {
    await analyse();
    const { explanation, timeline } = await server.explain(question, never);
    expect(explanation.rootCause.category).toBe('resource.disk');
    expect(explanation.rootCause.statement).toContain('a.log:223');
    const cited = explanation.evidence.find(({ text }) => text.includes('No space left'))!;
    expect(cited).toMatchObject({ path, line: 223 });
    expect(timeline!.records.reduce((sum, count) => sum + count, 0)).toBe(401);
    expect(timeline!.marks.some(({ line }) => line === 223)).toBe(true);
  });

  it('is asked about from a line of its own', async () => {
    await analyse();
    const { explanation } = await server.explain({ ...question, line: 222 }, never);
    expect(explanation.evidence.some(({ line }) => line === 223)).toBe(true);
  });

  it('shows what a model would be sent, which the report rests on', async () => {
    await analyse();
    const model = {
      kind: 'endpoint',
      preset: 'ollama',
      baseUrl: null,
      model: 'small',
      key: null,
      contextTokens: null,
      privacy: null,
    } as const;
    const payload = await server.payload({ question, model }, never);
    const sent = JSON.stringify(payload);
    expect(sent).toContain('a.log:223');
    expect(sent).toContain('No space left on device');
    expect(sent).toContain('401 lines');
    expect((await server.payload({ question, model }, never)).digest).toBe(payload.digest);
  });

  it('is remembered as an incident that is found again', async () => {
    await analyse();
    const text = { title: '', rootCause: 'the disk is full', resolution: 'rotate logs' };
    const saved = await server.saveIncident({ logs: ['a'], line: null, text }, never);
    expect(saved.category).toBe('resource.disk');
    const example = { log: 'a', line: null };
    const found = await server.searchIncidents({ words: '', example }, never);
    expect(found.map(({ incident }) => incident.id)).toContain(saved.id);
    const { similar } = await server.explain(question, never);
    expect(similar.map(({ incident }) => incident.id)).toContain(saved.id);
  });

  it('knows the pattern of every line, found or not', async () => {
    await analyse();
    const template = await server.templateAt({ log: 'a', line: 3 }, never);
    expect(template).toContain('answered');
    expect(await server.templateAt({ log: 'a', line: 5_000 }, never)).toBeNull();
  });

  it('tells the time of lines, the line at a time, and its parts', async () => {
    await analyse();
    const moment = (index: number): number => Date.UTC(2026, 4, 4, 9, 0, index * 2);
    const { times, heads, before, clock } = await server.times(
      { log: 'a', from: 9, to: 11 },
      never,
    );
    expect([...times]).toEqual([moment(9), moment(10), moment(11)]);
    expect([...heads]).toEqual([1, 1, 1]);
    expect(before).toBe(moment(8));
    expect(clock).toMatchObject({ first: moment(0), last: moment(399) });
    const at = { log: 'a', ms: moment(100) + 1, side: 'after' } as const;
    expect(await server.lineAtTime(at, never)).toEqual({ line: 101, ms: moment(101) });
    const parts = await server.outline({ log: 'a' }, never);
    expect(parts.reduce((sum, { records }) => sum + records, 0)).toBe(401);
    expect(parts.flatMap(({ findings }) => findings).some(({ line }) => line === 222)).toBe(true);
    expect(await server.folds({ log: 'a' }, never)).toEqual([]);
  });
});
