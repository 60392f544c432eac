/** Points of a curve, ascending: straight between them, level beyond the last. */
export type Curve = readonly (readonly [number, number])[];

/** What evidence is worth, in bits, so that the bits of a finding add up to its chance of being true. */
export interface EvidenceWeights {
  /** Bits that every finding must outweigh, by log2 of the log's records: long logs offer more chances. */
  readonly doubt: Curve;
  /**
   * Bits that evidence is worth, by the bits that its detector claims; nothing below the first
   * point. By kind of evidence (`kindOf`) or the first word of it.
   */
  readonly curves: Readonly<Record<string, Curve>>;
  /** Bits on top for a rule so well supported that it may stand alone. */
  readonly strong: number;
}

/**
 * Fitted by `bench/faults/fitWeights.ts`: a logistic regression with weights that are never negative,
 * on the development halves.
 */
export const evidenceWeights: EvidenceWeights = {
  doubt: [
    [6, 1.7],
    [11, 4],
    [14, 4],
    [17, 4],
  ],
  curves: {
    severity: [
      [0.5, 0],
      [1.5, 0],
      [3, 1.8],
      [4.5, 4.2],
      [7, 5.8],
      [10, 7.7],
    ],
    rarity: [
      [3, 0],
      [6, 0],
      [8, 0],
      [9.5, 0.6],
      [11, 1.1],
      [13, 3],
    ],
    text: [
      [2, 0],
      [5, 1.7],
      [10, 4.4],
    ],
    next: [
      [5, 0.2],
      [8, 2.1],
      [10, 3.2],
      [13, 4.9],
      [20, 8.7],
    ],
    order: [
      [5, 0.4],
      [8, 2.2],
      [10, 3.2],
      [13, 4.2],
      [20, 8],
    ],
    session: [
      [5, 0.3],
      [8, 0.8],
      [10, 0.8],
      [13, 0.8],
      [20, 4.6],
    ],
    'session:model': [
      [5, 0.9],
      [8, 2.2],
      [10, 2.2],
      [13, 3.1],
      [20, 7],
    ],
    'session:slow': [
      [5, 0],
      [8, 1.4],
      [10, 2.3],
      [13, 3.7],
      [20, 7.5],
    ],
    'value:number': [
      [5, 0],
      [8, 0.7],
      [10, 1],
      [13, 2.5],
      [20, 7],
    ],
    'value:category': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    value: [
      [5, 0],
      [8, 1.2],
      [10, 1.9],
      [13, 4],
      [20, 8],
    ],
    word: [
      [5, 0],
      [8, 1.5],
      [10, 2.4],
      [13, 4.3],
      [20, 8.2],
    ],
    gap: [
      [5, 0],
      [8, 1],
      [10, 1.7],
      [13, 3.5],
      [20, 7.6],
    ],
    silence: [
      [5, 0.3],
      [8, 2.3],
      [10, 3.6],
      [13, 5.3],
      [20, 9.2],
    ],
    rate: [
      [5, 0],
      [8, 1.4],
      [10, 2.3],
      [13, 3.8],
      [20, 7.2],
    ],
    failing: [
      [0.25, 8],
      [1, 12],
    ],
  },
  strong: 3.2,
};
