import type { SegmentAnalyser } from '../engine/analysis/stream/segment.ts';
import type { Log } from '../engine/base/log.ts';
import type { Embedder, EmbedderStatus } from '../engine/embed/embedder.ts';
import { hashingEmbedder } from '../engine/embed/hashingEmbedder.ts';
import type { OpenEmbedder } from '../engine/embed/openEmbedder.ts';
import type { IncidentStore } from '../engine/incident/incident.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type {
  LogMarks,
  WorkerEvents,
  WorkerOptions,
  WorkerRequests,
} from '../protocol/workerApi.ts';
import { AnalysisRuns, type RunResult } from './analysisRuns.ts';
import { Answers } from './answers.ts';
import type { EditorModels } from './editorModels.ts';
import { incidentHandlers } from './incidentHandlers.ts';
import { Incidents } from './incidents.ts';
import { LazyEmbedder } from './lazyEmbedder.ts';
import { logMarks } from './logMarks.ts';
import { LogShelf } from './logShelf.ts';
import { ModelAnswers } from './modelAnswers.ts';
import { NormalTemplates } from './normalTemplates.ts';
import { ReaderFormats } from './readerFormats.ts';
import { ReceivedTexts } from './receivedTexts.ts';
import { timeHandlers } from './timeHandlers.ts';
import { StreamedLogs } from './streamedLogs.ts';
import { streamedMarks } from './streamedMarks.ts';
import { WorkspaceRules } from './workspaceRules.ts';
import { writtenReport } from './writtenReport.ts';

export interface EngineServerOptions {
  readonly options: WorkerOptions;
  readonly openEmbedder: () => Promise<OpenEmbedder>;
  readonly openIncidents: (embedder: () => Promise<Embedder>) => IncidentStore;
  /** Where segments of large logs are analysed. */
  readonly segments: SegmentAnalyser;
  /** Where the text of archives is kept while they are read. */
  readonly spoolDir: string;
  /** Bytes from which on a log is read in segments; the engine's bound when absent. */
  readonly largestWhole?: number;
  readonly editorModels: EditorModels;
  /** Random text that no log can know. */
  readonly nonce: string;
  readonly emit: <K extends keyof WorkerEvents>(event: K, payload: WorkerEvents[K]) => void;
  readonly log: Log;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** The present time, ISO 8601. */
  readonly today: () => string;
}

const switchedOff: EmbedderStatus = {
  id: hashingEmbedder.id,
  state: 'off',
  detail: 'Comparing by meaning is switched off in the settings.',
};

/** The engine behind the protocol: everything the worker does, without the thread around it. */
export function engineServer(server: EngineServerOptions): Handlers<WorkerRequests> {
  const { emit, log, now, today } = server;
  let { options } = server;
  let normal = new NormalTemplates(server.options.normalTemplates);
  const rules = new WorkspaceRules((problems) => {
    emit('ruleProblems', { problems });
  });
  const formats = new ReaderFormats((problems) => {
    emit('formatProblems', { problems });
  });
  // In a moment: what is wrong with them is told through a channel that is being made.
  queueMicrotask(() => {
    rules.use(options.rules);
    formats.use(options.formats);
  });
  const lazy = new LazyEmbedder(server.openEmbedder);
  const shelf = new LogShelf();
  const received = new ReceivedTexts();
  const streams = new StreamedLogs();
  const marksOf = (result: RunResult): LogMarks =>
    'streamed' in result
      ? streamedMarks(result, normal)
      : logMarks(result.analysis, result.lines, normal, result.final);
  const runs = new AnalysisRuns({
    shelf,
    received,
    streams,
    segments: server.segments,
    spoolDir: server.spoolDir,
    ...(server.largestWhole === undefined ? {} : { largestWhole: server.largestWhole }),
    deps: {
      get embedder() {
        return options.embeddings ? lazy : null;
      },
      get embedderStatus() {
        return options.embeddings ? lazy.status : switchedOff;
      },
      now,
    },
    onResult: (key, run, result) => {
      emit('marks', { log: key, run, marks: marksOf(result) });
    },
    onProgress: (key, run, progress) => {
      emit('progress', { log: key, run, progress });
    },
  });
  const incidents = new Incidents({
    open: server.openIncidents,
    ready: () => (options.embeddings ? lazy.ready() : Promise.resolve(hashingEmbedder)),
    options: () => options.incidents,
    log,
  });
  const answers = new Answers({
    shelf,
    streams,
    incidents,
    normal: () => normal,
    rules: () => rules.book,
    options: () => options,
    now,
    today,
  });
  const models = new ModelAnswers({
    answers,
    editorModels: server.editorModels,
    onText: (event) => {
      emit('modelText', event);
    },
    nonce: server.nonce,
  });
  return {
    configure: (chosen) => {
      options = chosen;
      normal = new NormalTemplates(chosen.normalTemplates);
      rules.use(chosen.rules);
      formats.use(chosen.formats);
      return null;
    },
    receive: ({ log: key, bytes, first }) => {
      received.add(key, bytes, first);
      return null;
    },
    analyse: async (params, signal) => marksOf(await runs.analyse(params, signal)),
    append: async (params, signal) => marksOf(await runs.append(params, signal)),
    marks: ({ log: key }) => marksOf(streams.result(key) ?? shelf.result(key)),
    hover: (params) => answers.hover(params),
    explain: (params, signal) => answers.explain(params, signal),
    payload: (params, signal) => models.payload(params, signal),
    askModel: (params, signal) => models.ask(params, signal),
    probeModel: (params, signal) => models.probe(params, signal),
    writeReport: (params) => ({ text: writtenReport(params) }),
    editorLine: (params) => answers.editorLine(params),
    templateAt: (params, signal) => answers.templateAt(params, signal),
    ...timeHandlers({ shelf, streams, normal: () => normal }),
    ...incidentHandlers(incidents, answers),
    close: ({ log: key }) => {
      runs.close(key);
      return null;
    },
  };
}
