import * as vscode from 'vscode';
import type { Incident, IncidentStatus } from '../engine/incident/incident.ts';
import type { IncidentText, PanelSubject } from '../protocol/panelApi.ts';
import { RpcError } from '../protocol/rpc.ts';
import type { ExplainResult } from '../protocol/workerApi.ts';
import type { AnalysisService } from './analysisService.ts';
import { DisposableStore } from './disposables.ts';
import type { EngineClient } from './engineClient.ts';
import { logKey, nameOf } from './logDocuments.ts';
import { activityText } from './statusText.ts';

/** Longest wait in milliseconds for embeddings to refine findings that are there already. */
const refinementPatience = 3_000;

/** Asks the engine what broke, for panels and commands. */
export class ExplainService implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #analyses: AnalysisService;
  readonly #disposables = new DisposableStore();
  readonly #textChanged = this.#disposables.add(new vscode.EventEmitter<string>());

  /** Fires with the URI of a log whose text changed. */
  readonly onDidChangeText = this.#textChanged.event;

  constructor(engine: EngineClient, analyses: AnalysisService) {
    this.#engine = engine;
    this.#analyses = analyses;
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#textChanged.fire(document.uri.toString());
      }),
    );
  }

  /**
   * What broke in the logs of the subject; a `question` asks about them again. Waits for their
   * analysis and tells `onActivity` what is done meanwhile.
   * @throws RpcError
   */
  async explain(
    subject: PanelSubject,
    question: string | null,
    signal: AbortSignal,
    onActivity: (activity: string, share: number | null) => void,
  ): Promise<ExplainResult> {
    const documents = await Promise.all(subject.logs.map(({ uri }) => this.open(uri)));
    for (const document of documents) {
      await this.#analysed(document, signal, onActivity);
    }
    onActivity('weighing the evidence', null);
    return this.#analyses.recovering(documents, signal, () =>
      this.#engine.request(
        'explain',
        { logs: documents.map(logKey), line: toLine(subject), question },
        signal,
      ),
    );
  }

  /** Remembers what was found as an incident of this workspace. @throws RpcError */
  async save(subject: PanelSubject, text: IncidentText): Promise<Incident> {
    const documents = await Promise.all(subject.logs.map(({ uri }) => this.open(uri)));
    return this.#analyses.recovering(documents, undefined, () =>
      this.#engine.request('saveIncident', {
        logs: documents.map(logKey),
        line: toLine(subject),
        text,
      }),
    );
  }

  /** Says whether a remembered incident was what happened. @throws RpcError */
  judge(id: string, status: IncidentStatus, text: IncidentText): Promise<Incident> {
    return this.#engine.request('judgeIncident', { id, status, text });
  }

  /** The document of a log, opened without showing it. @throws RpcError `not-found` */
  async open(uri: string): Promise<vscode.TextDocument> {
    const known = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (known !== undefined) return known;
    try {
      return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    } catch (error) {
      throw new RpcError({
        reason: 'unreadable',
        message: error instanceof Error ? error.message : String(error),
        advice: 'Open the log again; it may have been moved or closed unsaved.',
      });
    }
  }

  /** Whether a log was written to after a time (milliseconds since the epoch), or is gone. */
  async changedSince(uri: string, time: number): Promise<boolean> {
    const address = vscode.Uri.parse(uri, true);
    if (address.scheme === 'untitled') return false;
    try {
      return (await vscode.workspace.fs.stat(address)).mtime > time;
    } catch {
      return true;
    }
  }

  /** 0-based editor lines of 1-based engine lines; as they are where the engine cannot tell. */
  async editorLines(
    document: vscode.TextDocument,
    [from, to]: readonly [number, number],
  ): Promise<readonly [number, number]> {
    try {
      return [
        await this.#analyses.ask(document, 'editorLine', { line: from }),
        await this.#analyses.ask(document, 'editorLine', { line: to }),
      ];
    } catch {
      // The two counts differ only in logs with a lone `\r`; an approximate jump beats none.
      return [from - 1, to - 1];
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #analysed(
    document: vscode.TextDocument,
    signal: AbortSignal,
    onActivity: (activity: string, share: number | null) => void,
  ): Promise<void> {
    const name = nameOf(document.uri);
    const state = this.#analyses.stateOf(document);
    if (state === null || state.kind === 'cancelled' || state.kind === 'failed') {
      this.#analyses.again(document);
    }
    const listener = this.#analyses.onDidChange((changed) => {
      const now = changed === document ? this.#analyses.stateOf(document) : null;
      if (now?.kind !== 'working' || now.progress === null) return;
      onActivity(`${name}: ${activityText(now.progress)}`, now.progress.share);
    });
    try {
      const settled = await this.#analyses.settled(document, signal, refinementPatience);
      if (settled?.kind === 'failed') throw new RpcError(settled.failure);
    } finally {
      listener.dispose();
    }
  }
}

function toLine({ line }: PanelSubject): number | null {
  return line === null ? null : line - 1;
}
