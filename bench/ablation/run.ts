/**
 * One variant of the ablation: the figures that depend on detectors, as JSON on stdout. What is left
 * out is decided when this is bundled (bench/run.mjs), so that the engine needs no switch for it.
 * Usage: ablation.mjs none|hashing|model lines|sessions|both
 */
import { join } from 'node:path';
import { readView } from '../../src/engine/analysis/readView.ts';
import { nullLog } from '../../src/engine/base/log.ts';
import { scoreSessions } from '../../src/engine/detect/sessionScores.ts';
import type { Embedder } from '../../src/engine/embed/embedder.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import { openEmbedder } from '../../src/engine/embed/openEmbedder.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { lineScores } from '../../src/eval/benchmarks/alertLines.ts';
import { dataFolder, logsIn, readLog } from '../../src/eval/data/files.ts';
import { labelledSessions } from '../../src/eval/data/labelledSessions.ts';
import { readAlertLines, systemsIn } from '../../src/eval/data/parsedLogs.ts';
import { logStyles } from '../../src/eval/faults/allStyles.ts';
import { generateLog } from '../../src/eval/faults/generateLog.ts';
import { everyKind, plantFaults } from '../../src/eval/faults/plantFaults.ts';
import { scored } from '../../src/eval/faults/runFaults.ts';
import type { JudgedLog } from '../../src/eval/faults/scoreFaults.ts';
import { figuresAtRate, figuresMarked, judgeLog } from '../../src/eval/faults/scoreFaults.ts';
import { flagging, ranking } from '../../src/eval/metrics/ranking.ts';
import { mean } from '../../src/eval/rows.ts';
import { scan } from '../../src/eval/scan.ts';
import type { VariantFigures } from './figures.ts';

const seeds = [1, 2, 3, 4, 5];
const faultLines = 2000;

async function alertLines(
  data: string,
  embedder: Embedder | null,
): Promise<Partial<VariantFigures>> {
  const [system] = readAlertLines(join(data, 'loghub_2k'));
  if (system === undefined) return {};
  const { bytes, alerts } = system;
  const all: number[] = [];
  // Nothing here depends on a seed but what looks at vectors.
  for (const seed of embedder === null ? seeds.slice(0, 1) : seeds) {
    const { findings } = await scan(decodeLog('lines', bytes), { seed }, embedder);
    all.push(ranking(lineScores(findings, alerts.length), alerts).ap);
  }
  return { alertAp: mean(all) };
}

async function ordinary(data: string, embedder: Embedder | null): Promise<Partial<VariantFigures>> {
  let high = 0;
  let marked = 0;
  const hub = join(data, 'loghub_2k');
  for (const system of systemsIn(hub)) {
    const folder = join(hub, system);
    const { findings } = await scan(readLog(join(folder, logsIn(folder)[0] ?? '')), {}, embedder);
    high += findings.filter(({ severity }) => severity === 'high').length;
    marked += findings.filter(({ severity }) => severity !== 'low').length;
  }
  return { ordinaryHigh: high, ordinaryMarked: marked };
}

async function faults(embedder: Embedder | null): Promise<Partial<VariantFigures>> {
  const judged: JudgedLog[] = [];
  for (const [index, style] of logStyles.entries()) {
    // Two of the seeds for each style, all five over the styles.
    for (const seed of [(index % 5) + 1, ((index + 2) % 5) + 1]) {
      const base = generateLog(style, faultLines, seed * 1000 + faultLines);
      const faulty = plantFaults(base, everyKind, 1, seed);
      const log = decodeLog(`${base.name}.log`, new TextEncoder().encode(faulty.text));
      const { findings } = await scan(log, { seed }, embedder);
      judged.push(judgeLog(log.lineCount, faulty.faults, findings.map(scored)));
    }
  }
  const marked = figuresMarked(judged);
  return {
    faultRecall: figuresAtRate(judged, 1).macroRecall,
    faultMarked: marked.macroRecall,
    faultFalse: marked.falsePer10k,
  };
}

async function sessions(data: string): Promise<Partial<VariantFigures>> {
  const { log, anomalous } = labelledSessions(join(data, 'hdfs_2pct'));
  const view = await readView(log, {});
  const aps: number[] = [];
  const f1s: number[] = [];
  for (const seed of seeds) {
    const scores = await scoreSessions(view, { seed });
    const labels = scores.map(({ id }) => Number(anomalous.get(id) ?? false));
    aps.push(
      ranking(
        scores.map(({ score }) => score),
        labels,
      ).ap,
    );
    f1s.push(
      flagging(
        scores.map(({ flagged }) => flagged),
        labels,
      ).f1,
    );
  }
  return { sessionAp: mean(aps), sessionF1: mean(f1s) };
}

const [kind = 'none', what = 'both'] = process.argv.slice(2);
const data = dataFolder() ?? '';
const opened =
  kind === 'model'
    ? await openEmbedder({
        modelsDir: 'models',
        cacheDir: '.cache/bench/vectors',
        cores: 1,
        log: nullLog,
      })
    : null;
const embedder = opened?.embedder ?? (kind === 'hashing' ? hashingEmbedder : null);
const figures: Partial<VariantFigures> = {
  ...(what === 'sessions' ? {} : await alertLines(data, embedder)),
  ...(what === 'sessions' ? {} : await ordinary(data, embedder)),
  ...(await faults(embedder)),
  ...(what === 'lines' ? {} : await sessions(data)),
};
await opened?.close();
process.stdout.write(JSON.stringify(figures));
