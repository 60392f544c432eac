/** What a person decided about a remembered incident. Only `confirmed` ones teach. */
export type IncidentStatus = 'unconfirmed' | 'confirmed' | 'rejected';

/** A remembered incident of one workspace. */
export interface Incident {
  readonly id: string;
  /** ISO 8601: when it was saved. */
  readonly savedAt: string;
  readonly title: string;
  /** Names of the logs it was seen in. */
  readonly logs: readonly string[];
  /** Templates of its findings, most telling first. Templates hold no values, so no secrets. */
  readonly templates: readonly string[];
  /** Exception kinds and innermost frames. */
  readonly exceptions: readonly string[];
  readonly components: readonly string[];
  readonly category: string;
  readonly rootCause: string;
  readonly resolution: string;
  readonly status: IncidentStatus;
}

/** What is looked up: the same construction as an incident, without its history. */
export interface IncidentQuery {
  readonly text: string;
  readonly templates: readonly string[];
  readonly exceptions: readonly string[];
  readonly components: readonly string[];
}

/** A past incident beside a present finding. */
export interface SimilarIncident {
  readonly incident: Incident;
  /** 0..1. */
  readonly similarity: number;
  /** What they share, in words: "3 shared patterns, same exception". */
  readonly why: string;
}

/** The incidents of a workspace. */
export interface IncidentStore {
  /** Durable once resolved. @throws EngineError `store-locked`, `store-unwritable` */
  save(incident: Incident): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly Incident[]>;
  /** Best first, at most `limit`; empty when nothing alike is known. */
  search(query: IncidentQuery, limit: number): Promise<readonly SimilarIncident[]>;
}
