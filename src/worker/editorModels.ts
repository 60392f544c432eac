import { EngineError } from '../engine/base/engineError.ts';
import type { LanguageModel, ModelReply } from '../engine/llm/languageModel.ts';
import type { ModelChoice } from '../engine/llm/modelChoice.ts';
import { RpcError } from '../protocol/rpc.ts';
import type { HostEvents, HostRequests } from '../protocol/workerApi.ts';

/** Asks the host, which alone reaches the models of the editor. */
export type AskHost = (
  params: HostRequests['editorModel']['params'],
  signal: AbortSignal,
) => Promise<ModelReply>;

/** Models of the editor, asked through the host. Their text arrives in events, by run. */
export class EditorModels {
  readonly #ask: AskHost;
  readonly #readers = new Map<number, (piece: string) => void>();
  #lastRun = 0;

  constructor(ask: AskHost) {
    this.#ask = ask;
  }

  /** A model of the editor, as every other. Who runs it is the editor's affair: it counts as remote. */
  open({ id, name, contextTokens }: Extract<ModelChoice, { kind: 'editor' }>): LanguageModel {
    return {
      name: `editor/${name}`,
      provider: `${name}, a model of the editor`,
      local: false,
      contextTokens,
      complete: async (request, signal, onText) => {
        const run = ++this.#lastRun;
        this.#readers.set(run, onText);
        try {
          return await this.#ask({ run, id, request }, signal);
        } catch (error) {
          throw asEngineError(error);
        } finally {
          this.#readers.delete(run);
        }
      },
    };
  }

  /** From the host: the next piece of a model's text. */
  text({ run, piece }: HostEvents['editorModelText']): void {
    this.#readers.get(run)?.(piece);
  }
}

/** The engine knows its own errors; those of the channel mean that the model did not answer. */
function asEngineError(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error;
  const { reason, message, advice } = error;
  const isKnown =
    reason !== 'disconnected' && reason !== 'unknown-request' && reason !== 'internal';
  return new EngineError(isKnown ? reason : 'llm-failed', message, advice, error);
}
