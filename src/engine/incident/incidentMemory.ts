import type { Log } from '../base/log.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { Incident, IncidentQuery, IncidentStore, SimilarIncident } from './incident.ts';
import { foldEvents, type IncidentEvent } from './incidentEvents.ts';
import { rankIncidents } from './rank.ts';
import { meaningText } from './signature.ts';

/** What stands in the log of events. `damaged` lines could not be read and are left where they are. */
export interface ReadEvents {
  readonly events: readonly IncidentEvent[];
  readonly damaged: number;
}

/** Where events are kept. Implementations: `incidents.jsonl`, a list in memory for tests. */
export interface EventLog {
  /** Durable once resolved. @throws EngineError `store-locked`, `store-unwritable` */
  append(events: readonly IncidentEvent[]): Promise<void>;
  read(): Promise<ReadEvents>;
}

export interface IndexEntry {
  readonly id: string;
  /** What the vector was made from: another key means another vector. */
  readonly key: string;
  readonly vector: Float32Array;
}

export interface NearIncident {
  readonly id: string;
  /** -1..1. */
  readonly cosine: number;
}

/** Vectors of incidents, rebuildable. Implementations: vectra, a list in memory for tests. */
export interface VectorIndex {
  /** Key of each indexed incident, by id. */
  keys(): Promise<ReadonlyMap<string, string>>;
  update(put: readonly IndexEntry[], remove: readonly string[]): Promise<void>;
  nearest(vector: Float32Array, limit: number): Promise<readonly NearIncident[]>;
}

export interface MemoryParts {
  readonly events: EventLog;
  readonly index: VectorIndex;
  readonly embedder: Embedder;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** Most incidents kept; the oldest unconfirmed ones go first. */
const mostIncidents = 5000;
/** Most incidents embedded before one search answers; after a change of model the rest follow later. */
const mostEmbedded = 200;

/**
 * The incidents of a workspace: events are the truth, the vector index follows them. A failing index
 * or embedder costs the search its sense of meaning, never an incident: words still find it.
 */
export class IncidentMemory implements IncidentStore {
  readonly #parts: MemoryParts;
  #reportedDamage = 0;

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  async save(incident: Incident): Promise<void> {
    const known = await this.#incidents();
    const events: IncidentEvent[] = [{ kind: 'saved', incident }];
    const surplus = known.size + (known.has(incident.id) ? 0 : 1) - mostIncidents;
    if (surplus > 0) {
      const oldest = [...known.values()]
        .filter(({ status, id }) => status !== 'confirmed' && id !== incident.id)
        .sort((a, b) => a.savedAt.localeCompare(b.savedAt));
      for (const { id } of oldest.slice(0, surplus)) events.push({ kind: 'removed', id });
    }
    await this.#parts.events.append(events);
  }

  async remove(id: string): Promise<void> {
    await this.#parts.events.append([{ kind: 'removed', id }]);
  }

  async list(): Promise<readonly Incident[]> {
    return [...(await this.#incidents()).values()];
  }

  async search(query: IncidentQuery, limit: number): Promise<readonly SimilarIncident[]> {
    const incidents = await this.#incidents();
    if (incidents.size === 0) return [];
    const cosines = await this.#cosines(incidents, query);
    return rankIncidents([...incidents.values()], query, cosines, this.#parts.now(), limit);
  }

  async #incidents(): Promise<Map<string, Incident>> {
    const { events, damaged } = await this.#parts.events.read();
    if (damaged > this.#reportedDamage) {
      this.#parts.log.warn(
        `${damaged} line(s) of the incident memory could not be read; they are left in the file.`,
      );
    }
    this.#reportedDamage = damaged;
    return foldEvents(events);
  }

  async #cosines(
    incidents: ReadonlyMap<string, Incident>,
    query: IncidentQuery,
  ): Promise<ReadonlyMap<string, number>> {
    const { index, embedder, log } = this.#parts;
    try {
      await this.#follow(incidents);
      const [vector] = await embedder.embed([meaningText(query, query.text)]);
      if (vector === undefined) return new Map();
      const near = await index.nearest(vector, Math.min(incidents.size, 100));
      return new Map(near.map(({ id, cosine }) => [id, cosine]));
    } catch (error) {
      log.warn(`Past incidents are searched by words only: ${String(error)}`);
      return new Map();
    }
  }

  /** Brings the index to the state of the events, the latest incidents first. */
  async #follow(incidents: ReadonlyMap<string, Incident>): Promise<void> {
    const { index, embedder } = this.#parts;
    const keys = await index.keys();
    const remove = [...keys.keys()].filter((id) => !incidents.has(id));
    const put = [...incidents.values()]
      .map((incident) => ({ id: incident.id, text: meaningText(incident, incident.title) }))
      .map((item) => ({ ...item, key: `${embedder.id}\n${item.text}` }))
      .filter(({ id, key }) => keys.get(id) !== key)
      .slice(-mostEmbedded);
    if (put.length === 0 && remove.length === 0) return;
    const vectors = await embedder.embed(put.map(({ text }) => text));
    const entries = put.flatMap(({ id, key }, place) => {
      const vector = vectors[place];
      return vector === undefined ? [] : [{ id, key, vector }];
    });
    await index.update(entries, remove);
  }
}
