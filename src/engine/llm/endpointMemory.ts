import type { AnswerFormat } from './languageModel.ts';

/** An option of a request that some endpoints refuse. */
export type OptionalField =
  'temperature' | 'stream_options' | 'max_tokens' | 'max_completion_tokens';

/**
 * What endpoints taught by refusing or cutting, so that the next question is asked right at once.
 * Kept in memory by whoever asks more than once; the key is the name of the model with its provider.
 */
export class EndpointMemory {
  readonly #formats = new Map<string, AnswerFormat>();
  readonly #refused = new Map<string, Set<OptionalField>>();
  readonly #contexts = new Map<string, number>();

  /** The format that brought a whole answer last; null before the first. */
  format(endpoint: string): AnswerFormat | null {
    return this.#formats.get(endpoint) ?? null;
  }

  rememberFormat(endpoint: string, format: AnswerFormat): void {
    this.#formats.set(endpoint, format);
  }

  refused(endpoint: string): ReadonlySet<OptionalField> {
    return this.#refused.get(endpoint) ?? new Set();
  }

  rememberRefused(endpoint: string, field: OptionalField): void {
    const known = this.#refused.get(endpoint) ?? new Set();
    known.add(field);
    this.#refused.set(endpoint, known);
  }

  /** Tokens that were really read where a prompt was cut; null where none was. */
  context(endpoint: string): number | null {
    return this.#contexts.get(endpoint) ?? null;
  }

  rememberContext(endpoint: string, tokens: number): void {
    this.#contexts.set(endpoint, tokens);
  }
}

/** Under which name a model is remembered. */
export function endpointKey(model: { readonly provider: string; readonly name: string }): string {
  return `${model.provider} ${model.name}`;
}
