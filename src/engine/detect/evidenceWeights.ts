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
  /** Bits that a claim loses each time that as many more of its kind are made of the log. */
  readonly crowd: number;
}

/**
 * Fitted by `bench/faults/fitWeights.ts`: a logistic regression with weights that are never negative,
 * on the development halves.
 */
export const evidenceWeights: EvidenceWeights = {
  doubt: [
    [6, 1.5],
    [11, 3.5],
    [14, 3.5],
    [17, 3.5],
  ],
  curves: {
    severity: [
      [0.5, 0],
      [1.5, 0],
      [3, 1.6],
      [4.5, 4.2],
      [7, 5.6],
      [10, 7.6],
    ],
    rarity: [
      [3, 0],
      [6, 0],
      [8, 0],
      [9.5, 0.5],
      [11, 0.8],
      [13, 2.9],
    ],
    text: [
      [2, 0],
      [5, 1.7],
      [10, 4.4],
    ],
    next: [
      [5, 0.4],
      [8, 2.5],
      [10, 3.6],
      [13, 5.2],
      [20, 9],
    ],
    order: [
      [5, 0.4],
      [8, 2.4],
      [10, 3.8],
      [13, 4.6],
      [20, 8.5],
    ],
    session: [
      [5, 2.2],
      [8, 4.4],
      [10, 5.8],
      [13, 7.5],
      [20, 11.4],
    ],
    'session:model': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    'session:slow': [
      [5, 0],
      [8, 1.6],
      [10, 2.6],
      [13, 4.1],
      [20, 8],
    ],
    'value:number': [
      [5, 0.2],
      [8, 2],
      [10, 3.5],
      [13, 5.5],
      [20, 9.4],
    ],
    'value:category': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    value: [
      [5, 0.6],
      [8, 2.6],
      [10, 2.6],
      [13, 4.2],
      [20, 8],
    ],
    word: [
      [5, 0],
      [8, 1.5],
      [10, 3],
      [13, 5],
      [20, 8.8],
    ],
    gap: [
      [5, 0],
      [8, 0.7],
      [10, 1.2],
      [13, 2.9],
      [20, 7.2],
    ],
    silence: [
      [5, 0.4],
      [8, 2.4],
      [10, 3.7],
      [13, 5.5],
      [20, 9.4],
    ],
    rate: [
      [5, 0],
      [8, 1.4],
      [10, 2.2],
      [13, 3.6],
      [20, 7],
    ],
    failing: [
      [0.25, 8],
      [1, 12],
    ],
  },
  strong: 1.7,
  crowd: 0.7,
};
