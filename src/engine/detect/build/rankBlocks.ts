import { BlockFeatures, featureNames } from './blockFeatures.ts';
import { blockLines } from './blockSpan.ts';
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
  /** Probability that the ranking gives to this block and those that overlap it, 0..1. */
  readonly mass: number;
  /** Bits that each feature adds above the average block of this run, in the order of `featureNames`. */
  readonly bits: Float64Array;
}

const shippedWeights = Float64Array.from(featureNames, (name) => blockWeights[name] ?? 0);

/**
 * Ranks the blocks of the failing regions with a conditional logit (McFadden, 1974): each candidate
 * block gets the linear score of its features, and the probability of a block is the softmax over
 * the run. Picks are greedy and do not overlap.
 * @param weights nats of each feature, in the order of `featureNames`
 */
export function rankBlocks(
  run: BuildRun,
  limit: number,
  weights: Float64Array = shippedWeights,
): RankedBlock[] {
  const width = featureNames.length;
  const parts = run.regions.map((region) => new BlockFeatures(region));
  const total = parts.reduce((sum, part) => sum + part.starts.length, 0);
  if (total === 0) return [];
  const scores = new Float64Array(total);
  const firsts = new Int32Array(total);
  const ends = new Int32Array(total);
  const regionOf = new Uint8Array(total);
  const mean = new Float64Array(width);
  const row = new Float64Array(width);
  let at = 0;
  let best = -Infinity;
  parts.forEach((part, region) => {
    const offset = run.regions[region]!.first;
    part.starts.forEach((start, index) => {
      part.fill(start, row);
      let score = 0;
      for (let k = 0; k < width; k += 1) {
        score += weights[k]! * row[k]!;
        mean[k]! += row[k]! / total;
      }
      scores[at] = score;
      firsts[at] = offset + start;
      ends[at] = offset + part.ends[index]!;
      regionOf[at] = region;
      if (score > best) best = score;
      at += 1;
    });
  });
  let norm = 0;
  for (const score of scores) norm += Math.exp(score - best);
  const picks: RankedBlock[] = [];
  const taken = new Uint8Array(total);
  /** A candidate supports the best block that it overlaps, and no other. */
  const claimed = (index: number): number => {
    if (taken[index] === 1) return 0;
    taken[index] = 1;
    return Math.exp(scores[index]! - best);
  };
  for (const index of topCandidates(scores, limit * blockLines * 20)) {
    const first = firsts[index]!;
    const end = ends[index]!;
    if (picks.some((pick) => pick.first < end && first < pick.end)) continue;
    const region = regionOf[index]!;
    parts[region]!.fill(first - run.regions[region]!.first, row);
    const bits = new Float64Array(width);
    for (let k = 0; k < width; k += 1) {
      bits[k] = (weights[k]! * (row[k]! - mean[k]!)) / Math.LN2;
    }
    let mass = 0;
    for (let i = index; i >= 0 && firsts[i]! > first - blockLines; i -= 1) {
      if (ends[i]! > first) mass += claimed(i);
    }
    for (let i = index + 1; i < total && firsts[i]! < end; i += 1) mass += claimed(i);
    picks.push({ first, end, region, mass: mass / norm, bits });
    if (picks.length === limit) break;
  }
  return picks;
}

/** Indexes of the best scores, best first; ties keep file order. */
function topCandidates(scores: Float64Array, limit: number): number[] {
  const sorted = Float64Array.from(scores).sort();
  const least = sorted[Math.max(0, sorted.length - limit)]!;
  const top: number[] = [];
  scores.forEach((score, index) => {
    if (score >= least && top.length < limit * 2) top.push(index);
  });
  return top.sort((a, b) => scores[b]! - scores[a]! || a - b);
}
