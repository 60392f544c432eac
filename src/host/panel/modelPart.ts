import { throwIfAborted } from '../../engine/base/abort.ts';
import type { Payload } from '../../engine/llm/exchange.ts';
import type { ModelChoice } from '../../engine/llm/modelChoice.ts';
import type { ModelState } from '../../protocol/panelApi.ts';
import { RpcError, toFailure } from '../../protocol/rpc.ts';
import type { ModelResult } from '../../protocol/workerApi.ts';
import type { ExplainService, Inquiry } from '../explainService.ts';
import type { LanguageModels } from '../model/languageModels.ts';
import type { Permission, PermissionToSend } from '../model/permission.ts';
import type { PanelShell } from './panelShell.ts';
import { shownReport } from './panelShell.ts';
import { reportOf, withModel, withReceiver, withReport } from './panelState.ts';
import { paced } from './paced.ts';

export interface ModelPartServices {
  readonly explain: ExplainService;
  readonly models: LanguageModels;
  readonly permission: PermissionToSend;
}

/**
 * The language model beside a report: it writes after the offline report is there, only once the
 * reader has agreed, and replaces it only with an answer that survived the checks.
 */
export class ModelPart {
  readonly #shell: PanelShell;
  readonly #services: ModelPartServices;
  #running = new AbortController();
  /** What was sent for the shown report; null where nothing was. */
  #sent: Payload | null = null;
  /** The reader said no in this panel: follow-ups do not ask again. */
  #declined = false;

  constructor(shell: PanelShell, services: ModelPartServices) {
    this.#shell = shell;
    this.#services = services;
  }

  /** Forgets the report before; what still writes for it is stopped. */
  reset(): void {
    this.#running.abort();
    this.#sent = null;
    this.#declined = false;
  }

  /** After an offline report: writes where the reader agreed before, else offers to. */
  async begin(inquiry: Inquiry): Promise<void> {
    await this.#write(inquiry, false);
  }

  /** The reader wants the model's answer: shows what would be sent, asks, and lets it write. */
  async ask(inquiry: Inquiry): Promise<void> {
    this.#declined = false;
    await this.#write(inquiry, true);
  }

  /** Stops a model that writes; the offline report stays. */
  stop(): void {
    const model = reportOf(this.#shell.state)?.model;
    this.#running.abort();
    if (model?.state !== 'writing') return;
    this.#show({
      state: 'unavailable',
      provider: model.provider,
      message: 'It was stopped.',
      advice: 'Ask again when needed.',
    });
  }

  /** Shows what was sent for the report, or what would be. */
  async showPayload(inquiry: Inquiry): Promise<void> {
    const { models, permission, explain } = this.#services;
    if (this.#sent !== null) {
      await permission.show(this.#sent, true);
      return;
    }
    const model = await models.chosen();
    if (model === null) throw noModel();
    const payload = await explain.payload(inquiry, model, new AbortController().signal);
    await permission.show(payload, false);
  }

  /**
   * The model's answer to a follow-up; null where no model is chosen or the reader does not want to
   * send. `onText` is told all of the text so far.
   */
  async answer(
    inquiry: Inquiry,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<ModelResult | null> {
    const { models, permission, explain } = this.#services;
    const model = this.#declined ? null : await models.chosen();
    if (model === null) return null;
    const payload = await explain.payload(inquiry, model, signal);
    const allowed = await permission.ask(payload);
    this.#declined = allowed === null;
    if (allowed === null) return null;
    this.#shell.show(withReceiver(this.#shell.state, payload.provider));
    return this.#send(inquiry, model, allowed, signal, onText);
  }

  async #write(inquiry: Inquiry, asked: boolean): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const { models, permission, explain } = this.#services;
    let provider = models.label;
    try {
      const model = await models.chosen();
      if (model === null) {
        if (asked) throw noModel();
        return;
      }
      const payload = await explain.payload(inquiry, model, signal);
      throwIfAborted(signal);
      provider = payload.provider;
      const quiet = shownReport(this.#shell).explanation.verdict === 'no_incident';
      if (!asked && quiet) return;
      if (!asked && !permission.has(payload)) {
        this.#show({ state: 'consent', provider });
        return;
      }
      const allowed = await permission.ask(payload);
      throwIfAborted(signal);
      if (allowed === null) {
        this.#declined = true;
        this.#show({ state: 'consent', provider });
        return;
      }
      this.#sent = payload;
      this.#shell.show(withReceiver(this.#shell.state, provider));
      this.#show({ state: 'writing', provider, text: '' });
      const result = await this.#send(inquiry, model, allowed, signal, (text) => {
        if (!signal.aborted) this.#show({ state: 'writing', provider, text });
      });
      throwIfAborted(signal);
      this.#finish(provider, result);
    } catch (error) {
      if (signal.aborted) return;
      const { message, advice } = toFailure(error);
      this.#show({ state: 'unavailable', provider, message, advice });
    }
  }

  #finish(provider: string, { explanation, offline, similar, failure }: ModelResult): void {
    const { state } = this.#shell;
    if (failure !== null) {
      const { kind, message, advice } = failure;
      // The offline report once more, with a notice and a receipt of what was sent.
      const model: ModelState = { state: kind, provider, message, advice };
      this.#shell.show(withReport(state, { explanation, model }));
      return;
    }
    this.#shell.show(
      withReport(state, {
        explanation,
        offline,
        similar,
        writtenBy: explanation.source,
        model: { state: 'answered', provider },
      }),
    );
  }

  /** Pieces arrive by the token; the page is told at a pace that a reader can follow. */
  async #send(
    inquiry: Inquiry,
    model: ModelChoice,
    { digest }: Permission,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<ModelResult> {
    let text = '';
    const pace = paced(() => {
      onText(text);
    });
    try {
      return await this.#services.explain.askModel(inquiry, model, digest, signal, (piece) => {
        text += piece;
        pace.tell();
      });
    } finally {
      pace.end();
    }
  }

  #show(model: ModelState): void {
    this.#shell.show(withModel(this.#shell.state, model));
  }
}

function noModel(): RpcError {
  return new RpcError({
    reason: 'invalid-argument',
    message: 'No language model is chosen.',
    advice: 'Run "Faultline: Choose Language Model".',
  });
}
