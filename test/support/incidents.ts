import type { Embedder } from '../../src/engine/embed/embedder.ts';
import type { Incident } from '../../src/engine/incident/incident.ts';
import { encodeEvent, type IncidentEvent } from '../../src/engine/incident/incidentEvents.ts';
import type { Change, EventLog, ReadEvents } from '../../src/engine/incident/eventLog.ts';
import type {
  IndexEntry,
  VectorIndex,
  VectorModel,
} from '../../src/engine/incident/vectorIndex.ts';

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
  readonly folder = 'memory';
  readonly backups: string[] = [];
  events: IncidentEvent[] = [];
  #generation = 0;

  read(): Promise<ReadEvents> {
    return Promise.resolve({
      generation: this.#generation,
      events: this.events,
      damaged: 0,
      newer: 0,
    });
  }

  async change<T>(work: (content: ReadEvents) => Change<T>): Promise<T> {
    const { events, result } = work(await this.read());
    for (const event of events) encodeEvent(event);
    this.events.push(...events);
    return result;
  }

  bytes(): Promise<number> {
    return Promise.resolve(this.events.map(encodeEvent).join('\n').length);
  }

  backup(folder: string, name: string): Promise<string> {
    this.backups.push(this.events.map(encodeEvent).join('\n'));
    return Promise.resolve(`${folder}/${name}`);
  }

  async clear(name: string): Promise<string> {
    const path = await this.backup(this.folder, name);
    this.events = [];
    this.#generation += 1;
    return path;
  }
}

/** Twin of the vectra index. */
export class MemoryVectorIndex implements VectorIndex {
  readonly #entries = new Map<string, IndexEntry & { readonly model: string }>();
  #changes = 0;

  stamp(): Promise<string> {
    return Promise.resolve(String(this.#changes));
  }

  keys(model: VectorModel): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(this.#of(model).map(({ id, key }) => [id, key])));
  }

  update(model: VectorModel, put: readonly IndexEntry[], remove: readonly string[]): Promise<void> {
    this.#changes += 1;
    for (const id of remove) this.#entries.delete(`${model.id} ${id}`);
    for (const entry of put) {
      this.#entries.set(`${model.id} ${entry.id}`, { ...entry, model: model.id });
    }
    return Promise.resolve();
  }

  nearest(
    model: VectorModel,
    vector: Float32Array,
    limit: number,
  ): ReturnType<VectorIndex['nearest']> {
    const cosine = (other: Float32Array): number =>
      other.reduce((sum, value, place) => sum + value * (vector[place] ?? 0), 0);
    return Promise.resolve(
      this.#of(model)
        .map((entry) => ({ id: entry.id, cosine: cosine(entry.vector) }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, limit),
    );
  }

  check(): ReturnType<VectorIndex['check']> {
    const all = [...this.#entries.values()];
    return Promise.resolve({
      ids: all.map(({ id }) => id),
      model: all.at(-1)?.model ?? '',
      problem: null,
    });
  }

  bytes(): Promise<number> {
    return Promise.resolve(this.#entries.size * 1536);
  }

  drop(): Promise<void> {
    this.#changes += 1;
    this.#entries.clear();
    return Promise.resolve();
  }

  #of({ id }: VectorModel): readonly IndexEntry[] {
    return [...this.#entries.values()].filter(({ model }) => model === id);
  }
}
