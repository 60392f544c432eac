import { createHash } from 'node:crypto';
import { EngineError } from '../base/engineError.ts';
import type { Log } from '../base/log.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { EventLog, ReadEvents } from './eventLog.ts';
import {
  usualSimilarity,
  type Incident,
  type IncidentImport,
  type IncidentMemoryCheck,
  type IncidentMemoryStatus,
  type IncidentQuery,
  type IncidentStore,
  type SimilarIncident,
} from './incident.ts';
import { incidentSchema, type IncidentEvent } from './incidentEvents.ts';
import { decodePack, encodePack } from './incidentPack.ts';
import { importEvents } from './importEvents.ts';
import { merged } from './judge.ts';
import { MemoryState } from './memoryState.ts';
import { SearchIndex } from './searchIndex.ts';
import { meaningText } from './signature.ts';
import { cleanIncident, cleanQuery } from './clean.ts';
import type { IndexEntry, VectorIndex, VectorModel } from './vectorIndex.ts';

export interface MemoryParts {
  readonly events: EventLog;
  readonly index: VectorIndex;
  /** Asked for when there is something to embed. */
  readonly embedder: () => Promise<Embedder>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** Most incidents kept; the oldest unconfirmed ones go first. */
export const mostIncidents = 5000;
/** Most incidents embedded before one search answers; after a change of model the rest follow later. */
const mostEmbedded = 200;
/** Incidents near by meaning that are looked at. */
const mostNear = 100;

/** What was read, and how far the search index has followed it. */
interface Followed {
  readonly generation: number;
  readonly state: MemoryState;
  /** Events that `state` has. */
  applied: number;
  readonly index: SearchIndex;
  /** Events that `index` has. */
  indexed: number;
}

/**
 * The incidents of a workspace: events are the truth, the vector index follows them. A failing index
 * or embedder costs the search its sense of meaning, never an incident: words still find it.
 */
export class IncidentMemory implements IncidentStore {
  readonly #parts: MemoryParts;
  #followed: Followed | null = null;
  /** State of events and vectors up to which nothing is left to embed. */
  #embedded = '';
  readonly #told = new Set<string>();
  readonly #keys = new WeakMap<Incident, { readonly text: string; readonly key: string }>();

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  async save(incident: Incident): Promise<Incident> {
    const stored = cleanIncident(incident);
    return this.#parts.events.change((content) => {
      const { state } = this.#follow(content);
      const surplus = this.#surplus(state, content, stored.id);
      return { events: [this.#saved(stored), ...surplus], result: stored };
    });
  }

