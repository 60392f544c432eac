import { EngineError } from '../base/engineError.ts';
import type { Anchors } from '../detect/detectors/severity.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import { failureSentences, routineSentences } from './anchorSentences.ts';

/** Vectors of the patterns of one log, asked for once each. */
export class Meaning {
  #embedder = '';
  readonly #known = new Map<string, Float32Array>();

  /** Whether every pattern has its vector. */
  covers(templates: TemplateTable): boolean {
    return this.#known.size > 0 && templates.templates.every(({ text }) => this.#known.has(text));
  }

  /** One vector per template, zero for those that have none yet; null where none has. */
  vectorsOf(templates: TemplateTable): readonly Float32Array[] | null {
    const [some] = this.#known.values();
    if (some === undefined) return null;
    const unknown = new Float32Array(some.length);
    return templates.templates.map(({ text }) => this.#known.get(text) ?? unknown);
  }

  get anchors(): Anchors | null {
    const vectorsFor = (sentences: readonly string[]): Float32Array[] =>
      sentences.map((text) => this.#known.get(text)).filter((vector) => vector !== undefined);
    const anchors = {
      failure: vectorsFor(failureSentences),
      routine: vectorsFor(routineSentences),
    };
    return anchors.failure.length === 0 ? null : anchors;
  }

  /**
   * Asks for the vectors that are missing.
   * @throws EngineError `aborted`, `model-failed`
   */
  async learn(
    templates: TemplateTable,
    embedder: Embedder,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (embedder.id !== this.#embedder) this.#known.clear();
    const wanted = [
      ...templates.templates.map(({ text }) => text),
      ...failureSentences,
      ...routineSentences,
    ];
    const missing = [...new Set(wanted)].filter((text) => !this.#known.has(text));
    let vectors: readonly Float32Array[];
    try {
      vectors = await embedder.embed(missing, signal);
    } catch (error) {
      if (EngineError.is(error)) throw error;
      throw new EngineError('model-failed', String(error), '', error);
    }
    for (const [index, vector] of vectors.entries()) this.#known.set(missing[index] ?? '', vector);
    // Asked again: an embedder that opens its model at first use knows only now which it is.
    this.#embedder = embedder.id;
  }
}
