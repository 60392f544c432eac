import type { Embedder } from '../engine/embed/embedder.ts';
import type { Peers } from './peers.ts';

/** What a figure counts. Shares are 0..1. */
export type Unit = 'share' | 'lines' | 'lines/s' | 'ms' | 's' | 'MB' | 'count' | 'ratio';

/** A figure; over several seeds or repetitions the mean with the least and the most of them. */
export interface Figure {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** A figure that asks for no skill, or that of another method in the same run. */
export interface Floor {
  readonly name: string;
  readonly value: number;
}

/** Which target is reached, by the other half as well as by the whole; null where there is none. */
export type Met = 'stretch' | 'must' | 'missed' | null;

/** One measure with everything that is needed to judge it. */
export interface Row {
  readonly measure: string;
  readonly unit: Unit;
  readonly better: 'more' | 'less';
  /** Measured on the whole. */
  readonly floors: readonly Floor[];
  /** The half that may be looked at while tuning; null where a data set has no halves. */
  readonly development: Figure | null;
  readonly other: Figure | null;
  readonly all: Figure | null;
  readonly must: number | null;
  readonly stretch: number | null;
  readonly met: Met;
}

export interface BenchmarkOptions {
  /** Folder of the data set. */
  readonly folder: string;
  /** How many seeds, from 1 on, where results depend on one. */
  readonly seeds: number;
  /** Null where patterns are not embedded. */
  readonly embedder: Embedder | null;
  /** Null where no other programs were run on the same data. */
  readonly peers: Peers | null;
  /** Told what is being worked on. */
  readonly onProgress: (text: string) => void;
}

export interface BenchmarkResult {
  readonly rows: readonly Row[];
  /** What a reader of the rows must know, a sentence each. */
  readonly notes: readonly string[];
}

/** Something that is measured on one data set. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly dataSet: string;
  /** Its figures are times, or it uses all cores itself: nothing may run beside it. */
  readonly alone?: true;
  readonly run: (options: BenchmarkOptions) => Promise<BenchmarkResult>;
}
