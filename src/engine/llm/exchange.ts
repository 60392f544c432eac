import type { PrivacyLevel } from '../privacy/privacyLevel.ts';
import type { ModelMessage } from './languageModel.ts';

/** Exactly what would be sent, for the reader to see before it is. */
export interface Payload {
  readonly messages: readonly ModelMessage[];
  /** Who would receive it: `OpenAI at api.openai.com`. */
  readonly provider: string;
  readonly model: string;
  readonly level: PrivacyLevel;
  /** Lines of logs in it; numbers of the evidence items in it. */
  readonly lines: number;
  /** Estimated. */
  readonly tokens: number;
  /** Values replaced by placeholders, by kind. */
  readonly masked: Readonly<Record<string, number>>;
  /** Evidence that did not fit the context, best first. */
  readonly left: readonly string[];
  /** Changes whenever anything that is sent changes (SHA-256, hex). */
  readonly digest: string;
}

/** An earlier question and its answer, so that a follow-up is understood. */
export interface Turn {
  readonly question: string;
  readonly answer: string;
}
