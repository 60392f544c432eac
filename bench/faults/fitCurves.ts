import {
  evidenceWeights,
  type Curve,
  type EvidenceWeights,
} from '../../src/engine/detect/evidenceWeights.ts';
import type { Claim } from '../../src/engine/detect/fuse.ts';
import type { Example } from './examples.ts';

const detectorBends = [5, 8, 10, 13, 20];

/** Where the curve of each kind of evidence may bend. */
const bends: Readonly<Record<string, readonly number[]>> = {
  severity: [0.5, 1.5, 3, 4.5, 7, 10],
  rarity: [3, 6, 8, 9.5, 11, 13],
  raised: [3, 6, 8, 9.5, 11, 13],
  text: [2, 5, 10],
  ...Object.fromEntries(
    [
      'next',
      'order',
      'session',
      'session:model',
      'session:slow',
      'value:number',
      'value:category',
      'value',
      'word',
      'repeat',
      'lines:trace',
      'lines',
      'gap',
      'silence',
      'rate',
      'pace',
      'other',
    ].map((kind) => [kind, detectorBends]),
  ),
};

/** The curve that a claim is read from. */
function curveOf({ kind }: Claim): string {
  const [detector = ''] = kind.split(':');
  return kind in bends ? kind : detector in bends ? detector : 'other';
}

const doubtBends = [6, 11, 14, 17];

/** What a claimed bit is worth before anything was measured, and from where on. */
const faceValue = 0.55;
/** Bits of doubt before anything was measured. */
const startingDoubt = 2;
/** How it grows from one bend to the next, likewise: in a short log there is little to look at. */
const growingDoubt = [2.5, 0.5, 0.5];
/** Chosen, not fitted: generated logs hold no crowds, real ones do. */
const crowdCost = 0.7;
/** How strongly curves are held to that: as some six hundred examples would. */
const holding = 1;
const rounds = 4000;
const rate = 0.05;

interface Parameter {
  readonly curve: string;
  /** Height of the step before anything was measured. */
  readonly expected: number;
  /** Share of this step that a claim has taken, 0..1. */
  readonly share: (example: Example) => number;
}

function along(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}

function parametersOf(): Parameter[] {
  const list: Parameter[] = [
    { curve: 'doubt', expected: startingDoubt, share: () => -1 },
    ...doubtBends.slice(1).map((to, index): Parameter => ({
      curve: 'doubt',
      expected: growingDoubt[index]!,
      share: (example) => -along(example.log2Records, doubtBends[index]!, to),
    })),
    {
      curve: 'strong',
      expected: 1,
      share: ({ claims }) => Number(claims.some((claim) => claim.strong)),
    },
  ];
  for (const [curve, points] of Object.entries(bends)) {
    const taken = ({ claims }: Example, of: (bits: number) => number): number =>
      claims
        .filter((claim) => curveOf(claim) === curve)
        .reduce((sum, { bits }) => sum + of(bits), 0);
    list.push({
      curve,
      expected: 0,
      share: (example) => taken(example, (bits) => Number(bits >= points[0]!)),
    });
    for (let index = 1; index < points.length; index += 1) {
      const [from, to] = [points[index - 1]!, points[index]!];
      list.push({
        curve,
        expected: (to - from) * faceValue,
        share: (example) => taken(example, (bits) => along(bits, from, to)),
      });
    }
  }
  return list;
}

/**
 * Logistic regression in log odds to the base 2 with steps that are never negative, so that more
 * evidence never counts less (projected Adam, Kingma & Ba 2015).
 */
export function fitCurves(examples: readonly Example[]): EvidenceWeights {
  const parameters = parametersOf();
  const rows = examples.map((example) => parameters.map(({ share }) => share(example)));
  const crowds = examples.map(({ claims }) =>
    claims.reduce((sum, { crowd }) => sum + crowd * crowdCost, 0),
  );
  const steps = Float64Array.from(parameters, ({ expected }) => expected);
  const first = new Float64Array(parameters.length);
  const second = new Float64Array(parameters.length);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 1; round <= rounds; round += 1) {
    const slope = new Float64Array(parameters.length);
    for (const [index, row] of rows.entries()) {
      let bits = -crowds[index]!;
      for (let at = 0; at < row.length; at += 1) bits += row[at]! * steps[at]!;
      const { hit, weight } = examples[index]!;
      const error = (1 / (1 + 2 ** -bits) - Number(hit)) * weight;
      for (let at = 0; at < row.length; at += 1) slope[at] = slope[at]! + error * row[at]!;
    }
    for (let at = 0; at < steps.length; at += 1) {
      const gradient =
        slope[at]! / total + (holding / 200) * (steps[at]! - parameters[at]!.expected);
      first[at] = 0.9 * first[at]! + 0.1 * gradient;
      second[at] = 0.999 * second[at]! + 0.001 * gradient * gradient;
      const mean = first[at]! / (1 - 0.9 ** round);
      const size = Math.sqrt(second[at]! / (1 - 0.999 ** round)) + 1e-8;
      steps[at] = Math.max(0, steps[at]! - (rate * mean) / size);
    }
  }
  const stepsOf = (curve: string): number[] =>
    [...steps].filter((_, index) => parameters[index]!.curve === curve);
  const summed = (points: readonly number[], increments: readonly number[]): Curve => {
    let sum = 0;
    return points.map((point, index): readonly [number, number] => {
      sum += increments[index]!;
      return [point, Math.round(sum * 10) / 10];
    });
  };
  return {
    doubt: summed(doubtBends, stepsOf('doubt')),
    curves: {
      ...Object.fromEntries(
        Object.entries(bends).map(([curve, points]) => [curve, summed(points, stepsOf(curve))]),
      ),
      failing: evidenceWeights.curves['failing'] ?? [],
    },
    strong: Math.round(stepsOf('strong')[0]! * 10) / 10,
    crowd: crowdCost,
  };
}
