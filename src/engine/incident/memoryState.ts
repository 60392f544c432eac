import type { Incident } from './incident.ts';
import type { IncidentEvent } from './incidentEvents.ts';

/** An incident and when it was last saved, imported or judged (ISO 8601). */
export interface KnownIncident {
  readonly incident: Incident;
  readonly at: string;
}

/** The memory after a number of events: what is known, and what was forgotten when. */
export class MemoryState {
  readonly #known = new Map<string, KnownIncident>();
  readonly #removed = new Map<string, string>();

  /** In the order in which they were first saved. */
  get known(): ReadonlyMap<string, KnownIncident> {
    return this.#known;
  }

  /** Time of removal by id: an old pack must not bring back what a person threw away. */
  get removed(): ReadonlyMap<string, string> {
    return this.#removed;
  }

  get incidents(): Incident[] {
    return [...this.#known.values()].map(({ incident }) => incident);
  }

  apply(event: IncidentEvent): void {
    if (event.kind === 'saved') {
      this.#removed.delete(event.incident.id);
      this.#known.set(event.incident.id, { incident: event.incident, at: event.at });
    } else {
      this.#known.delete(event.id);
      this.#removed.set(event.id, event.at);
    }
  }
}

/** The state after all events. */
export function foldEvents(events: Iterable<IncidentEvent>): MemoryState {
  const state = new MemoryState();
  for (const event of events) state.apply(event);
  return state;
}
