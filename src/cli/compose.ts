import { availableParallelism, homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Analysis, StageProgress } from '../engine/analysis/analysis.ts';
import { analyseLog } from '../engine/analysis/analyseLog.ts';
import type { AnalysisDeps } from '../engine/analysis/options.ts';
import { readView } from '../engine/analysis/readView.ts';
import { scoreLogSessions } from '../engine/analysis/scoreLogSessions.ts';
import { EngineError } from '../engine/base/engineError.ts';
import { nullLog } from '../engine/base/log.ts';
import { readBaseline } from '../engine/detect/compare/baselineFile.ts';
import type { Finding } from '../engine/detect/finding.ts';
import type { SessionScore } from '../engine/detect/sessionScores.ts';
import type { EmbedderStatus } from '../engine/embed/embedder.ts';
import { hashingEmbedder } from '../engine/embed/hashingEmbedder.ts';
import { openEmbedder } from '../engine/embed/openEmbedder.ts';
import type { AnalysedLog } from '../engine/explain/analysedLog.ts';
import type { IncidentStore } from '../engine/incident/incident.ts';
import { openIncidentStore } from '../engine/incident/openIncidentStore.ts';
import { megabytes, shareWords } from '../engine/present/progressWords.ts';
import { type SessionsSummary, sessionsSummary } from '../engine/present/sessionsText.ts';
import { readLogFile } from '../engine/record/logFile.ts';
import type { LogText } from '../engine/record/logText.ts';
import type { ListedLog } from '../engine/source/adapters/listLogs.ts';
import { type PartLines, partLines } from '../engine/source/partLines.ts';
import { openLog, type OpenedLog } from '../worker/openLog.ts';
import { explainableLog, type LargeLog, withLargeLog } from './largeLogs.ts';
import type { Progress } from './terminal.ts';
import { inParts } from './partFindings.ts';
import { complain } from './terminal.ts';

