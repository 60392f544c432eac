import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inThisThread } from '../../src/engine/analysis/stream/analyseSegment.ts';
import { nullLog } from '../../src/engine/base/log.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import type { OpenEmbedder } from '../../src/engine/embed/openEmbedder.ts';
import { openIncidentStore } from '../../src/engine/incident/openIncidentStore.ts';
import type { Handlers } from '../../src/protocol/rpc.ts';
import type {
  LogMarks,
  Question,
  WorkerEvents,
  WorkerOptions,
  WorkerRequests,
} from '../../src/protocol/workerApi.ts';
import { trafficWith as traffic } from '../support/traffic.ts';
import { EditorModels } from '../../src/worker/editorModels.ts';
import { engineServer } from '../../src/worker/engineServer.ts';

const fatal = 'FATAL store cannot write /var/lib/orders: No space left on device';

function workerOptions(change: Partial<WorkerOptions> = {}): WorkerOptions {
  return {
    embeddings: true,
    normalTemplates: [],
    rules: [],
    formats: [],
    incidents: { similarity: 0.5, limit: 5, learning: true },
    ...change,
  };
}

/** What broke in the log `a`. */
function question(change: Partial<Question> = {}): Question {
  return { logs: ['a'], line: null, question: null, mode: 'full', history: [], ...change };
}

