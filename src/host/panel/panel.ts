import * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import type { Incident } from '../../engine/incident/incident.ts';
import { explanationMarkdown } from '../../engine/present/explanationMarkdown.ts';
import type {
  PanelHostSide,
  PanelRequests,
  PanelState,
  PanelSubject,
  SavedIncident,
} from '../../protocol/panelApi.ts';
import { RpcError, RpcPeer, toFailure } from '../../protocol/rpc.ts';
import type { Handlers, SilentSide } from '../../protocol/rpc.ts';
import { DisposableStore } from '../disposables.ts';
import type { ExplainService } from '../explainService.ts';
import { openLine } from './openLine.ts';
import { reportOf, reportState, restoredState, withFollowUp, withReport } from './panelState.ts';

export interface RootCausePanelOptions {
  readonly panel: vscode.WebviewPanel;
  readonly explain: ExplainService;
  readonly log: Log;
  /** Null for a panel that a reload brings back: its page knows what it showed. */
  readonly subject: PanelSubject | null;
  readonly onClosed: (panel: RootCausePanel) => void;
}

/** One root-cause panel: owns what it shows, and answers what is done in it. */
export class RootCausePanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #explain: ExplainService;
  readonly #onClosed: (panel: RootCausePanel) => void;
  readonly #peer: RpcPeer<PanelHostSide, SilentSide>;
  readonly #disposables = new DisposableStore();
  #state: PanelState;
  #running = new AbortController();
  #lastFollowUp = 0;
  /** True until the page has brought back what a reload left. */
  #reviving: boolean;

  constructor({ panel, explain, log, subject, onClosed }: RootCausePanelOptions) {
    this.#panel = panel;
    this.#explain = explain;
    this.#onClosed = onClosed;
    this.#reviving = subject === null;
    this.#state = working(subject ?? { logs: [], line: null });
    this.#peer = new RpcPeer<PanelHostSide, SilentSide>({
      post: (message) => void panel.webview.postMessage(message),
      requests: this.#handlers(),
      events: {},
      onProblem: (message, cause) => {
        log.error(message, cause);
      },
    });
    this.#disposables.add(
      panel.webview.onDidReceiveMessage((message) => {
        this.#peer.receive(message);
      }),
    );
    this.#disposables.add(
      panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    this.#disposables.add(
      explain.onDidChangeText((uri) => {
        if (reportOf(this.#state)?.stale === false && this.#isAbout(uri)) {
          this.#show(withReport(this.#state, { stale: true }));
        }
      }),
    );
  }

  get subject(): PanelSubject {
    return this.#state.subject;
  }

  /** Brings the panel to the front and asks again. */
  ask(subject: PanelSubject): void {
    this.#panel.reveal(undefined, true);
    void this.#run(subject);
  }

  dispose(): void {
    this.#running.abort();
    this.#peer.close({
      reason: 'disconnected',
      message: 'The panel was closed.',
      advice: 'Run "Faultline: Explain Root Cause" again.',
    });
    this.#disposables.dispose();
    this.#onClosed(this);
  }

  async #run(subject: PanelSubject): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    this.#panel.title = `Root cause: ${subject.logs.map(({ name }) => name).join(', ')}`;
    this.#show(working(subject));
    try {
      const result = await this.#explain.explain(subject, null, signal, (activity, share) => {
        if (!signal.aborted) this.#show({ kind: 'working', subject, activity, share });
      });
      if (signal.aborted) return;
      this.#show(reportState(subject, result, new Date().toISOString()));
    } catch (error) {
      if (!signal.aborted) this.#show({ kind: 'error', subject, failure: toFailure(error) });
    }
  }

  #show(state: PanelState): void {
    this.#state = state;
    this.#peer.emit('state', state);
  }

  /** After a reload: whether the logs were written to while nobody watched. */
  async #compareWithFiles(): Promise<void> {
    const report = reportOf(this.#state);
    if (report === null) return;
    const written = Date.parse(report.writtenAt);
    const changed = await Promise.all(
      this.#state.subject.logs.map(({ uri }) => this.#explain.changedSince(uri, written)),
    );
    if (changed.includes(true)) this.#show(withReport(this.#state, { stale: true }));
  }

  #isAbout(uri: string): boolean {
    return this.#state.subject.logs.some((log) => log.uri === uri);
  }

  #handlers(): Handlers<PanelRequests> {
    return {
      ready: ({ kept }) => {
        if (this.#reviving) {
          this.#reviving = false;
          this.#state = restoredState(kept) ?? lost(this.#state.subject);
          void this.#compareWithFiles();
        }
        return this.#state;
      },
      openEvidence: async ({ path, line, endLine }) => {
        const log = this.#state.subject.logs.find((known) => known.path === path);
        if (log === undefined) {
          throw new RpcError({
            reason: 'invalid-argument',
            message: `${path} is not a log of this report.`,
            advice: 'Run "Faultline: Explain Root Cause" again.',
          });
        }
        const document = await this.#explain.open(log.uri);
        const [from, to] = await this.#explain.editorLines(document, [line, endLine]);
        await openLine(document, from, to, this.#panel.viewColumn);
        return null;
      },
      saveIncident: async (text) => {
        const incident = await this.#explain.save(this.#state.subject, text);
        this.#show(withReport(this.#state, { saved: savedAs(incident) }));
        return null;
      },
      confirmIncident: async ({ id, status, ...text }) => {
        const incident = await this.#explain.judge(id, status, text);
        const report = reportOf(this.#state);
        if (report === null) return null;
        this.#show(
          withReport(this.#state, {
            saved: report.saved?.id === id ? savedAs(incident) : report.saved,
            similar: report.similar.map((other) =>
              other.incident.id === id ? { ...other, incident } : other,
            ),
          }),
        );
        return null;
      },
      ask: ({ question }) => this.#followUp(question),
      copyMarkdown: async () => {
        await vscode.env.clipboard.writeText(this.#markdown());
        return null;
      },
      exportMarkdown: async () => {
        const document = await vscode.workspace.openTextDocument({
          language: 'markdown',
          content: this.#markdown(),
        });
        await vscode.window.showTextDocument(document);
        return null;
      },
      retry: () => {
        void this.#run(this.#state.subject);
        return null;
      },
      cancel: () => {
        this.#running.abort();
        if (this.#state.kind === 'working') {
          this.#show({
            kind: 'error',
            subject: this.#state.subject,
            failure: {
              reason: 'aborted',
              message: 'The analysis was cancelled.',
              advice: 'Run it again when needed.',
            },
          });
        }
        return null;
      },
    };
  }

  /** Answers in the state; the request itself returns at once, so that a reload finds the question. */
  #followUp(question: string): null {
    const id = Math.max(this.#lastFollowUp, ...this.#knownFollowUps()) + 1;
    this.#lastFollowUp = id;
    const { subject } = this.#state;
    const { signal } = this.#running;
    this.#show(withFollowUp(this.#state, { id, question, state: 'working' }));
    this.#explain
      .explain(subject, question, signal, () => undefined)
      .then(
        ({ explanation }) => {
          if (signal.aborted) return;
          this.#show(withFollowUp(this.#state, { id, question, state: 'answered', explanation }));
        },
        (error: unknown) => {
          if (signal.aborted) return;
          const failure = toFailure(error);
          this.#show(withFollowUp(this.#state, { id, question, state: 'failed', failure }));
        },
      );
    return null;
  }

  #knownFollowUps(): readonly number[] {
    return reportOf(this.#state)?.followUps.map(({ id }) => id) ?? [];
  }

  #markdown(): string {
    const report = reportOf(this.#state);
    if (report === null) {
      throw new RpcError({
        reason: 'invalid-argument',
        message: 'There is no report yet.',
        advice: 'Wait until it is written.',
      });
    }
    return explanationMarkdown(report.explanation);
  }
}

function working(subject: PanelSubject): PanelState {
  return { kind: 'working', subject, activity: 'reading the log', share: null };
}

function lost(subject: PanelSubject): PanelState {
  return {
    kind: 'error',
    subject,
    failure: {
      reason: 'not-found',
      message: 'The report of the last session could not be restored.',
      advice: 'Open the log and run "Faultline: Explain Root Cause" again.',
    },
  };
}

function savedAs({ id, status, title, rootCause, resolution }: Incident): SavedIncident {
  return { id, status, title, rootCause, resolution };
}
