import { join } from 'node:path';
import { BlockFeatures, featureNames } from '../../src/engine/detect/build/blockFeatures.ts';
import { rankBlocks } from '../../src/engine/detect/build/rankBlocks.ts';
import { readBuild } from '../../src/engine/detect/build/readBuild.ts';
import type { BuildRun } from '../../src/engine/detect/build/readBuild.ts';
import { seededRandom } from '../../src/engine/base/random.ts';
import { dataFolder } from '../../src/eval/data/files.ts';
import { labelledLogs } from '../../src/eval/data/buildLogs.ts';
import type { LabelledLog } from '../../src/eval/data/buildLogs.ts';

/**
 * Fits the weights of `blockWeights.ts` on the development projects and prints them, after the
 * figures of a cross-validation that leaves whole projects out. A conditional logit over the blocks
 * of each log: the likelihood is the probability of all blocks that touch the label. Weights are
 * pulled towards `prior`, what a reader of builds expects of each shape, and never take the
 * opposite sign, so that twenty projects cannot teach a habit of their own. Adam (Kingma and Ba,
 * 2015), full batch.
 */
const prior: Readonly<Record<string, number>> = {
  'in:expectation': 1,
  'in:cause': 1,
  'in:location': 0.8,
  'in:caret': 0.6,
  'in:frame': 0.3,
  'in:assertion': 0.6,
  'in:heading': 0.7,
  'in:failWord': 0.4,
  'in:errorPrefix': 0.8,
  'in:exception': 0.6,
  'in:errorCode': 0.5,
  'in:failToken': 0.4,
  'in:excerpt': 0.3,
  'in:ok': -0.5,
  'in:consequence': -0.3,
  'in:progress': -0.4,
  'in:negated': -0.3,
  'in:warning': -0.4,
  'in:infoLevel': -0.5,
  commonness: -0.2,
  elsewhere: -0.6,
  laterRegion: -0.2,
  evidenceBefore: -0.2,
  consequenceAfter: 0.4,
  linesToEnd: -0.15,
  strongLines: 0.6,
  endsClose: 0.4,
  endsNearSilent: 2,
};

const width = featureNames.length;
const strength = 5;
const rounds = 80;
const folds = 6;
/** Blocks of a log that take part beside those that touch the label: about this many, and its last ones. */
const sampledBlocks = 250;
const lastBlocks = 40;
/** Below this a feature hardly varies, and its weight must not grow with its scale. */
const leastVariance = 0.02;

interface Choice {
  readonly log: LabelledLog;
  readonly run: BuildRun;
  readonly weight: number;
  readonly rows: Float64Array[];
  readonly right: boolean[];
}

function choiceOf(log: LabelledLog, logsOfProject: number, random: () => number): Choice {
  const rows: Float64Array[] = [];
  const rights: boolean[] = [];
  const run = readBuild(log.log);
  const parts = run.regions.map((region) => ({ region, blocks: new BlockFeatures(region) }));
  const total = parts.reduce((sum, part) => sum + part.blocks.starts.length, 0);
  let seen = 0;
  for (const { region, blocks } of parts) {
    for (const [index, start] of blocks.starts.entries()) {
      seen += 1;
      const right = touches(log, region.first + start, region.first + blocks.ends[index]!);
      const sampled = random() < sampledBlocks / total || seen > total - lastBlocks;
      if (!right && !sampled) continue;
      const row = new Float64Array(width);
      blocks.fill(start, row);
      rows.push(row);
      rights.push(right);
    }
  }
  // Logs of one project repeat each other: more of them teach more, but not in proportion.
  return { log, run, weight: logsOfProject ** -0.7, rows, right: rights };
}

/** @param first 0-based; @param end exclusive */
function touches(log: LabelledLog, first: number, end: number): boolean {
  return first < log.lastLine && end >= log.firstLine;
}

function deviations(choices: readonly Choice[]): Float64Array {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (const { rows } of choices) {
    for (const row of rows) {
      row.forEach((value, k) => {
        mean[k]! += value / rows.length / choices.length;
        square[k]! += value ** 2 / rows.length / choices.length;
      });
    }
  }
  return square.map((value, k) => Math.sqrt(Math.max(leastVariance, value - mean[k]! ** 2)));
}