  async update(id: string, change: (incident: Incident) => Incident): Promise<Incident> {
    return this.#parts.events.change((content) => {
      const stored = cleanIncident({ ...change(this.#get(content, id)), id });
      return { events: [this.#saved(stored)], result: stored };
    });
  }

  async merge(ids: readonly string[]): Promise<Incident> {
    return this.#parts.events.change((content) => {
      const [first, ...others] = [...new Set(ids)].map((id) => this.#get(content, id));
      if (first === undefined || others.length === 0) {
        throw new EngineError(
          'invalid-argument',
          'There is nothing to merge.',
          'Name two incidents or more; the first one stays.',
        );
      }
      const stored = merged(first, others);
      const gone = others.map(({ id }) => this.#removed(id));
      return { events: [this.#saved(stored), ...gone], result: stored };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#parts.events.change(() => ({ events: [this.#removed(id)], result: null }));
  }

  async list(): Promise<readonly Incident[]> {
    return this.#follow(await this.#read()).state.incidents;
  }

  async search(
    query: IncidentQuery,
    limit: number,
    least = usualSimilarity,
  ): Promise<readonly SimilarIncident[]> {
    const content = await this.#read();
    const followed = this.#follow(content);
    if (followed.state.known.size === 0) return [];
    const asked = cleanQuery(query);
    const cosines = await this.#cosines(followed, asked);
    return searchable(followed, content).similar(asked, {
      cosines,
      now: this.#parts.now(),
      limit,
      least,
    });
  }

  async searchWords(words: string, limit: number): Promise<readonly SimilarIncident[]> {
    const content = await this.#read();
    return searchable(this.#follow(content), content).byWords(words, limit);
  }

  async status(): Promise<IncidentMemoryStatus> {
    const { events, index } = this.#parts;
    const { state } = this.#follow(await this.#read());
    const { ids, model } = await index.check();
    const count = (status: Incident['status']): number =>
      state.incidents.filter((incident) => incident.status === status).length;
    return {
      folder: events.folder,
      incidents: state.known.size,
      confirmed: count('confirmed'),
      unconfirmed: count('unconfirmed'),
      rejected: count('rejected'),
      bytes: (await events.bytes()) + (await index.bytes()),
      indexed: ids.length,
      model,
      schema: incidentSchema,
    };
  }

  async verify(): Promise<IncidentMemoryCheck> {
    const { events, index } = this.#parts;
    const content = await events.read();
    const { state } = this.#follow(content);
    const check = await index.check();
    const unknown = check.ids.filter((id) => !state.known.has(id)).length;
    const { damaged, newer } = content;
    const problems = [
      damaged === 0
        ? ''
        : `${lines(damaged)} of the memory cannot be read. They are left in the file.`,
      newer === 0 ? '' : newerText(newer),
      check.problem ?? '',
      unknown === 0
        ? ''
        : `The index holds ${unknown} incident(s) that are gone; the next search takes them out.`,
    ].filter((text) => text !== '');
    return { incidents: state.known.size, damaged, newer, problems };
  }

  async rebuild(): Promise<number> {
    const { index, embedder } = this.#parts;
    const { state } = this.#follow(await this.#read());
    const model = await embedder();
    await index.drop();
    this.#embedded = '';
    const all = state.incidents;
    for (let at = 0; at < all.length; at += mostEmbedded) {
      const entries = await this.#embed(all.slice(at, at + mostEmbedded), model);
      await index.update(modelOf(model), entries, []);
    }
    return (await index.check()).ids.length;
  }

  async backup(folder: string): Promise<string> {
    return this.#parts.events.backup(folder, `incidents-${this.#stamp()}.jsonl`);
  }

  async clear(): Promise<{ readonly removed: number; readonly backup: string }> {
    const removed = (await this.list()).length;
    const backup = await this.#parts.events.clear(`incidents-before-clear-${this.#stamp()}.jsonl`);
    await this.#parts.index.drop();
    this.#embedded = '';
    return { removed, backup };
  }

  async exportPack(name: string): Promise<{ readonly text: string; readonly incidents: number }> {
    const { state } = this.#follow(await this.#read());
    const items = [...state.known.values()]
      .filter(({ incident }) => incident.status === 'confirmed')
      .map(({ incident, at }) => ({ at, incident: cleanIncident(incident, 'personal') }));
    return { text: encodePack(name, this.#at(), items), incidents: items.length };
  }

  async importPack(text: string, name: string): Promise<IncidentImport> {
    const pack = decodePack(text);
    const origin = pack.name === '' ? name : pack.name;
    return this.#parts.events.change((content) => {
      const { state } = this.#follow(content);
      return importEvents(pack, { state, origin, now: this.#at(), most: mostIncidents });
    });
  }

  async #read(): Promise<ReadEvents> {
    const content = await this.#parts.events.read();
    const { damaged, newer } = content;
    if (damaged > 0) {
      this.#tell(`${lines(damaged)} of the incident memory cannot be read; they are left in it.`);
    }
    if (newer > 0) this.#tell(newerText(newer));
    return content;
  }

  /** Says a thing once, not with every search. */
  #tell(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#parts.log.warn(message);
  }

  #follow({ generation, events }: ReadEvents): Followed {
    if (this.#followed?.generation !== generation) {
      const state = new MemoryState();
      this.#followed = { generation, state, applied: 0, index: new SearchIndex(), indexed: 0 };
    }
    const followed = this.#followed;
    for (; followed.applied < events.length; followed.applied += 1) {
      const event = events[followed.applied];
      if (event !== undefined) followed.state.apply(event);
    }
    return followed;
  }

  #get(content: ReadEvents, id: string): Incident {
    const known = this.#follow(content).state.known.get(id);
    if (known !== undefined) return known.incident;
    throw new EngineError('not-found', 'The incident is no longer remembered.', 'Save it again.');
  }

  #saved(incident: Incident): IncidentEvent {
    return { kind: 'saved', at: this.#at(), incident };
  }

  #removed(id: string): IncidentEvent {
    return { kind: 'removed', at: this.#at(), id };
  }

  #at(): string {
    return new Date(this.#parts.now()).toISOString();
  }

  #stamp(): string {
    return this.#at().replaceAll(/[:.]/g, '-');
  }

  /** What has to go for one more; nothing while a newer version has a say in the file. */
  #surplus(state: MemoryState, { newer }: ReadEvents, added: string): IncidentEvent[] {
    const surplus = state.known.size + (state.known.has(added) ? 0 : 1) - mostIncidents;
    if (surplus <= 0 || newer > 0) return [];
    const confirmed = ({ status }: Incident): number => Number(status === 'confirmed');
    return state.incidents
      .filter(({ id }) => id !== added)
      .sort((a, b) => confirmed(a) - confirmed(b) || a.savedAt.localeCompare(b.savedAt))
      .slice(0, surplus)
      .map(({ id }) => this.#removed(id));
  }

  async #cosines(followed: Followed, query: IncidentQuery): Promise<ReadonlyMap<string, number>> {
    const { index } = this.#parts;
    try {
      const embedder = await this.#parts.embedder();
      const model = modelOf(embedder);
      await this.#embedMissing(followed, embedder).catch((error: unknown) => {
        this.#tell(`The index of past incidents is not up to date: ${String(error)}`);
      });
      const [vector] = await embedder.embed([meaningText(query, query.text)]);
      if (vector === undefined) return new Map();
      const near = await index.nearest(
        model,
        vector,
        Math.min(followed.state.known.size, mostNear),
      );
      return new Map(near.map(({ id, cosine }) => [id, cosine]));
    } catch (error) {
      this.#tell(`Past incidents are searched by words only: ${String(error)}`);
      return new Map();
    }
  }

  /** Brings the index to the state of the events, the latest incidents first. */
  async #embedMissing({ state, generation, applied }: Followed, embedder: Embedder): Promise<void> {
    const { index } = this.#parts;
    const model = modelOf(embedder);
    const events = `${generation}:${applied}:${model.id}`;
    if (this.#embedded === `${events}:${await index.stamp(model)}`) return;
    const keys = await index.keys(model);
    const remove = [...keys.keys()].filter((id) => !state.known.has(id));
    const behind = state.incidents.filter(
      (incident) => keys.get(incident.id) !== this.#meaning(incident).key,
    );
    const put = behind.slice(-mostEmbedded);
    if (put.length > 0 || remove.length > 0) {
      await index.update(model, await this.#embed(put, embedder), remove);
    }
    if (behind.length === put.length) {
      this.#embedded = `${events}:${await index.stamp(model)}`;
    }
  }

  async #embed(incidents: readonly Incident[], embedder: Embedder): Promise<IndexEntry[]> {
    const vectors = await embedder.embed(incidents.map((one) => this.#meaning(one).text));
    return incidents.flatMap((incident, place) => {
      const vector = vectors[place];
      const { key } = this.#meaning(incident);
      return vector === undefined ? [] : [{ id: incident.id, key, vector }];
    });
  }

  #meaning(incident: Incident): { readonly text: string; readonly key: string } {
    const known = this.#keys.get(incident);
    if (known !== undefined) return known;
    const text = meaningText(incident, incident.title);
    const made = { text, key: createHash('sha256').update(text).digest('hex').slice(0, 16) };
    this.#keys.set(incident, made);
    return made;
  }
}

/** The search index of what was read, brought up to it. */
function searchable(followed: Followed, { events }: ReadEvents): SearchIndex {
  const { state, index } = followed;
  if (followed.indexed === 0) {
    // At first only what is left counts, not how it came about.
    for (const incident of state.incidents) index.put(incident);
  } else {
    for (const event of events.slice(followed.indexed, followed.applied)) {
      if (event.kind === 'saved') index.put(event.incident);
      else index.remove(event.id);
    }
  }
  followed.indexed = followed.applied;
  return index;
}

function modelOf({ id, dimensions }: Embedder): VectorModel {
  return { id, dimensions };
}

function lines(count: number): string {
  return count === 1 ? 'One line' : `${count} lines`;
}

function newerText(count: number): string {
  return `${lines(count)} of the incident memory ${count === 1 ? 'is' : 'are'} of a newer version of Faultline. They are kept as they are; update Faultline to use them.`;
}