describe('engineServer', () => {
  let folder: string;
  let path: string;
  let opened: number;
  let events: { name: string; payload: WorkerEvents[keyof WorkerEvents] }[];
  let server: Handlers<WorkerRequests>;
  const never = new AbortController().signal;

  const start = (embeddings = true): Handlers<WorkerRequests> =>
    engineServer({
      options: workerOptions({ embeddings }),
      openEmbedder: (): Promise<OpenEmbedder> => {
        opened++;
        return Promise.resolve({
          embedder: hashingEmbedder,
          status: { id: 'hashing', state: 'fallback', detail: 'The model is missing.' },
          close: () => Promise.resolve(),
        });
      },
      openIncidents: (embedder) =>
        openIncidentStore({
          dir: join(folder, 'incidents'),
          embedder,
          now: () => Date.UTC(2026, 5, 1),
          log: nullLog,
        }),
      segments: inThisThread,
      spoolDir: join(folder, 'spool'),
      editorModels: new EditorModels(() => Promise.reject(new Error('There is no editor.'))),
      nonce: 'f00d',
      emit: (name, payload) => events.push({ name, payload }),
      log: nullLog,
      now: () => performance.now(),
      today: () => '2026-06-01T00:00:00.000Z',
    });
  const analyse = async (run = 1, signal = never): Promise<LogMarks> =>
    server.analyse({ log: 'a', run, name: path, source: { kind: 'path', path } }, signal);
  const marksAt = (marks: LogMarks, line: number): boolean =>
    marks.marks.some((mark) => line >= mark.line && line <= mark.endLine);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-worker-'));
    path = join(folder, 'a.log');
    opened = 0;
    events = [];
    server = start();
    await writeFile(path, traffic([fatal]));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('marks from statistics first, then from patterns; the model is opened in between', async () => {
    const last = await analyse();
    const first = events.find(({ name }) => name === 'marks')?.payload as WorkerEvents['marks'];
    expect(first.run).toBe(1);
    expect(first.marks.final).toBe(false);
    expect(first.marks.embedder.state).toBe('loading');
    expect(last.final).toBe(true);
    expect(last.embedder).toMatchObject({ state: 'fallback', detail: 'The model is missing.' });
    expect(last.lines).toBe(401);
    expect(marksAt(last, 301)).toBe(true);
    expect(opened).toBe(1);
    expect(events.some(({ name }) => name === 'progress')).toBe(true);
  });

  it('opens no model where comparing by meaning is switched off', async () => {
    server = start(false);
    const marks = await analyse();
    expect(marks).toMatchObject({ final: true, embedder: { state: 'off' } });
    expect(marksAt(marks, 301)).toBe(true);
    expect(opened).toBe(0);
  });

  it('finds the same in a text that arrives in slices', async () => {
    const byPath = await analyse();
    const bytes = Buffer.from(traffic([fatal]));
    for (let at = 0; at < bytes.length; at += 1_000) {
      const slice = new Uint8Array(bytes.subarray(at, at + 1_000));
      await server.receive({ log: 'b', bytes: slice, first: at === 0 }, never);
    }
    const bySlices = await server.analyse(
      { log: 'b', run: 2, name: 'Untitled-1', source: { kind: 'slices' } },
      never,
    );
    expect(bySlices.marks).toEqual(byPath.marks);
  });

  it('reads only what was appended and knows new lines', async () => {
    await writeFile(path, traffic([]));
    const before = await analyse();
    await appendFile(path, `2026-05-04T09:20:00.000Z ${fatal}\n`);
    const after = await server.append({ log: 'a', run: 2, source: { kind: 'path', path } }, never);
    expect(after.lines).toBe(before.lines + 1);
    expect(marksAt(after, before.lines)).toBe(true);
  });

  it('appends typed text to a text, and to a file no longer', async () => {
    await writeFile(path, traffic([]));
    const before = await analyse();
    const bytes = new TextEncoder().encode(`2026-05-04T09:20:00.000Z ${fatal}\n`);
    const source = { kind: 'bytes', bytes } as const;
    const after = await server.append({ log: 'a', run: 2, source }, never);
    expect(after.lines).toBe(before.lines + 1);
    await expect(
      server.append({ log: 'a', run: 3, source: { kind: 'path', path } }, never),
    ).rejects.toMatchObject({ reason: 'changed-while-reading' });
  });

  it('does not take a rotated log for the one it knew, also when it has grown larger', async () => {
    await analyse();
    await writeFile(path, traffic([], 0, 900));
    await expect(
      server.append({ log: 'a', run: 2, source: { kind: 'path', path } }, never),
    ).rejects.toMatchObject({ reason: 'changed-while-reading' });
    await writeFile(path, 'short\n');
    await expect(
      server.append({ log: 'a', run: 3, source: { kind: 'path', path } }, never),
    ).rejects.toMatchObject({ reason: 'changed-while-reading' });
  });

  it('tells times, folds and parts of a log in editor lines', async () => {
    const head = (at: number): string => `2026-05-04T09:${String(at).padStart(2, '0')}:00.000Z`;
    const lines = Array.from({ length: 40 }, (_, at) => `${head(at)} INFO order ${at} placed\n`);
    lines[2] = `${head(2)} ERROR progress 1\rprogress 2\n\tat a.b(C.java:1)\n`;
    await writeFile(path, lines.join(''));
    await analyse();
    // A lone carriage return breaks a line in the editor: what follows is one further down.
    const { times, heads, clock } = await server.times({ log: 'a', from: 2, to: 5 }, never);
    const minutes = Array.from(times, (time) => new Date(time).getUTCMinutes());
    expect(minutes).toEqual([2, 2, 2, 3]);
    expect([...heads]).toEqual([1, 0, 0, 1]);
    expect(clock).toMatchObject({ gap: 600_000, clock: { basis: 'absolute', zone: 'stated' } });
    const [fold] = await server.folds({ log: 'a' }, never);
    expect(fold).toEqual({ line: 2, endLine: 4, kind: 'record' });
    const ms = Date.parse(head(10));
    expect(await server.lineAtTime({ log: 'a', ms, side: 'after' }, never)).toEqual({
      line: 12,
      ms,
    });
    const parts = await server.outline({ log: 'a' }, never);
    expect(parts[0]).toMatchObject({ name: '09:00', line: 0, records: 1 });
    expect(parts.at(-1)?.endLine).toBe(41);
    await expect(async () =>
      server.times({ log: 'a', from: 0, to: 10_000 }, never),
    ).rejects.toMatchObject({ reason: 'invalid-argument' });
  });

  it('gives an analysis up for a newer one of the same log', async () => {
    const older = analyse(1);
    const newer = analyse(2);
    await expect(older).rejects.toMatchObject({ reason: 'aborted' });
    await expect(newer).resolves.toMatchObject({ final: true });
  });

  it('gives an analysis up when it is cancelled or the log is closed', async () => {
    const controller = new AbortController();
    const cancelled = analyse(1, controller.signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ reason: 'aborted' });
    const closed = analyse(2);
    await server.close({ log: 'a' }, never);
    await expect(closed).rejects.toMatchObject({ reason: 'aborted' });
  });

  it('says what is wrong with a file that cannot be read', async () => {
    await rm(path);
    await expect(analyse()).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('knows nothing of a log that was closed', async () => {
    await analyse();
    await server.close({ log: 'a' }, never);
    await expect((async () => server.marks({ log: 'a' }, never))()).rejects.toMatchObject({
      reason: 'not-found',
    });
  });

  it('tells in a hover why a line is marked, and nothing about other lines', async () => {
    await analyse();
    const hover = await server.hover({ log: 'a', line: 301 }, never);
    expect(hover?.parts.rows.length).toBeGreaterThan(0);
    expect(hover?.parts.counts).toContain('of 401 records');
    expect(await server.hover({ log: 'a', line: 5 }, never)).toBeNull();
  });

  it('explains a log with evidence that is in it', async () => {
    await analyse();
    const { explanation, timeline } = await server.explain(question(), never);
    expect(explanation.rootCause.category).toBe('resource.disk');
    expect(explanation.evidence.some(({ line }) => line === 302)).toBe(true);
    expect(explanation.source).toBe('offline');
    expect(timeline?.axis).toBe('time');
    expect(timeline?.records.reduce((sum, count) => sum + count, 0)).toBe(401);
  });

  it('remembers an incident and finds it again beside the same failure', async () => {
    await analyse();
    const text = { title: 'Disk full', rootCause: '', resolution: 'moved the archive away' };
    const saved = await server.saveIncident({ logs: ['a'], line: 301, text }, never);
    expect(saved).toMatchObject({ title: 'Disk full', status: 'unconfirmed' });
    const hover = await server.hover({ log: 'a', line: 301 }, never);
    expect(hover?.parts.similar[0]).toMatchObject({ resolution: 'moved the archive away' });
    const judged = await server.judgeIncident(
      { id: saved.id, status: 'confirmed', text: { ...text, rootCause: 'No log rotation.' } },
      never,
    );
    expect(judged).toMatchObject({ status: 'confirmed', rootCause: 'No log rotation.' });
    const { similar } = await server.explain(question(), never);
    expect(similar[0]?.incident).toMatchObject({ id: saved.id, rootCause: 'No log rotation.' });
    await expect(
      server.judgeIncident({ id: 'unknown', status: 'confirmed', text }, never),
    ).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('uses neither past incidents nor meaning in the fast mode, and says so', async () => {
    await analyse();
    const text = { title: 'Disk full', rootCause: '', resolution: 'moved the archive away' };
    await server.saveIncident({ logs: ['a'], line: null, text }, never);
    const full = await server.explain(question(), never);
    expect(full.similar).toHaveLength(1);
    expect(full.explanation.mode).toBe('full');
    const fast = await server.explain(question({ mode: 'fast' }), never);
    expect(fast.similar).toEqual([]);
    expect(fast.explanation.similarIncidents).toEqual([]);
    expect(fast.explanation.mode).toBe('fast');
    expect(fast.explanation.rootCause.category).toBe('resource.disk');
  });

  it('shows at most as many past incidents as the reader wants, and none less alike', async () => {
    await analyse();
    for (const title of ['One', 'Two', 'Three']) {
      const text = { title, rootCause: '', resolution: '' };
      await server.saveIncident({ logs: ['a'], line: null, text }, never);
    }
    const incidents = { similarity: 0.5, limit: 2, learning: true };
    await server.configure(workerOptions({ incidents }), never);
    expect((await server.explain(question(), never)).similar).toHaveLength(2);
    const exacting = { ...incidents, similarity: 1 };
    await server.configure(workerOptions({ incidents: exacting }), never);
    const { similar } = await server.explain(question(), never);
    expect(similar.every(({ similarity }) => similarity === 1)).toBe(true);
  });

  it('takes rules of the workspace, and tells what is wrong with others', async () => {
    await writeFile(path, traffic(['ERROR web widget 7 jammed the conveyor']));
    await analyse();
    const rule = [
      'family: conveyor',
      'title: Conveyors',
      'rules:',
      '  - id: conveyor-jam',
      '    title: The conveyor is jammed',
      '    role: cause',
      '    category: resource.quota',
      '    match: { phrases: ["jammed the conveyor"] }',
    ].join('\n');
    await server.configure(
      workerOptions({ rules: [{ path: '.faultline/rules.yaml', text: rule }] }),
      never,
    );
    await server.configure(
      workerOptions({ rules: [{ path: '.faultline/rules.yaml', text: 'rules: [' }] }),
      never,
    );
    const told = events.filter(({ name }) => name === 'ruleProblems');
    const last = told.at(-1)?.payload as WorkerEvents['ruleProblems'];
    expect(last.problems.join()).toContain('.faultline/rules.yaml');
    await server.configure(workerOptions(), never);
    const cleared = events.filter(({ name }) => name === 'ruleProblems').at(-1);
    expect(cleared?.payload).toEqual({ problems: [] });
  });

  it('reads logs by formats of the reader, from the next analysis on, and tells which it cannot use', async () => {
    await writeFile(path, 'tick#17 store | ready\ntick#18 store | gone\n'.repeat(20));
    expect((await analyse()).format).toBe('plain');
    const ticks = {
      name: 'ticks',
      pattern: String.raw`tick#(?<time>\d+) (?<component>\w+) \| (?<message>.*)`,
      unit: 's',
    };
    await server.configure(workerOptions({ formats: [{ name: 'bad' }, ticks] }), never);
    const told = events.filter(({ name }) => name === 'formatProblems');
    expect(told).toHaveLength(1);
    const { problems } = told[0]!.payload as WorkerEvents['formatProblems'];
    expect(problems).toEqual([expect.stringContaining('Format 1 (bad) has no pattern')]);
    expect((await analyse()).format).toBe('ticks');
    await server.configure(workerOptions(), never);
    expect((await analyse()).format).toBe('plain');
  });

  it('writes a report for others without personal data, and for the reader with it', async () => {
    await writeFile(path, traffic([`${fatal} for jane@example.com`]));
    await analyse();
    const { explanation } = await server.explain(question(), never);
    const written = async (form: 'markdown' | 'html' | 'json' | 'issue'): Promise<string> =>
      (await server.writeReport({ explanation, form, writtenAt: '2026-06-01' }, never)).text;
    expect(await written('issue')).toContain('No space left on device');
    expect(await written('issue')).not.toContain('jane@example.com');
    expect(await written('markdown')).toContain('jane@example.com');
    expect(await written('html')).toMatch(/^<!doctype html>/i);
    expect(JSON.parse(await written('json'))).toEqual(explanation);
  });

  it('leaves out what was marked as normal, and brings it back', async () => {
    const before = await analyse();
    const template = await server.templateAt({ log: 'a', line: 301 }, never);
    const finding = before.marks.find(({ line }) => line === 301);
    expect(template).not.toBeNull();
    const normalTemplates = [finding?.template ?? ''];
    await server.configure(workerOptions({ normalTemplates }), never);
    const without = await server.marks({ log: 'a' }, never);
    expect(marksAt(without, 301)).toBe(false);
    expect(without.hidden).toBe(before.marks.length - without.marks.length);
    expect(await server.hover({ log: 'a', line: 301 }, never)).toBeNull();
    await server.configure(workerOptions(), never);
    expect((await server.marks({ log: 'a' }, never)).marks).toEqual(before.marks);
  });

  it('counts lines as the editor does', async () => {
    await writeFile(path, traffic([`progress 10 %\r50 %\rdone`, fatal]));
    const marks = await analyse();
    expect(marksAt(marks, 304)).toBe(true);
    const hover = await server.hover({ log: 'a', line: 304 }, never);
    expect(hover).not.toBeNull();
    expect(await server.editorLine({ log: 'a', line: 303 }, never)).toBe(304);
  });

  it.each([
    ['empty', ''],
    ['one line without an end', 'one line'],
    ['only carriage returns', '\r\r\r'],
    ['null bytes', '\0\0\0\n\0'],
  ])('gives an answer for a log that is %s', async (_name, text) => {
    await writeFile(path, text);
    expect(await analyse()).toMatchObject({ final: true });
    const { explanation } = await server.explain(question({ question: 'what happened?' }), never);
    expect(explanation.verdict).toBe('no_incident');
    expect(await server.hover({ log: 'a', line: 0 }, never)).toBeNull();
  });
});
