import * as vscode from 'vscode';
import type { ExplainMode } from '../engine/explain/explanation.ts';
import type { Grade, Incident, IncidentStatus } from '../engine/incident/incident.ts';
import type { Payload, Turn } from '../engine/llm/exchange.ts';
import type { ModelChoice } from '../engine/llm/modelChoice.ts';
import type { IncidentText, PanelReport, PanelSubject } from '../protocol/panelApi.ts';
import { RpcError } from '../protocol/rpc.ts';
import type {
  ExplainResult,
  ModelResult,
  Question,
  WorkerEvents,
  WorkerRequests,
} from '../protocol/workerApi.ts';
import type { AnalysisService } from './analysisService.ts';
import { DisposableStore } from './disposables.ts';
import type { EngineClient } from './engineClient.ts';
import { documentLimitBytes, isPacked, nameOf } from './logDocuments.ts';
import { isFileLog, logKey, parseLogKey } from './openLog.ts';
import type { OpenLog } from './openLog.ts';
import { activityText } from './statusText.ts';
import { fileLogAt } from './viewer/rotatedLog.ts';

/** Longest wait in milliseconds for embeddings to refine findings that are there already. */
const refinementPatience = 3_000;

/** What is asked about the logs of a subject. */
export interface Inquiry {
  readonly subject: PanelSubject;
  /** Null asks what broke. */
  readonly question: string | null;
  readonly mode: ExplainMode;
  /** Earlier questions about the same report, oldest first. */
  readonly history: readonly Turn[];
}

/** Told what is done meanwhile; `share` is 0..1 of it, null where it cannot be told. */
export type OnActivity = (activity: string, share: number | null) => void;

