/** What the vectors of an index were made with. */
export interface VectorModel {
  readonly id: string;
  readonly dimensions: number;
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

/** What a check of the index found; of several models, of the one that was used last. */
export interface IndexCheck {
  /** Ids with a vector. */
  readonly ids: readonly string[];
  /** Empty where there are no vectors. */
  readonly model: string;
  /** What is wrong with it, in words; null where it can be used. */
  readonly problem: string | null;
}

/** Vectors of incidents, rebuildable. Implementations: vectra, a list in memory for tests. */
export interface VectorIndex {
  /** Another value means that the vectors may have changed. */
  stamp(model: VectorModel): Promise<string>;
  /** Key of each incident that is indexed with that model, by id. */
  keys(model: VectorModel): Promise<ReadonlyMap<string, string>>;
  update(model: VectorModel, put: readonly IndexEntry[], remove: readonly string[]): Promise<void>;
  /** Best first. */
  nearest(
    model: VectorModel,
    vector: Float32Array,
    limit: number,
  ): Promise<readonly NearIncident[]>;
  /** Reads it and says what is wrong; changes nothing. */
  check(): Promise<IndexCheck>;
  /** Of the vectors of all models. */
  bytes(): Promise<number>;
  /** Forgets the vectors of all models, also those of a later version. */
  drop(): Promise<void>;
}