function gradient(
  weights: Float64Array,
  { weight, rows, right }: Choice,
  into: Float64Array,
): void {
  const scores = rows.map((row) => row.reduce((sum, value, k) => sum + weights[k]! * value, 0));
  const best = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - best));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const hit = shares.reduce((sum, share, i) => sum + (right[i] === true ? share : 0), 0);
  if (hit === 0) return;
  rows.forEach((row, i) => {
    const pull = weight * ((right[i] === true ? shares[i]! / hit : 0) - shares[i]! / all);
    if (Math.abs(pull) < 1e-6) return;
    for (let k = 0; k < width; k += 1) into[k]! += pull * row[k]!;
  });
}

function fit(choices: readonly Choice[]): Float64Array {
  const scale = deviations(choices);
  const centre = Float64Array.from(featureNames, (name, k) => (prior[name] ?? 0) * scale[k]!);
  const scaled = new Float64Array(width);
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  for (let round = 1; round <= rounds; round += 1) {
    const slope = new Float64Array(width);
    const weights = scaled.map((value, k) => value / scale[k]!);
    for (const choice of choices) gradient(weights, choice, slope);
    const rate = round > rounds * 0.75 ? 0.015 : 0.05;
    for (let k = 0; k < width; k += 1) {
      const step = slope[k]! / scale[k]! - strength * (scaled[k]! - centre[k]!);
      first[k] = 0.9 * first[k]! + 0.1 * step;
      second[k] = 0.999 * second[k]! + 0.001 * step ** 2;
      const spread = Math.sqrt(second[k]! / (1 - 0.999 ** round)) + 1e-8;
      scaled[k]! += (rate * (first[k]! / (1 - 0.9 ** round))) / spread;
      if (scaled[k]! * centre[k]! < 0) scaled[k] = 0;
    }
  }
  return scaled.map((value, k) => value / scale[k]!);
}

/** Rank of the first block that touches the label, 0 is the best; Infinity beyond the fifth. */
function rankOf({ log, run }: Choice, weights: Float64Array): number {
  const blocks = rankBlocks(run, 5, weights);
  const rank = blocks.findIndex(({ first, end }) => touches(log, first, end));
  return rank < 0 ? Infinity : rank;
}

function crossValidated(choices: readonly Choice[]): number[] {
  const projects = [...new Set(choices.map(({ log }) => log.project))].sort();
  return Array.from({ length: folds }, (_, fold) => {
    const left = new Set(projects.filter((_project, index) => index % folds === fold));
    const weights = fit(choices.filter(({ log }) => !left.has(log.project)));
    return choices
      .filter(({ log }) => left.has(log.project))
      .map((choice) => rankOf(choice, weights));
  }).flat();
}

function shares(ranks: readonly number[]): string {
  return [1, 3, 5]
    .map((cut) => (ranks.filter((rank) => rank < cut).length / ranks.length).toFixed(3))
    .join(' / ');
}

function main(): void {
  const root = dataFolder();
  if (root === null) {
    console.log('logchunks: no data; set FAULTLINE_DATA. Nothing fitted.');
    return;
  }
  const logs = labelledLogs(join(root, 'logchunks')).filter((log) => log.half === 'dev');
  const random = seededRandom(1);
  const counts = new Map<string, number>();
  for (const { project } of logs) counts.set(project, (counts.get(project) ?? 0) + 1);
  const choices = logs.map((log) => choiceOf(log, counts.get(log.project) ?? 1, random));
  console.error(`projects left out, first 1 / 3 / 5 blocks: ${shares(crossValidated(choices))}`);
  const weights = fit(choices);
  const named = featureNames.map((name, k) => [name, Number(weights[k]!.toFixed(3))] as const);
  console.log(
    JSON.stringify(Object.fromEntries(named.filter(([, value]) => value !== 0)), null, 2),
  );
}

main();
