import { blockLines, candidateBlocks, featureNames } from './blockFeatures.ts';
import { blockWeights } from './blockWeights.ts';
import type { BuildRun } from './readBuild.ts';

/** A block of lines that may say why the build failed. */
export interface RankedBlock {
  /** 0-based first line in the log. */
  readonly first: number;
  /** One past the last line. */
  readonly end: number;
  /** Index of its region in the run. */
  readonly region: number;
  /** Probability mass that the ranking gives to blocks overlapping this one, 0..1. */
  readonly mass: number;
  /** Bits that each feature adds above the average block of this run, in the order of `featureNames`. */
  readonly bits: Float64Array;
}

const weights = Float64Array.from(featureNames, (name) => blockWeights[name] ?? 0);

/**
 * Ranks the blocks of the failing regions with a conditional logit (McFadden, 1974): each candidate
 * block gets the linear score of its features, and the probability of a block is the softmax over
 * the run. Picks are greedy and do not overlap.
 */
export function rankBlocks(run: BuildRun, limit: number): RankedBlock[] {
  const width = featureNames.length;
  const parts = run.regions.map((region) => candidateBlocks(region));
  const total = parts.reduce((sum, part) => sum + part.starts.length, 0);
  if (total === 0) return [];
  const scores = new Float64Array(total);
  const firsts = new Int32Array(total);
  const regionOf = new Uint8Array(total);
  const mean = new Float64Array(width);
  let at = 0;
  let best = -Infinity;
  parts.forEach((part, region) => {
    for (let row = 0; row < part.starts.length; row += 1) {
      let score = 0;
      for (let k = 0; k < width; k += 1) {
        const value = part.features[row * width + k]!;
        score += weights[k]! * value;
        mean[k]! += value / total;
      }
      scores[at] = score;
      firsts[at] = run.regions[region]!.first + part.starts[row]!;
      regionOf[at] = region;
      if (score > best) best = score;
      at += 1;
    }
  });
  let norm = 0;
  for (const score of scores) norm += Math.exp(score - best);
  const order = topCandidates(scores, limit * blockLines * 4);
  const picks: RankedBlock[] = [];
  const taken = new Uint8Array(total);
  /** A candidate supports the best block that it overlaps, and no other. */
  const claimed = (index: number): number => {
    if (taken[index] === 1) return 0;
    taken[index] = 1;
    return Math.exp(scores[index]! - best);
  };
  for (const index of order) {
    const first = firsts[index]!;
    if (picks.some((pick) => Math.abs(pick.first - first) < blockLines)) continue;
    const region = regionOf[index]!;
    const part = parts[region]!;
    const row = index - parts.slice(0, region).reduce((sum, each) => sum + each.starts.length, 0);
    const bits = new Float64Array(width);
    for (let k = 0; k < width; k += 1) {
      bits[k] = (weights[k]! * (part.features[row * width + k]! - mean[k]!)) / Math.LN2;
    }
    let mass = 0;
    for (let i = index; i >= 0 && firsts[i]! > first - blockLines; i -= 1) {
      if (regionOf[i] !== region) break;
      mass += claimed(i);
    }
    for (let i = index + 1; i < total && firsts[i]! < first + blockLines; i += 1) {
      if (regionOf[i] !== region) break;
      mass += claimed(i);
    }
    const regionEnd = run.regions[region]!.region.end;
    const end = Math.min(first + blockLines, regionEnd);
    picks.push({ first, end, region, mass: mass / norm, bits });
    if (picks.length === limit) break;
  }
  return picks;
}

/** Indexes of the best scores, best first; ties keep file order. */
function topCandidates(scores: Float64Array, limit: number): number[] {
  const order = Array.from(scores.keys());
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.slice(0, Math.max(limit, 2000));
}
