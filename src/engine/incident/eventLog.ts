import type { IncidentEvent } from './incidentEvents.ts';

/** What stands in the log of events. */
export interface ReadEvents {
  /** As long as it stays the same, `events` only grows at its end. */
  readonly generation: number;
  readonly events: readonly IncidentEvent[];
  /** Lines that cannot be read; they are left where they are. */
  readonly damaged: number;
  /** Lines of a later version, those among them that were understood included. */
  readonly newer: number;
}

/** What a change appends, and what came of it. */
export interface Change<T> {
  readonly events: readonly IncidentEvent[];
  readonly result: T;
}

/** Where events are kept. Implementations: `incidents.jsonl`, a list in memory for tests. */
export interface EventLog {
  /** Where it is, for people. */
  readonly folder: string;
  /** @throws EngineError `store-unwritable`, `store-corrupt` where it cannot be read */
  read(): Promise<ReadEvents>;
  /**
   * Appends what `work` makes of the latest content, while nobody else writes. Durable once resolved.
   * @throws EngineError `store-locked`, `store-unwritable`, `invalid-argument`
   */
  change<T>(work: (content: ReadEvents) => Change<T>): Promise<T>;
  bytes(): Promise<number>;
  /** Copies everything, unreadable lines as well. @returns the path of the copy */
  backup(folder: string, name: string): Promise<string>;
  /** Copies everything beside the log under that name, then forgets it. @returns the path of the copy */
  clear(name: string): Promise<string>;
}
