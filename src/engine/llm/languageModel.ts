/** How an answer is asked for, the strictest first: the ladder is climbed down on refusal. */
export const answerFormats = ['json_schema', 'json_object', 'text'] as const;

export type AnswerFormat = (typeof answerFormats)[number];

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  readonly format: AnswerFormat;
  /** JSON schema of the answer; used by `json_schema` only. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Tokens that the answer may take. */
  readonly maxOutputTokens: number;
}

export interface ModelReply {
  readonly text: string;
  /** Tokens as the provider counted them; null where it does not say. */
  readonly promptTokens: number | null;
  readonly outputTokens: number | null;
}

/**
 * A language model that words and weighs what code has numbered. Implementations: any
 * OpenAI-compatible endpoint, the editor's own models, a scripted one in tests.
 */
export interface LanguageModel {
  /** For the report: `ollama/llama3.2`. */
  readonly name: string;
  /** Who receives what is sent, for the receipt: `Ollama at localhost:11434`. */
  readonly provider: string;
  /** True where nothing leaves this machine. */
  readonly local: boolean;
  /** Tokens of prompt and answer together; null where it is not known. */
  readonly contextTokens: number | null;
  /**
   * One answer. Resolves only for a whole one: finished, not empty, not cut.
   * @param onText told each piece as it arrives
   * @throws EngineError `aborted`, `llm-unreachable`, `llm-refused` (401, 403, 404), `llm-limited`
   * (429, quota), `llm-failed` (5xx, captive portal, garbage), `llm-truncated` (length or cut
   * stream), `llm-empty`, `llm-stalled` (idle), `llm-unusable` (format or option not supported)
   */
  complete: (
    request: ModelRequest,
    signal: AbortSignal,
    onText: (piece: string) => void,
  ) => Promise<ModelReply>;
}
