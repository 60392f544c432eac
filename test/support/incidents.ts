import type { Embedder } from '../../src/engine/embed/embedder.ts';
import type { Incident } from '../../src/engine/incident/incident.ts';
import type { IncidentEvent } from '../../src/engine/incident/incidentEvents.ts';
import type {
  EventLog,
  IndexEntry,
  VectorIndex,
} from '../../src/engine/incident/incidentMemory.ts';

/** An incident with all fields, of which the test names those that matter. */
export function incidentOf(part: Partial<Incident> & { readonly id: string }): Incident {
  return {
    savedAt: '2026-03-01T10:00:00.000Z',
    title: 'The connection pool ran dry',
    logs: ['orders.log'],
    templates: ['waited <*> ms for a connection', 'PoolTimeout: no connection in <*> ms'],
    exceptions: ['PoolTimeoutError'],
    components: ['orders'],
    category: 'resource.quota',
    rootCause: 'The pool was too small.',
    resolution: 'Raised the pool to 80.',
    status: 'unconfirmed',
    grade: null,
    origin: '',
    merged: [],
    ...part,
  };
}

/** Counts letters: texts with the same letters point the same way. */
export const letterEmbedder: Embedder = {
  id: 'letters',
  dimensions: 26,
  embed: (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const vector = new Float32Array(26);
        for (const letter of text.toLowerCase()) {
          const place = letter.charCodeAt(0) - 97;
          if (place >= 0 && place < 26) vector[place] = (vector[place] ?? 0) + 1;
        }
        const norm = Math.hypot(...vector);
        return norm === 0 ? vector : vector.map((value) => value / norm);
      }),
    ),
};

/** Twin of `incidents.jsonl`. */
export class MemoryEventLog implements EventLog {
  readonly events: IncidentEvent[] = [];

  append(events: readonly IncidentEvent[]): Promise<void> {
    this.events.push(...events);
    return Promise.resolve();
  }

  read(): ReturnType<EventLog['read']> {
    return Promise.resolve({ events: [...this.events], damaged: 0 });
  }
}

/** Twin of the vectra index. */
export class MemoryVectorIndex implements VectorIndex {
  readonly #entries = new Map<string, IndexEntry>();

  keys(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map([...this.#entries].map(([id, entry]) => [id, entry.key])));
  }

  update(put: readonly IndexEntry[], remove: readonly string[]): Promise<void> {
    for (const id of remove) this.#entries.delete(id);
    for (const entry of put) this.#entries.set(entry.id, entry);
    return Promise.resolve();
  }

  nearest(vector: Float32Array, limit: number): ReturnType<VectorIndex['nearest']> {
    const cosine = (other: Float32Array): number =>
      other.reduce((sum, value, place) => sum + value * (vector[place] ?? 0), 0);
    return Promise.resolve(
      [...this.#entries.values()]
        .map((entry) => ({ id: entry.id, cosine: cosine(entry.vector) }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, limit),
    );
  }
}
