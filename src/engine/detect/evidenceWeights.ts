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
    [6, 1.3],
    [11, 3.1],
    [14, 3.1],
    [17, 3.1],
  ],
  curves: {
    severity: [
      [0.5, 0],
      [1.5, 0],
      [3, 1.1],
      [4.5, 3.3],
      [7, 4.8],
      [10, 6.6],
    ],
    rarity: [
      [3, 0],
      [6, 0],
      [8, 0],
      [9.5, 0.3],
      [11, 0.6],
      [13, 2.7],
    ],
    raised: [
      [3, 0],
      [6, 0.4],
      [8, 0.9],
      [9.5, 1.6],
      [11, 2.3],
      [13, 3.4],
    ],
    text: [
      [2, 0],
      [5, 1.7],
      [10, 4.4],
    ],
    next: [
      [5, 0.2],
      [8, 2.1],
      [10, 3.1],
      [13, 4.7],
      [20, 8.5],
    ],
    order: [
      [5, 0.3],
      [8, 2.2],
      [10, 3.6],
      [13, 4.5],
      [20, 8.3],
    ],
    session: [
      [5, 2],
      [8, 4.1],
      [10, 5.5],
      [13, 7.3],
      [20, 11.1],
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
      [8, 1.5],
      [10, 2.5],
      [13, 4],
      [20, 7.9],
    ],
    'value:number': [
      [5, 0.1],
      [8, 1.9],
      [10, 3.3],
      [13, 5.2],
      [20, 9.2],
    ],
    'value:category': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    value: [
      [5, 1],
      [8, 2.6],
      [10, 2.6],
      [13, 4.2],
      [20, 8.1],
    ],
    word: [
      [5, 0],
      [8, 1.4],
      [10, 2.8],
      [13, 4.8],
      [20, 8.6],
    ],
    'lines:trace': [
      [5, 0.3],
      [8, 2.2],
      [10, 3.6],
      [13, 5.5],
      [20, 9.4],
    ],
    lines: [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    gap: [
      [5, 0],
      [8, 0.4],
      [10, 0.7],
      [13, 2.3],
      [20, 6.6],
    ],
    silence: [
      [5, 0.3],
      [8, 2.3],
      [10, 3.6],
      [13, 5.4],
      [20, 9.3],
    ],
    rate: [
      [5, 0],
      [8, 1.3],
      [10, 2],
      [13, 3.3],
      [20, 6.7],
    ],
    failing: [
      [0.25, 8],
      [1, 12],
    ],
  },
  strong: 1.6,
  crowd: 0.7,
};