/** What every command runs with. */
export interface RunOptions {
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A scanned file as the contract reports it. */
export interface ScannedFile {
  readonly path: string;
  readonly format: string;
  readonly lines: number;
  readonly bytes: number;
  readonly records: number;
  readonly templates: number;
  readonly sessions: SessionsSummary;
  /** What was given up for this log, in short sentences; mostly none. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** A scanned file and what was found in it. */
export interface Scanned {
  readonly file: ScannedFile;
  readonly findings: readonly Finding[];
}

/** The engine put together for the command line. */
export interface CliEngine {
  /** What is used for vectors, once something was scanned or analysed. */
  embedder(): EmbedderStatus;
  /** Logs that could not be read, and were told and left out, as others could. */
  unread(): readonly ListedLog[];
  /**
   * Where it is interrupted, what is known by then: of a large log that is what was read of it.
   * @throws EngineError as `openLog` where no log can be read; `aborted` where nothing is known
   */
  scan(logs: readonly ListedLog[], baseline: readonly string[]): Promise<readonly Scanned[]>;
  /**
   * Logs of any size, ready to be explained: of large ones what says most of what broke. Lines of a
   * rotated set are told by its files.
   * @param question what the reader asks; empty asks what broke
   * @throws EngineError as `openLog` where no log can be read, `aborted`; `too-large` for too many large
   * logs together
   */
  analyse(logs: readonly ListedLog[], question?: string): Promise<readonly AnalysedLog[]>;
  /** Records and patterns only. @throws EngineError as `readLogFile`, `aborted` */
  parse(files: readonly string[]): Promise<readonly AnalysedLog[]>;
  incidents(dir: string): IncidentStore;
  /** Gives back the memory of the model. */
  close(): Promise<void>;
}

const embeddingsOff: EmbedderStatus = {
  id: 'none',
  state: 'off',
  detail: 'Patterns are compared by their words.',
};

/** The model lies beside the folder of the bundle, in the package and in the repository alike. */
const modelsDir = fileURLToPath(new URL('../models', import.meta.url));

/** Where programs keep what they can make again (XDG Base Directory Specification). */
function cacheDir(): string {
  const set = process.env['XDG_CACHE_HOME'] ?? '';
  return join(set === '' ? join(homedir(), '.cache') : set, 'faultline', 'vectors');
}

/** Puts the engine together. The model is opened only when asked for; without it words are hashed. */
export async function openEngine({
  embeddings,
  signal,
  progress,
}: RunOptions & { readonly embeddings: boolean }): Promise<CliEngine> {
  const opened = embeddings
    ? await openEmbedder({
        modelsDir,
        cacheDir: cacheDir(),
        cores: availableParallelism(),
        log: nullLog,
      })
    : null;
  const status = opened?.status ?? embeddingsOff;
  if (status.state === 'fallback') complain(status.detail);
  const deps: AnalysisDeps = {
    embedder: opened?.embedder ?? null,
    embedderStatus: status,
    now: () => performance.now(),
  };
  const read = readerOf({ signal, progress });
  const unread: ListedLog[] = [];
  const eachReadable = async (
    logs: readonly ListedLog[],
    work: (log: ListedLog) => Promise<void>,
  ): Promise<void> => {
    const failures: EngineError[] = [];
    for (const log of logs) {
      try {
        await work(log);
      } catch (error) {
        if (!EngineError.is(error) || !isOfOneLog(error)) throw error;
        failures.push(error);
        unread.push(log);
      }
    }
    const [first] = failures;
    if (first !== undefined && failures.length === logs.length) throw first;
    progress.clear();
    for (const { message, advice } of failures) complain(`left out: ${message} ${advice}`);
  };
  const analyse = (log: LogText, baseline: readonly LogText[]): Promise<Analysis> =>
    analyseLog(log, deps, {
      signal,
      onProgress: (at) => {
        progress.show(progressText(log.path, at));
      },
      ...(baseline.length === 0 ? {} : { baseline }),
    });
  return {
    embedder: () => status,
    unread: () => unread,
    scan: async (logs, baseline) => {
      const good = await readGoodRuns(baseline, { signal, progress });
      const scanned: Scanned[] = [];
      try {
        await eachReadable(good.length > 0 ? logs.flatMap(eachPart) : logs, async (log) => {
          const { path, parts } = log;
          const start = performance.now();
          const rotated = parts.length > 1;
          const opened =
            good.length > 0
              ? ({ kind: 'whole', text: await read(path), parts: [] } as const)
              : await open(path, { signal, progress }, rotated);
          if (opened.kind === 'large') {
            const lines = rotated ? await partLines(opened.source, signal) : [];
            const large = await withLargeLog(opened.source, { signal, progress }, scannedLarge);
            scanned.push(asSet(large, lines));
            return;
          }
          const analysis = await analyse(opened.text, goodRunsOf(opened.text, good));
          const file = scannedFile(analysis, performance.now() - start);
          scanned.push(asSet({ file, findings: analysis.findings }, opened.parts));
        });
      } catch (error) {
        if (!EngineError.is(error, 'aborted') || scanned.length === 0) throw error;
      }
      return scanned;
    },
    analyse: async (logs, question = '') => {
      const run = { signal, progress };
      const analyses: AnalysedLog[] = [];
      let large = 0;
      await eachReadable(logs, async ({ path, parts }) => {
        const opened = await open(path, run, parts.length > 1);
        if (opened.kind === 'whole') {
          const { text } = opened;
          analyses.push(
            await analyse(opened.parts.length < 2 ? text : { ...text, parts: opened.parts }, []),
          );
          return;
        }
        large += 1;
        analyses.push(await explainableLog(opened.source, large, question, run));
      });
      return analyses;
    },
    parse: async (files) => {
      const run = { signal, progress };
      const logs = [];
      for (const log of await readGoodRuns(files, run)) logs.push(await parseText(log, run));
      return logs;
    },
    incidents: (dir) =>
      openIncidentStore({
        dir,
        embedder: opened?.embedder ?? hashingEmbedder,
        now: () => Date.now(),
        log: nullLog,
      }),
    close: async () => {
      await opened?.close();
    },
  };
}

/** Whether others can be read all the same. */
function isOfOneLog({ reason }: EngineError): boolean {
  return reason !== 'aborted' && reason !== 'too-large';
}

/** Good runs are compared file by file. */
function eachPart({ parts }: ListedLog): readonly ListedLog[] {
  return parts.map((path) => ({ path, parts: [path] }));
}

/** Says where the lines of a rotated set stand; `lines` is empty for a log in one file. */
function asSet({ file, findings }: Scanned, lines: readonly PartLines[]): Scanned {
  if (lines.length < 2) return { file, findings };
  const older = lines.slice(0, -1).map(({ path }) => basename(path));
  const notes = [...file.notes, `Read with its older parts: ${older.join(', ')}.`];
  return { file: { ...file, notes }, findings: inParts(findings, lines) };
}

function open(path: string, { signal, progress }: RunOptions, rotated = false): Promise<OpenedLog> {
  return openLog(path, {
    spoolDir: join(tmpdir(), 'faultline-spool'),
    rotated,
    signal,
    onProgress: (at) => {
      progress.show(progressText(path, at));
    },
  });
}

/**
 * Records and patterns of a log, without looking for findings.
 * @throws EngineError as `readLogFile`, `aborted`
 */
export async function parseLog(path: string, run: RunOptions): Promise<AnalysedLog> {
  return parseText(await readerOf(run)(path), run);
}

async function parseText(log: LogText, { signal, progress }: RunOptions): Promise<AnalysedLog> {
  const view = await readView(log, {
    signal,
    onProgress: (at) => {
      progress.show(progressText(log.path, at));
    },
  });
  return { view, findings: [], embedder: embeddingsOff };
}

/**
 * Scores of all sessions of a log, against a good run where one is given.
 * @throws EngineError as `readLogFile`, `aborted`
 */
export async function scoreFile(
  path: string,
  baseline: string | undefined,
  run: RunOptions,
): Promise<readonly SessionScore[]> {
  const read = readerOf(run);
  const log = await read(path);
  const good = baseline === undefined ? [] : await readGoodRuns([baseline], run);
  return scoreLogSessions(log, {
    signal: run.signal,
    onProgress: (at) => {
      run.progress.show(progressText(path, at));
    },
    ...(good.length === 0 ? {} : { baseline: good }),
  });
}

type Reader = (path: string) => Promise<LogText>;

function readerOf({ signal, progress }: RunOptions): Reader {
  return (path) =>
    readLogFile(path, {
      signal,
      onProgress: (share) => {
        progress.show(`${path}: reading ${shareWords(share)}`);
      },
    });
}

/**
 * The logs of good runs, those in baseline files among them.
 * @throws EngineError as `readLogFile` and `readBaseline`, `aborted`
 */
export async function readGoodRuns(
  paths: readonly string[],
  run: RunOptions,
): Promise<readonly LogText[]> {
  const read = readerOf(run);
  const runs = [];
  for (const path of paths) {
    const log = await read(path);
    runs.push(...(readBaseline(log) ?? [log]));
  }
  return runs;
}

/** Good runs of the same name where there are any, so that each log meets its own kind; else all. */
function goodRunsOf(log: LogText, good: readonly LogText[]): readonly LogText[] {
  const name = basename(log.path);
  const same = good.filter((run) => basename(run.path) === name);
  return same.length > 0 ? same : good;
}

function scannedFile({ view, notes }: Analysis, milliseconds: number): ScannedFile {
  const { log, records, templates } = view;
  return {
    path: log.path,
    format: records.format.name,
    lines: log.lineCount,
    bytes: log.bytes.length,
    records: records.count,
    templates: templates.templates.length,
    sessions: sessionsSummary(view.sessions),
    notes,
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}

/** What is known of a large log, interrupted or not. */
function scannedLarge({ known }: LargeLog): Scanned {
  const { path, format, lines, bytes, size, records, patterns, sessions, findings } = known;
  const rest = `Interrupted: ${megabytes(bytes)} of ${megabytes(size)} were read.`;
  return {
    findings,
    file: {
      path,
      format,
      lines,
      bytes,
      records,
      templates: patterns.size,
      sessions,
      notes: bytes < size ? [rest, ...known.notes] : known.notes,
      milliseconds: Math.round(known.milliseconds * 10) / 10,
    },
  };
}

function progressText(path: string, { stage, share }: StageProgress): string {
  return `${path}: ${stage} ${shareWords(share)}`;
}
