import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { nullLog } from '../../src/engine/base/log.ts';
import { AnalysisService } from '../../src/host/analysisService.ts';
import { EngineClient } from '../../src/host/engineClient.ts';
import { logKey } from '../../src/host/openLog.ts';
import type { FileLog } from '../../src/host/openLog.ts';
import { logMarks } from './logMarks.ts';

const events = vi.hoisted(() => {
  class Emitter<T> {
    readonly #listeners = new Set<(value: T) => void>();
    readonly event = (listener: (value: T) => void) => {
      this.#listeners.add(listener);
      return { dispose: () => this.#listeners.delete(listener) };
    };
    fire(value: T): void {
      for (const listener of this.#listeners) listener(value);
    }
    dispose(): void {
      this.#listeners.clear();
    }
  }
  return {
    Emitter,
    visible: new Emitter<unknown>(),
    opened: new Emitter<unknown>(),
    closed: new Emitter<unknown>(),
    changed: new Emitter<unknown>(),
  };
});

// The editor is not there in a unit test: only what the service listens to.
vi.mock('vscode', () => ({
  EventEmitter: events.Emitter,
  window: { visibleTextEditors: [], onDidChangeVisibleTextEditors: events.visible.event },
  workspace: {
    onDidOpenTextDocument: events.opened.event,
    onDidCloseTextDocument: events.closed.event,
    onDidChangeTextDocument: events.changed.event,
  },
}));

const text = ['one', 'two', 'three', ''];

function uri(path: string): vscode.Uri {
  return {
    scheme: 'file',
    path,
    fsPath: path,
    toString: () => `file://${path}`,
  } as unknown as vscode.Uri;
}

function documentOf(path: string, lines = text, isDirty = false) {
  return {
    uri: uri(path),
    isDirty,
    lineCount: lines.length,
    lineAt: (line: number) => ({ text: lines[line], range: { end: {} } }),
    offsetAt: () => lines.join('\n').length,
  } as unknown as vscode.TextDocument & { isDirty: boolean };
}

const fileOf = (path: string): FileLog => ({ uri: uri(path), path });

interface Request {
  readonly kind: string;
  readonly id: number;
  readonly name: string;
  readonly params: { readonly log: string };
}

/** A service over an engine that answers every analysis with `lines` lines, and counts. */
function setUp(lines = 3) {
  const asked: string[] = [];
  let dies = 0;
  const engine = new EngineClient({
    start: (listeners) => ({
      post: (message) => {
        const { kind, id, name, params } = message as Request;
        if (kind !== 'request') return;
        asked.push(`${name} ${params.log}`);
        if (dies-- > 0) listeners.onExit(new Error('out of memory'));
        else listeners.onMessage({ kind: 'reply', id, value: logMarks({ lines }) });
      },
      terminate: () => undefined,
    }),
    editorModel: () => Promise.reject(new Error('none')),
    events: {
      marks: () => undefined,
      progress: () => undefined,
      modelText: () => undefined,
      ruleProblems: () => undefined,
      formatProblems: () => undefined,
    },
    onRestart: () => {
      service.engineRestarted();
    },
    log: nullLog,
  });
  const options = {
    embeddings: false,
    normalTemplates: [],
    rules: [],
    formats: [],
    incidents: { similarity: 0.7, limit: 5, learning: true },
  };
  const service: AnalysisService = new AnalysisService(engine, nullLog, true, options);
  const settle = () => vi.advanceTimersByTimeAsync(1_000);
  const die = (times: number): void => {
    dies = times;
  };
  return { service, asked, settle, die };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('analyses the document of a file and its viewer once, and tells both', async () => {
  const { service, asked, settle } = setUp();
  const [document, file] = [documentOf('/a.log'), fileOf('/a.log')];
  const told: string[] = [];
  service.onDidChange((log) => told.push(logKey(log)));
  service.follow(document);
  service.follow(file);
  await settle();
  expect(asked).toEqual(['analyse file:///a.log']);
  expect(service.stateOf(document)?.kind).toBe('done');
  expect(service.stateOf(file)).toBe(service.stateOf(document));
  expect(new Set(told)).toEqual(new Set([logKey(document), logKey(file)]));
  await service.ask(file, 'hover', { line: 1 });
  expect(asked.at(-1)).toBe('hover file:///a.log');
});

it('forgets a shared analysis when neither shows it any more, and not before', async () => {
  const { service, asked, settle } = setUp();
  const [document, file] = [documentOf('/a.log'), fileOf('/a.log')];
  service.follow(file);
  await settle();
  const letGo = service.keep(logKey(file));
  service.follow(document);
  events.closed.fire(document);
  await settle();
  expect(service.stateOf(document)).toBeNull();
  expect(service.stateOf(file)?.kind).toBe('done');
  letGo();
  await settle();
  expect(asked).toEqual([
    'analyse faultline-file:file:///a.log',
    'close faultline-file:file:///a.log',
  ]);
  expect(service.logs()).toEqual([]);
});

it('goes on for the viewer alone when the document is closed, also under the name of that one', async () => {
  const { service, asked, settle } = setUp();
  const [document, file] = [documentOf('/a.log'), fileOf('/a.log')];
  service.follow(document);
  service.follow(file);
  await settle();
  events.closed.fire(document);
  service.fileChanged(file, true);
  await settle();
  expect(asked).toEqual(['analyse file:///a.log', 'append file:///a.log']);
  // Opened again with a text that is in no file, it is another log.
  service.follow(documentOf('/a.log', text, true));
  await settle();
  expect(service.logs()).toHaveLength(2);
  expect(asked.filter((one) => one === 'append file:///a.log')).toHaveLength(1);
  expect(asked.at(-1)).toBe('receive file:///a.log#');
});

it('analyses apart what has other lines in the editor: a lone carriage return breaks one there', async () => {
  const { service, asked, settle } = setUp(2);
  service.follow(documentOf('/a.log'));
  await settle();
  service.follow(fileOf('/a.log'));
  await settle();
  expect(asked).toHaveLength(2);
});

it('finds out about other lines when a shared analysis is done', async () => {
  const { service, asked, settle } = setUp(2);
  const [document, file] = [documentOf('/a.log'), fileOf('/a.log')];
  service.follow(document);
  service.follow(file);
  await settle();
  expect(asked).toEqual(['analyse file:///a.log', 'analyse faultline-file:file:///a.log']);
  expect(service.keyOf(file)).not.toBe(service.keyOf(document));
});

it('leaves the viewer to the file when something is typed into its document', async () => {
  const { service, asked, settle } = setUp();
  const [document, file] = [documentOf('/a.log'), fileOf('/a.log')];
  service.follow(document);
  service.follow(file);
  await settle();
  document.isDirty = true;
  const range = { start: { line: 0 }, end: { line: 0 } };
  const contentChanges = [{ range, rangeOffset: 0, rangeLength: 0, text: 'x' }];
  events.changed.fire({ document, contentChanges });
  await settle();
  expect(service.keyOf(file)).toBe(logKey(file));
  expect(asked.slice(1).sort()[0]).toBe('analyse faultline-file:file:///a.log');
});

it('keeps a log as long as one of several shows it', async () => {
  const { service, asked, settle } = setUp();
  const file = fileOf('/big.log');
  const [view, report] = [service.keep(logKey(file)), service.keep(logKey(file))];
  service.follow(file);
  await settle();
  view();
  view();
  expect(service.stateOf(file)?.kind).toBe('done');
  report();
  await settle();
  expect(service.stateOf(file)).toBeNull();
  expect(asked.at(-1)).toBe(`close ${logKey(file)}`);
});

it('reads a log again that the engine stopped on, and once it did so twice waits for the reader', async () => {
  const { service, asked, settle, die } = setUp();
  const file = fileOf('/a.log');
  const states: (string | undefined)[] = [];
  service.onDidChange((log) => states.push(service.stateOf(log)?.kind));
  die(1);
  service.follow(file);
  await settle();
  expect(states).toEqual(['working', 'failed', 'working', 'done']);
  die(2);
  service.again(file);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(service.stateOf(file)).toMatchObject({
    kind: 'failed',
    failure: { message: 'The analysis engine stopped.' },
  });
  service.again(file);
  await settle();
  expect(service.stateOf(file)?.kind).toBe('done');
  expect(asked).toHaveLength(5);
});