/** Asks the engine what broke, for panels and commands. */
export class ExplainService implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #analyses: AnalysisService;
  readonly #disposables = new DisposableStore();
  readonly #textChanged = this.#disposables.add(new vscode.EventEmitter<string>());
  /** Who reads along with a model that writes, by run. */
  readonly #readers = new Map<number, (piece: string) => void>();
  #lastRun = 0;

  /** Fires with the key of a log whose text changed. */
  readonly onDidChangeText = this.#textChanged.event;

  constructor(engine: EngineClient, analyses: AnalysisService) {
    this.#engine = engine;
    this.#analyses = analyses;
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#textChanged.fire(logKey(document));
      }),
    );
    this.#disposables.add(
      analyses.onDidChange((log) => {
        if (isFileLog(log) && analyses.stateOf(log)?.kind === 'waiting') {
          this.#textChanged.fire(logKey(log));
        }
      }),
    );
  }

  /**
   * What broke in the logs, or the answer to a question about them, without a language model. Waits
   * for their analysis and tells `onActivity` what is done meanwhile.
   * @throws RpcError
   */
  async explain(
    inquiry: Inquiry,
    signal: AbortSignal,
    onActivity: OnActivity,
  ): Promise<ExplainResult> {
    return this.#about(inquiry, signal, onActivity, (question) =>
      this.#engine.request('explain', question, signal),
    );
  }

  /** Exactly what a model would be sent now. Sends nothing. @throws RpcError */
  async payload(inquiry: Inquiry, model: ModelChoice, signal: AbortSignal): Promise<Payload> {
    return this.#about(inquiry, signal, ignored, (question) =>
      this.#engine.request('payload', { question, model }, signal),
    );
  }

  /**
   * Lets a model answer; `onText` is told each piece as it arrives.
   * @param approved digest of the payload that the reader agreed to, null where the provider is approved
   * @throws RpcError `llm-not-approved` where something else would be sent by now
   */
  async askModel(
    inquiry: Inquiry,
    model: ModelChoice,
    approved: string | null,
    signal: AbortSignal,
    onText: (piece: string) => void,
  ): Promise<ModelResult> {
    const run = ++this.#lastRun;
    this.#readers.set(run, onText);
    try {
      return await this.#about(inquiry, signal, ignored, (question) =>
        this.#engine.request('askModel', { run, question, model, approved }, signal),
      );
    } finally {
      this.#readers.delete(run);
    }
  }

  /** Names of the models that an endpoint offers. @throws RpcError `llm-…` */
  async modelsOf(model: ModelChoice, signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#engine.request('probeModel', { model }, signal)).models;
  }

  /** From the engine: the next piece of what a model writes. */
  modelText({ run, piece }: WorkerEvents['modelText']): void {
    this.#readers.get(run)?.(piece);
  }

  /** A report as a text: to export, or for an issue. @throws RpcError */
  async written(
    { explanation, writtenAt }: Pick<PanelReport, 'explanation' | 'writtenAt'>,
    form: WorkerRequests['writeReport']['params']['form'],
  ): Promise<string> {
    const written = await this.#engine.request('writeReport', { explanation, form, writtenAt });
    return written.text;
  }

  /** Remembers what was found as an incident of this workspace. @throws RpcError */
  async save(subject: PanelSubject, text: IncidentText): Promise<Incident> {
    const logs = await this.#open(subject);
    return this.#analyses.recovering(logs, undefined, () =>
      this.#engine.request('saveIncident', {
        logs: logs.map((log) => this.#analyses.keyOf(log)),
        line: toLine(subject),
        text,
      }),
    );
  }

  /** Says whether a remembered incident was what happened. @throws RpcError */
  judge(id: string, status: IncidentStatus, text: IncidentText): Promise<Incident> {
    return this.#engine.request('judgeIncident', { id, status, text });
  }

  /** Keeps what the reader thinks of a report; `incident` is what it was saved as. @throws RpcError */
  async grade(subject: PanelSubject, incident: string | null, grade: Grade): Promise<Incident> {
    const logs = await this.#open(subject);
    return this.#analyses.recovering(logs, undefined, () =>
      this.#engine.request('gradeReport', {
        logs: logs.map((log) => this.#analyses.keyOf(log)),
        line: toLine(subject),
        incident,
        grade,
      }),
    );
  }

  /**
   * The log with a key, opened without showing it. One that the editor hands to no extension, as it is
   * too large or an archive, is read by its path.
   * @throws RpcError `unreadable`
   */
  async open(key: string): Promise<OpenLog> {
    const known = [...vscode.workspace.textDocuments, ...this.#analyses.logs()];
    const open = known.find((log) => logKey(log) === key);
    if (open !== undefined) return open;
    const { uri, byPath } = parseLogKey(key);
    try {
      const size = uri.scheme === 'file' ? (await vscode.workspace.fs.stat(uri)).size : 0;
      if (size > documentLimitBytes || byPath || isPacked(uri)) return fileLogAt(uri);
      return await vscode.workspace.openTextDocument(uri);
    } catch (error) {
      throw new RpcError({
        reason: 'unreadable',
        message: error instanceof Error ? error.message : String(error),
        advice: 'Open the log again; it may have been moved or closed unsaved.',
      });
    }
  }

  /** Has a log that is read by its path known for as long as a report is about it. @returns what lets go of it */
  keep(key: string): () => void {
    return this.#analyses.keep(key);
  }

  /** Whether a log was written to after a time (milliseconds since the epoch), or is gone. */
  async changedSince(key: string, time: number): Promise<boolean> {
    const { uri } = parseLogKey(key);
    if (uri.scheme === 'untitled') return false;
    const { path, rotated } = fileLogAt(uri);
    const file = rotated === true ? vscode.Uri.file(path) : uri;
    try {
      return (await vscode.workspace.fs.stat(file)).mtime > time;
    } catch {
      return true;
    }
  }

  /** 0-based lines of the log as it is shown, of 1-based engine lines; as they are where the engine cannot tell. */
  async editorLines(
    log: OpenLog,
    [from, to]: readonly [number, number],
  ): Promise<readonly [number, number]> {
    try {
      return [
        await this.#analyses.ask(log, 'editorLine', { line: from }),
        await this.#analyses.ask(log, 'editorLine', { line: to }),
      ];
    } catch {
      // The two counts differ only in logs with a lone `\r`; an approximate jump beats none.
      return [from - 1, to - 1];
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #open({ logs }: PanelSubject): Promise<OpenLog[]> {
    return Promise.all(logs.map(({ uri }) => this.open(uri)));
  }

  /** Puts a question to the engine once the logs are read as far as its mode needs. */
  async #about<T>(
    { subject, question, mode, history }: Inquiry,
    signal: AbortSignal,
    onActivity: OnActivity,
    ask: (question: Question) => Promise<T>,
  ): Promise<T> {
    const logs = await this.#open(subject);
    const patience = mode === 'fast' ? 0 : refinementPatience;
    for (const log of logs) {
      await this.#analysed(log, patience, signal, onActivity);
    }
    onActivity('weighing the evidence', null);
    return this.#analyses.recovering(logs, signal, () =>
      ask({
        logs: logs.map((log) => this.#analyses.keyOf(log)),
        line: toLine(subject),
        question,
        mode,
        history,
      }),
    );
  }

  async #analysed(
    log: OpenLog,
    patience: number,
    signal: AbortSignal,
    onActivity: OnActivity,
  ): Promise<void> {
    const name = nameOf(log.uri);
    const state = this.#analyses.stateOf(log);
    if (state === null || state.kind === 'cancelled' || state.kind === 'failed') {
      this.#analyses.again(log);
    }
    const listener = this.#analyses.onDidChange((changed) => {
      const now = logKey(changed) === logKey(log) ? this.#analyses.stateOf(log) : null;
      if (now?.kind !== 'working' || now.progress === null) return;
      onActivity(`${name}: ${activityText(now.progress)}`, now.progress.share);
    });
    try {
      const settled = await this.#analyses.settled(log, signal, patience);
      if (settled?.kind === 'failed') throw new RpcError(settled.failure);
    } finally {
      listener.dispose();
    }
  }
}

const ignored: OnActivity = () => undefined;

function toLine({ line }: PanelSubject): number | null {
  return line === null ? null : line - 1;
}
