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
  /** It is a part of a log: that an incident shows more does not count against it. */
  readonly part?: true;
}

/** A past incident beside a present finding. */
export interface SimilarIncident {
  readonly incident: Incident;
  /** 0..1. */
  readonly similarity: number;
  /** What they share, in words: "3 shared patterns, same exception". */
  readonly why: string;
}

/**
 * At least this similar an incident is shown. What it means is measured: of the pairs above it most
 * have the same cause, of those below it few.
 */
export const usualSimilarity = 0.7;

/** The incidents of a workspace. Writing throws EngineError `store-locked`, `store-unwritable`. */
export interface IncidentStore {
  /**
   * Durable once resolved. Redacted first: the incident that comes back is what was stored.
   * @throws EngineError `invalid-argument` also for words that read like an instruction to a model
   */
  save(incident: Incident): Promise<Incident>;
  /** Saves what `change` makes of the latest state. @throws EngineError `not-found` */
  update(id: string, change: (incident: Incident) => Incident): Promise<Incident>;
  /** Makes one of several: the first stays, the others go into it. @throws EngineError `not-found` */
  merge(ids: readonly string[]): Promise<Incident>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly Incident[]>;
  /**
   * Best first, at most `limit`; empty when nothing alike is known. Rejected ones are left out.
   * @param least similarity, 0..1
   */
  search(query: IncidentQuery, limit: number, least?: number): Promise<readonly SimilarIncident[]>;
  /** By words in whatever was written about an incident, rejected ones too; best first. */
  searchWords(words: string, limit: number): Promise<readonly SimilarIncident[]>;
  status(): Promise<IncidentMemoryStatus>;
  /** Reads everything and says what is wrong; changes nothing. */
  verify(): Promise<IncidentMemoryCheck>;
  /** Makes the index anew from the incidents. @returns how many were indexed */
  rebuild(): Promise<number>;
  /** Copies the memory into a folder. @returns the path of the copy */
  backup(folder: string): Promise<string>;
  /** Forgets everything, after a backup beside it. */
  clear(): Promise<{ readonly removed: number; readonly backup: string }>;
  /** Confirmed incidents as text for others, redacted. */
  exportPack(name: string): Promise<{ readonly text: string; readonly incidents: number }>;
  /**
   * Takes in what others know. Never overwrites what was saved or changed here.
   * @param name what the incidents are said to come from where the pack does not say
   * @throws EngineError `invalid-argument` for a text that is no pack, or that of a later version
   */
  importPack(text: string, name: string): Promise<IncidentImport>;
}
