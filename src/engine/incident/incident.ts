/** What a person decided about a remembered incident. Only `confirmed` ones teach. */
export type IncidentStatus = 'unconfirmed' | 'confirmed' | 'rejected';

/**
 * What the reader thinks of a report: it named the cause, it was one step short of it, it was in the
 * right area, it was wrong.
 */
export const grades = ['bullseye', 'close', 'area', 'wrong'] as const;

export type Grade = (typeof grades)[number];

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
  /** What the reader thought of the report that it was made from; null where nobody said. */
  readonly grade: Grade | null;
  /** Name of the pack that it was imported with; empty where it was saved here. */
  readonly origin: string;
  /** Ids of the incidents that were merged into it. */
  readonly merged: readonly string[];
}

/** The memory in figures. */
export interface IncidentMemoryStatus {
  readonly folder: string;
  readonly incidents: number;
  readonly confirmed: number;
  readonly unconfirmed: number;
  readonly rejected: number;
  /** Of `incidents.jsonl` and of the index. */
  readonly bytes: number;
  readonly indexed: number;
  /** Model of the vectors; empty where there are none. */
  readonly model: string;
  readonly schema: number;
}

/** What a check of the memory found; `problems` is empty where all is well. */
export interface IncidentMemoryCheck {
  readonly incidents: number;
  /** Lines that cannot be read; they are left in the file. */
  readonly damaged: number;
  /** Lines of a later version of Faultline. */
  readonly newer: number;
  readonly problems: readonly string[];
}

/** What came of importing a pack. */
export interface IncidentImport {
  readonly added: number;
  /** Known already, or older than what is known. */
  readonly skipped: number;
  /** Lines that are no incident. */
  readonly refused: number;
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
