/** Points of a curve, ascending: straight between them, level beyond the last. */
export type Curve = readonly (readonly [number, number])[];

/** What evidence is worth, in bits, so that the bits of a finding add up to its chance of being true. */
export interface EvidenceWeights {
  /** Bits that every finding must outweigh, by log2 of the log's records: long logs offer more chances. */
  readonly doubt: Curve;
  /**
   * Bits that evidence is worth, by the bits that its detector claims; nothing below the first
   * point. By kind of evidence (`kindOf`), else by the first word of it, else
   * `other`.
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
    [17, 3.2],
  ],
  curves: {
    severity: [
      [0.5, 0],
      [1.5, 0],
      [3, 1.5],
      [4.5, 4.3],
      [7, 5.5],
      [10, 7.5],
    ],
    rarity: [
      [3, 0],
      [6, 0],
      [8, 0],
      [9.5, 0],
      [11, 0],
      [13, 2],
    ],
    raised: [
      [3, 0],
      [6, 0],
      [8, 0.4],
      [9.5, 1.3],
      [11, 2],
      [13, 3.2],
    ],
    text: [
      [2, 0],
      [5, 1.7],
      [10, 4.4],
    ],
    next: [
      [5, 0.3],
      [8, 2.2],
      [10, 4],
      [13, 5.6],
      [20, 9.5],
    ],
    order: [
      [5, 0.8],
      [8, 3.3],
      [10, 5],
      [13, 5.8],
      [20, 9.6],
    ],
    session: [
      [5, 2.4],
      [8, 5.9],
      [10, 7.6],
      [13, 9.3],
      [20, 13.2],
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
      [8, 1.4],
      [10, 2.2],
      [13, 3.6],
      [20, 7.5],
    ],
    'value:number': [
      [5, 0],
      [8, 1.8],
      [10, 3.4],
      [13, 5.6],
      [20, 9.6],
    ],
    'value:category': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    value: [
      [5, 1.5],
      [8, 2.8],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    word: [
      [5, 0],
      [8, 1.2],
      [10, 3],
      [13, 5.2],
      [20, 9.1],
    ],
    repeat: [
      [5, 1.6],
      [8, 3.2],
      [10, 3.3],
      [13, 4.9],
      [20, 8.8],
    ],
    'lines:trace': [
      [5, 0.4],
      [8, 2.5],
      [10, 4],
      [13, 6.1],
      [20, 9.9],
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
      [8, 0.1],
      [10, 0.4],
      [13, 2.1],
      [20, 6.8],
    ],
    silence: [
      [5, 0.5],
      [8, 2.7],
      [10, 4.1],
      [13, 5.9],
      [20, 9.9],
    ],
    rate: [
      [5, 0],
      [8, 1.3],
      [10, 2.1],
      [13, 3.5],
      [20, 6.8],
    ],
    pace: [
      [5, 0],
      [8, 1],
      [10, 1.5],
      [13, 2.6],
      [20, 5.8],
    ],
    other: [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    failing: [
      [0.25, 8],
      [1, 12],
    ],
  },
  strong: 1.3,
  crowd: 0.7,
};
