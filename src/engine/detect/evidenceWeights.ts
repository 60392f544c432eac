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
 * Fitted by `bench/faults/fitWeights.ts` on 2026-11-21: a logistic regression with steps that are
 * never negative, held to half the face value where little is known. Development: generated logs of
 * every second style, with and without planted faults, and the first halves of labelled lines and
 * sessions. At high 96 % were true there, 95 % on the other halves. `failing`, `instruction` and `crowd` are chosen.
 */
export const evidenceWeights: EvidenceWeights = {
  doubt: [
    [6, 1],
    [11, 2.6],
    [14, 3],
    [17, 3.3],
  ],
  curves: {
    severity: [
      [0.5, 0],
      [1.5, 0],
      [3, 1.4],
      [4.5, 3.4],
      [7, 4.9],
      [10, 6.7],
    ],
    rarity: [
      [3, 0],
      [6, 0],
      [8, 0],
      [9.5, 0],
      [11, 0.3],
      [13, 1.7],
    ],
    raised: [
      [3, 0],
      [6, 0.4],
      [8, 0.8],
      [9.5, 1.4],
      [11, 2.2],
      [13, 3.3],
    ],
    text: [
      [2, 0],
      [5, 1.7],
      [10, 4.4],
    ],
    next: [
      [5, 0.6],
      [8, 2.8],
      [10, 4.7],
      [13, 6.3],
      [20, 10.2],
    ],
    order: [
      [5, 0.6],
      [8, 2.8],
      [10, 4.4],
      [13, 5.8],
      [20, 9.6],
    ],
    session: [
      [5, 1.5],
      [8, 4.4],
      [10, 6],
      [13, 7.7],
      [20, 11.6],
    ],
    'session:model': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    'session:slow': [
      [5, 0.2],
      [8, 2.1],
      [10, 3.4],
      [13, 5.2],
      [20, 9.2],
    ],
    'value:number': [
      [5, 0.1],
      [8, 1.9],
      [10, 3.3],
      [13, 5.2],
      [20, 9.1],
    ],
    'value:category': [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    value: [
      [5, 0.7],
      [8, 2.5],
      [10, 2.7],
      [13, 4.4],
      [20, 8.3],
    ],
    word: [
      [5, 0],
      [8, 1.4],
      [10, 2.7],
      [13, 4.6],
      [20, 8.4],
    ],
    repeat: [
      [5, 1.3],
      [8, 3.9],
      [10, 5],
      [13, 6.6],
      [20, 10.5],
    ],
    'lines:trace': [
      [5, 0.2],
      [8, 2.1],
      [10, 3.4],
      [13, 5.2],
      [20, 9.1],
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
      [8, 0.6],
      [10, 0.9],
      [13, 2.3],
      [20, 6.3],
    ],
    silence: [
      [5, 0.2],
      [8, 2.1],
      [10, 3.3],
      [13, 5],
      [20, 8.9],
    ],
    rate: [
      [5, 0],
      [8, 1.4],
      [10, 2.2],
      [13, 3.5],
      [20, 7.1],
    ],
    pace: [
      [5, 0],
      [8, 1.4],
      [10, 2.3],
      [13, 3.8],
      [20, 7.4],
    ],
    other: [
      [5, 0],
      [8, 1.7],
      [10, 2.8],
      [13, 4.4],
      [20, 8.3],
    ],
    instruction: [
      [8, 0],
      [12, 8],
    ],
    failing: [
      [0.25, 8],
      [1, 12],
    ],
  },
  strong: 1.6,
  crowd: 0.7,
};
