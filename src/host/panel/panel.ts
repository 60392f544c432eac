import type * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import type { PanelHostSide, PanelState, PanelSubject } from '../../protocol/panelApi.ts';
import { RpcPeer, toFailure } from '../../protocol/rpc.ts';
import type { SilentSide } from '../../protocol/rpc.ts';
import { DisposableStore } from '../disposables.ts';
import type { Inquiry } from '../explainService.ts';
import { parseLogKey } from '../openLog.ts';
import { FollowUps } from './followUps.ts';
import { ModelPart } from './modelPart.ts';
import { panelHandlers } from './panelHandlers.ts';
import type { PanelServices } from './panelServices.ts';
import type { PanelShell } from './panelShell.ts';
import { reportOf, reportState, restoredState, withReport, workingState } from './panelState.ts';

export interface RootCausePanelOptions {
  readonly panel: vscode.WebviewPanel;
  readonly services: PanelServices;
  readonly log: Log;
  /** Null for a panel that a reload brings back: its page knows what it showed. */
  readonly subject: PanelSubject | null;
  readonly onClosed: (panel: RootCausePanel) => void;
}

/** One root-cause panel: owns what it shows, and asks for it. */
export class RootCausePanel implements vscode.Disposable, PanelShell {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #onClosed: (panel: RootCausePanel) => void;
  readonly #peer: RpcPeer<PanelHostSide, SilentSide>;
  readonly #disposables = new DisposableStore();
  readonly #model: ModelPart;
  readonly #followUps: FollowUps;
  #state: PanelState;
  #running = new AbortController();
  /** What lets go of the logs of the report. */
  #letGo: readonly (() => void)[] = [];
  /** True until the page has brought back what a reload left. */
  #reviving: boolean;

  constructor({ panel, services, log, subject, onClosed }: RootCausePanelOptions) {
    this.#panel = panel;
    this.#services = services;
    this.#onClosed = onClosed;
    this.#reviving = subject === null;
    this.#state = workingState(subject ?? { logs: [], line: null }, this.#choices());
    this.#model = new ModelPart(this, services);
    this.#followUps = new FollowUps(this, services.explain, this.#model);
    this.#peer = new RpcPeer<PanelHostSide, SilentSide>({
      post: (message) => void panel.webview.postMessage(message),
      requests: {
        ...panelHandlers(this, services, () => panel.viewColumn),
        ready: ({ kept }) => this.#ready(kept),
        ask: ({ question }) => {
          this.#followUps.ask(question);
          return null;
        },
        cancelAsk: () => {
          this.#followUps.cancel();
          return null;
        },
        setMode: async ({ mode }) => {
          await services.settings.set('explain.mode', mode);
          void this.#run(this.#state.subject, mode);
          return null;
        },
        askModel: () => {
          void this.#model.ask(this.#inquiry());
          return null;
        },
        stopModel: () => {
          this.#model.stop();
          return null;
        },
        showPayload: async () => {
          await this.#model.showPayload(this.#inquiry());
          return null;
        },
        retry: () => {
          void this.#run(this.#state.subject);
          return null;
        },
        cancel: () => {
          this.#cancel();
          return null;
        },
      },
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
      services.explain.onDidChangeText((uri) => {
        if (reportOf(this.#state)?.stale === false && this.#isAbout(uri)) {
          this.show(withReport(this.#state, { stale: true }));
        }
      }),
    );
    this.#disposables.add(
      services.models.onDidChange(() => {
        this.#otherModel();
      }),
    );
  }

  get state(): PanelState {
    return this.#state;
  }

  get subject(): PanelSubject {
    return this.#state.subject;
  }

  show(state: PanelState): void {
    this.#state = state;
    this.#peer.emit('state', state);
  }

  /** Brings the panel to the front and asks again; a `question` is asked once the report is there. */
  async ask(subject: PanelSubject, question: string | null): Promise<void> {
    this.#panel.reveal(undefined, true);
    await this.#run(subject);
    if (question !== null && reportOf(this.#state) !== null) this.#followUps.ask(question);
  }

  dispose(): void {
    this.#running.abort();
    this.#model.reset();
    this.#followUps.reset();
    this.#peer.close({
      reason: 'disconnected',
      message: 'The panel was closed.',
      advice: 'Run "Faultline: Explain Root Cause" again.',
    });
    this.#disposables.dispose();
    this.#keep([]);
    this.#onClosed(this);
  }

  async #run(
    subject: PanelSubject,
    mode = this.#services.settings.current['explain.mode'],
  ): Promise<void> {
    this.#running.abort();
    this.#model.reset();
    this.#followUps.reset();
    const { signal } = (this.#running = new AbortController());
    const choices = { ...this.#choices(), mode };
    this.#panel.title = titleOf(subject);
    this.#keep(subject.logs);
    this.show(workingState(subject, choices));
    try {
      const inquiry = inquiryOf(subject, choices.mode);
      const result = await this.#services.explain.explain(inquiry, signal, (activity, share) => {
        if (!signal.aborted) this.show({ kind: 'working', subject, choices, activity, share });
      });
      if (signal.aborted) return;
      this.show(reportState(subject, choices, result, new Date().toISOString()));
      void this.#model.begin(inquiry);
    } catch (error) {
      if (!signal.aborted) {
        this.show({ kind: 'error', subject, choices, failure: toFailure(error) });
      }
    }
  }

