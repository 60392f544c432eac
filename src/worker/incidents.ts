import type { Log } from '../engine/base/log.ts';
import type { Embedder } from '../engine/embed/embedder.ts';
import type {
  Incident,
  IncidentQuery,
  IncidentStore,
  SimilarIncident,
} from '../engine/incident/incident.ts';
import type { IncidentOptions } from '../protocol/workerApi.ts';

export interface IncidentsOptions {
  readonly open: (embedder: () => Promise<Embedder>) => IncidentStore;
  /** The embedder to search with; an empty memory never asks for it. */
  readonly ready: () => Promise<Embedder>;
  /** What the reader chose. */
  readonly options: () => IncidentOptions;
  readonly log: Log;
}

/** The incident memory of the workspace, with what the reader chose. */
export class Incidents {
  readonly store: IncidentStore;
  readonly #options: IncidentsOptions;

  constructor(options: IncidentsOptions) {
    this.#options = options;
    this.store = options.open(options.ready);
  }

  /** Whether feedback is kept. */
  get learning(): boolean {
    return this.#options.options().learning;
  }

  /**
   * At most `limit` that are alike enough, best first. A memory that cannot be read is no reason to
   * show no finding.
   */
  async search(query: IncidentQuery, limit: number): Promise<readonly SimilarIncident[]> {
    try {
      return await this.store.search(query, limit, this.#options.options().similarity);
    } catch (error) {
      this.#options.log.warn(`Past incidents could not be searched: ${String(error)}`);
      return [];
    }
  }

  /** What comes back is what was stored. @throws EngineError as `IncidentStore.save` */
  save(incident: Incident): Promise<Incident> {
    return this.store.save(incident);
  }
}
