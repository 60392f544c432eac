import { EngineError } from '../engine/base/engineError.ts';
import type { Log } from '../engine/base/log.ts';
import type { Embedder } from '../engine/embed/embedder.ts';
import type {
  Incident,
  IncidentQuery,
  IncidentStatus,
  IncidentStore,
  SimilarIncident,
} from '../engine/incident/incident.ts';
import type { IncidentText } from '../protocol/panelApi.ts';

export interface IncidentsOptions {
  /** Opens the memory with an embedder. */
  readonly open: (embedder: Embedder) => IncidentStore;
  /** Needs no model: enough for writing and listing. */
  readonly plain: Embedder;
  /** The embedder to search with, opened when there is something to search. */
  readonly ready: () => Promise<Embedder>;
  readonly log: Log;
}

/** The incident memory of the workspace. An empty memory costs no model. */
export class Incidents {
  readonly #options: IncidentsOptions;
  readonly #plain: IncidentStore;
  #searching: { readonly embedder: Embedder; readonly store: IncidentStore } | null = null;

  constructor(options: IncidentsOptions) {
    this.#options = options;
    this.#plain = options.open(options.plain);
  }

  /** At most `limit`, best first. A memory that cannot be read is no reason to show no finding. */
  async search(query: IncidentQuery, limit: number): Promise<readonly SimilarIncident[]> {
    try {
      if ((await this.#plain.list()).length === 0) return [];
      const embedder = await this.#options.ready();
      if (this.#searching?.embedder !== embedder) {
        this.#searching = { embedder, store: this.#options.open(embedder) };
      }
      return await this.#searching.store.search(query, limit);
    } catch (error) {
      this.#options.log.warn(`Past incidents could not be searched: ${String(error)}`);
      return [];
    }
  }

  /** @throws EngineError `store-locked`, `store-unwritable` */
  async save(incident: Incident): Promise<Incident> {
    await this.#plain.save(incident);
    return incident;
  }

  /** @throws EngineError `invalid-argument`, `store-locked`, `store-unwritable` */
  async judge(id: string, status: IncidentStatus, text: IncidentText): Promise<Incident> {
    const known = (await this.#plain.list()).find((incident) => incident.id === id);
    if (known === undefined) {
      throw new EngineError(
        'invalid-argument',
        'The incident is no longer remembered.',
        'Save it again.',
      );
    }
    return this.save({ ...known, ...text, status });
  }
}
