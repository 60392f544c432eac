import { EngineError } from '../engine/base/engineError.ts';
import type { Explanation } from '../engine/explain/explanation.ts';
import { explainWithModel, payloadFor } from '../engine/llm/askModel.ts';
import { resolveEndpoint } from '../engine/llm/endpoint.ts';
import { EndpointMemory } from '../engine/llm/endpointMemory.ts';
import type { Payload } from '../engine/llm/exchange.ts';
import type { LanguageModel } from '../engine/llm/languageModel.ts';
import type { ModelChoice } from '../engine/llm/modelChoice.ts';
import { listModels, openaiModel } from '../engine/llm/openaiModel.ts';
import type { PromptInput } from '../engine/llm/prompt.ts';
import type {
  ModelFailure,
  ModelResult,
  Question,
  WorkerEvents,
  WorkerRequests,
} from '../protocol/workerApi.ts';
import type { Answers, Report } from './answers.ts';
import type { EditorModels } from './editorModels.ts';

export interface ModelAnswersOptions {
  readonly answers: Answers;
  readonly editorModels: EditorModels;
  readonly onText: (event: WorkerEvents['modelText']) => void;
  /** Random, of this run of the worker: lines of a log cannot know it. */
  readonly nonce: string;
}

/** Lets language models answer: shows what they would be sent, sends it, checks what comes back. */
export class ModelAnswers {
  readonly #options: ModelAnswersOptions;
  /** What endpoints taught, as long as the worker runs. */
  readonly #memory = new EndpointMemory();

  constructor(options: ModelAnswersOptions) {
    this.#options = options;
  }

  /** Exactly what `ask` would send now. @throws EngineError `llm-…`, `invalid-argument` */
  async payload(
    { question, model }: WorkerRequests['payload']['params'],
    signal?: AbortSignal,
  ): Promise<Payload> {
    return (await this.#prepared(question, model, signal)).payload;
  }

  /** @throws EngineError `llm-not-approved` where something else was approved; `aborted` */
  async ask(
    { run, question, model: choice, approved }: WorkerRequests['askModel']['params'],
    signal: AbortSignal,
  ): Promise<ModelResult> {
    const { answers, onText } = this.#options;
    const { model, report, input, payload } = await this.#prepared(question, choice, signal);
    if (approved !== null && approved !== payload.digest) {
      throw new EngineError(
        'llm-not-approved',
        'What would be sent is not what you saw: the log or the settings have changed since.',
        'Look at it again, then send it.',
      );
    }
    const explanation = await explainWithModel({
      ...input,
      model,
      memory: this.#memory,
      signal,
      onText: (piece) => {
        onText({ run, piece });
      },
    });
    return {
      ...answers.result(report),
      explanation,
      offline: report.explanation,
      failure: failureOf(explanation, report.explanation),
    };
  }

  /** Asks an endpoint which models it has; sends nothing of a log. @throws EngineError `llm-…` */
  async probe(
    { model }: WorkerRequests['probeModel']['params'],
    signal: AbortSignal,
  ): Promise<{ readonly models: readonly string[] }> {
    if (model.kind === 'editor') return { models: [model.id] };
    // The reader asks because no model is named yet; the name is no part of this question.
    const endpoint = resolveEndpoint({ ...model, model: model.model === '' ? 'any' : model.model });
    return { models: await listModels(endpoint, { memory: this.#memory }, signal) };
  }

  /** Everything that is made before anything is sent. */
  async #prepared(
    question: Question,
    choice: ModelChoice,
    signal: AbortSignal | undefined,
  ): Promise<Prepared> {
    const model = this.#open(choice);
    const report = await this.#options.answers.report(question, signal);
    const input: PromptInput = {
      offline: report.explanation,
      input: report.input,
      level: choice.privacy ?? (model.local ? 'secrets' : 'personal'),
      question: question.question,
      history: question.history,
      nonce: this.#options.nonce,
    };
    return { model, report, input, payload: payloadFor({ ...input, model, memory: this.#memory }) };
  }

  #open(choice: ModelChoice): LanguageModel {
    return choice.kind === 'editor'
      ? this.#options.editorModels.open(choice)
      : openaiModel(resolveEndpoint(choice), { memory: this.#memory });
  }
}

interface Prepared {
  readonly model: LanguageModel;
  readonly report: Report;
  readonly input: PromptInput;
  readonly payload: Payload;
}

/** Why the report is still the offline one, from the notice that was added to it. */
function failureOf(explanation: Explanation, offline: Explanation): ModelFailure | null {
  if (explanation.source !== 'offline') return null;
  const message = explanation.notices.slice(offline.notices.length).at(-1) ?? '';
  return {
    kind: message.startsWith('The answer of') ? 'rejected' : 'unavailable',
    message,
    advice: 'Retry, or choose another model.',
  };
}
