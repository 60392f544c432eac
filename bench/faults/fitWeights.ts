/**
 * Fits what evidence is worth on the development halves and shows how it holds on the others.
 * Usage: npm run bench -- fitWeights
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceWeights } from '../../src/engine/detect/evidenceWeights.ts';
import { evidenceWeights } from '../../src/engine/detect/evidenceWeights.ts';
import { scoreOf, worth } from '../../src/engine/detect/fuse.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { dataFolder } from '../../src/eval/data/files.ts';
import { labelledSessions } from '../../src/eval/data/labelledSessions.ts';
import { readAlertLines } from '../../src/eval/data/parsedLogs.ts';
import { logStyles } from '../../src/eval/faults/allStyles.ts';
import { generateLog } from '../../src/eval/faults/generateLog.ts';
import { cleanText, everyKind, plantFaults } from '../../src/eval/faults/plantFaults.ts';
import { judgeLog } from '../../src/eval/faults/scoreFaults.ts';
import { brier, calibrationError, reliabilityBins } from '../../src/eval/metrics/reliability.ts';
import { cleanWeight, examplesOf, type CandidateLines, type Example } from './examples.ts';
import { fitCurves } from './fitCurves.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const quick = process.argv.includes('--quick');

const decoded = (name: string, text: string): ReturnType<typeof decodeLog> =>
  decodeLog(name, new TextEncoder().encode(text));

/** Candidates of generated logs, with and without faults; other seeds than those that are published. */
async function planted(half: 0 | 1): Promise<Example[]> {
  const examples: Example[] = [];
  const styles = logStyles.filter((_, index) => index % 2 === half);
  for (const style of styles) {
    for (const [lines, perKind] of [
      [2500, 1],
      [10_000, 2],
    ] as const) {
      for (const seed of quick ? [101] : [101, 102, 103]) {
        const base = generateLog(style, lines, seed * 77 + lines);
        const clean = await examplesOf(decoded('clean', cleanText(base)), 'clean', (list) =>
          list.map(() => false),
        );
        const { text, faults } = plantFaults(base, everyKind, perKind, seed);
        const faulty = await examplesOf(decoded('faulty', text), 'planted', (list) => {
          const { findings } = judgeLog(
            text.split('\n').length,
            faults,
            list.map((one) => ({
              ...one,
              cited: [],
              score: 0,
              marked: true,
              high: true,
              family: null,
            })),
          );
          return findings.map((finding) => finding.faults.length > 0);
        });
        examples.push(...clean, ...faulty);
      }
    }
  }
  return examples;
}

/** Most lines of a candidate are of that kind; null where it begins in the other half. */
function mostly({ line, repeats }: CandidateLines, isTrue: (line: number) => boolean): boolean {
  const lines = repeats.length > 0 ? repeats : [line];
  return lines.filter(isTrue).length * 2 > lines.length;
}

async function labelled(folder: string, half: 0 | 1): Promise<Example[]> {
  const examples: Example[] = [];
  const hub = join(folder, 'loghub_2k');
  if (existsSync(hub)) {
    for (const { bytes, alerts } of readAlertLines(hub)) {
      const log = decodeLog('alerts', bytes);
      const middle = alerts.length / 2;
      const found = await examplesOf(log, 'alert lines', (list) =>
        list.map((one) =>
          Number(one.line > middle) === half ? mostly(one, (line) => alerts[line - 1] === 1) : null,
        ),
      );
      examples.push(...found);
    }
  }
  const blocks = join(folder, 'hdfs_2pct');
  if (existsSync(blocks)) {
    const { log, anomalous } = labelledSessions(blocks);
    const bad = Buffer.from(log.bytes)
      .toString('utf8')
      .split('\n')
      .map((line) => anomalous.get(/blk_-?\d+/.exec(line)?.[0] ?? '') === true);
    const found = await examplesOf(log, 'sessions', (list) =>
      list.map((one) =>
        Number(one.line > bad.length / 2) === half ? mostly(one, (line) => bad[line - 1]!) : null,
      ),
    );
    examples.push(...found);
  }
  return examples;
}

/** Sets of few candidates count as much as a fifth of the generated ones. */
function balanced(examples: readonly Example[]): Example[] {
  const sizes = new Map<string, number>();
  for (const { group } of examples) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const planted = (sizes.get('planted') ?? 0) + (sizes.get('clean') ?? 0);
  return examples.map((example) =>
    example.group === 'planted' || example.group === 'clean'
      ? example
      : { ...example, weight: Math.min(1.5, planted / 5 / sizes.get(example.group)!) },
  );
}

function show(title: string, examples: readonly Example[], weights: EvidenceWeights): void {
  const judged = examples.flatMap((example) => {
    const bits = example.claims.reduce((sum, claim) => sum + worth(weights, claim), 0);
    const score = scoreOf(weights, bits, 2 ** example.log2Records);
    const copies = example.group === 'clean' ? cleanWeight : 1;
    return Array.from({ length: copies }, () => ({ score, hit: example.hit }));
  });
  const high = judged.filter(({ score }) => score >= 0.8);
  const hits = high.filter(({ hit }) => hit).length;
  say(
    `${title}: ${judged.length} candidates, ${judged.filter(({ hit }) => hit).length} true; high ${high.length}, of them true ${(hits / Math.max(1, high.length)).toFixed(3)}; Brier ${brier(judged).toFixed(3)}, ECE ${calibrationError(judged).toFixed(3)}`,
  );
  say(
    `   ${reliabilityBins(judged)
      .map(
        ({ count, claimed, observed }) => `${claimed.toFixed(2)}→${observed.toFixed(2)} (${count})`,
      )
      .join('  ')}`,
  );
}

const folder = dataFolder();
const halves: Example[][] = [];
for (const half of [0, 1] as const) {
  halves.push([...(await planted(half)), ...(folder === null ? [] : await labelled(folder, half))]);
}
const [development, other] = halves as [Example[], Example[]];
const fitted = fitCurves(balanced(development));
for (const [name, weights] of [
  ['as it stands', evidenceWeights],
  ['fitted anew', fitted],
] as const) {
  say(name);
  for (const [half, examples] of [
    ['development', development],
    ['other', other],
  ] as const) {
    show(` ${half}`, examples, weights);
    for (const group of ['planted', 'clean', 'alert lines', 'sessions']) {
      show(
        `   ${group}`,
        examples.filter((example) => example.group === group),
        weights,
      );
    }
  }
}
say(JSON.stringify(fitted));