  /** Logs that are read by their path are forgotten when no view and no report is about them. */
  #keep(logs: PanelSubject['logs']): void {
    const before = this.#letGo;
    const byPath = logs.filter(({ uri }) => parseLogKey(uri).byPath);
    this.#letGo = byPath.map(({ uri }) => this.#services.explain.keep(uri));
    for (const letGo of before) letGo();
  }

  #ready(kept: PanelState | null): PanelState {
    if (this.#reviving) {
      this.#reviving = false;
      this.#state = this.#upToDate(restoredState(kept) ?? this.#lost());
      this.#keep(this.#state.subject.logs);
      void this.#compareWithFiles();
    }
    return this.#state;
  }

  /** A model may have been chosen, or given up, since the page was kept. */
  #upToDate(state: PanelState): PanelState {
    const { label } = this.#services.models;
    const now = { ...state, choices: { ...state.choices, model: label } };
    const waits = reportOf(now)?.model.state === 'consent';
    return waits && label === 'offline' ? withReport(now, { model: { state: 'off' } }) : now;
  }

  #cancel(): void {
    this.#running.abort();
    const { kind, subject, choices } = this.#state;
    if (kind !== 'working') return;
    const failure = {
      reason: 'aborted',
      message: 'The analysis was cancelled.',
      advice: 'Run it again when needed.',
    } as const;
    this.show({ kind: 'error', subject, choices, failure });
  }

  /** Another model was chosen: what the old one wrote stays, the new one is offered. */
  #otherModel(): void {
    const choices = { ...this.#state.choices, model: this.#services.models.label };
    this.show({ ...this.#state, choices });
    if (reportOf(this.#state)?.model.state === 'answered') return;
    this.#model.stop();
    if (choices.model === 'offline')
      this.show(withReport(this.#state, { model: { state: 'off' } }));
    else void this.#model.begin(this.#inquiry());
  }

  /** After a reload: whether the logs were written to while nobody watched. */
  async #compareWithFiles(): Promise<void> {
    const report = reportOf(this.#state);
    if (report === null) return;
    const written = Date.parse(report.writtenAt);
    const { explain } = this.#services;
    const changed = await Promise.all(
      this.#state.subject.logs.map(({ uri }) => explain.changedSince(uri, written)),
    );
    if (changed.includes(true)) this.show(withReport(this.#state, { stale: true }));
  }

  #isAbout(uri: string): boolean {
    return this.#state.subject.logs.some((log) => log.uri === uri);
  }

  #inquiry(): Inquiry {
    return inquiryOf(this.#state.subject, this.#state.choices.mode);
  }

  #choices(): PanelState['choices'] {
    const { settings, models } = this.#services;
    return { mode: settings.current['explain.mode'], model: models.label };
  }

  #lost(): PanelState {
    const { subject, choices } = this.#state;
    const failure = {
      reason: 'not-found',
      message: 'The report of the last session could not be restored.',
      advice: 'Open the log and run "Faultline: Explain Root Cause" again.',
    } as const;
    return { kind: 'error', subject, choices, failure };
  }
}

function inquiryOf(subject: PanelSubject, mode: Inquiry['mode']): Inquiry {
  return { subject, question: null, mode, history: [] };
}

/** Names of the first logs: a folder may have many. */
function titleOf({ logs }: PanelSubject): string {
  const names = logs.slice(0, 3).map(({ name }) => name);
  const more = logs.length - names.length;
  return `Root cause: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
