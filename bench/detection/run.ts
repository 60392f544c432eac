/**
 * Detection measured on labelled and on ordinary logs, with the floors beside each figure.
 * Usage: npm run bench -- detection
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readView } from '../../src/engine/analysis/readView.ts';
import { scoreLogSessions } from '../../src/engine/analysis/scoreLogSessions.ts';
import { detectFindings } from '../../src/engine/detect/detectFindings.ts';
import type { Finding } from '../../src/engine/detect/finding.ts';
import type { LogView } from '../../src/engine/detect/logView.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { dataFolder, readBytes, readLog, readText } from './data.ts';
import { flagging, ranking } from './metrics.ts';

const seeds = [1, 2, 3, 4, 5];
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const figure = (value: number): string => value.toFixed(3);

function floors(
  view: LogView,
  labels: readonly number[],
  units: readonly (readonly number[])[],
): void {
  const { templates, ofRecord } = view.templates;
  const rarity = units.map((records) =>
    Math.max(...records.map((record) => 1 / templates[ofRecord[record]!]!.count)),
  );
  const fresh = units.map((records) =>
    Number(records.some((record) => templates[ofRecord[record]!]!.firstRecord === record)),
  );
  const everything = units.map(() => 1);
  const rare = ranking(rarity, labels);
  say(`  floor flag everything F1 ${figure(flagging(everything, labels).f1)}`);
  say(`  floor new event       F1 ${figure(flagging(fresh, labels).f1)}`);
  say(`  floor rarity          AP ${figure(rare.ap)} oracle F1 ${figure(rare.oracle)}`);
}

async function hdfs(folder: string): Promise<void> {
  const path = join(folder, 'hdfs_2pct');
  if (!existsSync(path)) return;
  const label = new Map(
    readText(join(path, 'anomaly_label.csv.gz'))
      .split('\n')
      .map((line) => line.trim().split(',') as [string, string]),
  );
  const log = readLog(join(path, 'HDFS.log.gz'));
  const view = await readView(log, {});
  const { sessions } = view;
  say(`hdfs_2pct: ${view.records.count} records, sessions by ${sessions.identifier}`);
  const anomalous = (id: string): number => Number(label.get(id) === 'Anomaly');
  const members = sessions.ids.map((_, session) =>
    Array.from(sessions.members.subarray(sessions.offsets[session], sessions.offsets[session + 1])),
  );
  floors(view, sessions.ids.map(anomalous), members);
  const order = members.map((_, index) => index).sort((a, b) => members[a]![0]! - members[b]![0]!);
  const firstHalf = new Set(
    order.slice(0, order.length >>> 1).map((index) => sessions.ids[index]!),
  );
  for (const seed of seeds) {
    const scores = await scoreLogSessions(log, { seed });
    for (const [name, keep] of [
      ['first half', (id: string) => firstHalf.has(id)],
      ['second half', (id: string) => !firstHalf.has(id)],
    ] as const) {
      const part = scores.filter((score) => keep(score.id));
      const labels = part.map((score) => anomalous(score.id));
      const { ap, oracle } = ranking(
        part.map((score) => score.score),
        labels,
      );
      const auto = flagging(
        part.map((score) => score.flagged),
        labels,
      );
      say(
        `  seed ${seed} ${name}: AP ${figure(ap)} oracle F1 ${figure(oracle)} automatic F1 ${figure(auto.f1)} (P ${figure(auto.precision)} R ${figure(auto.recall)})`,
      );
    }
  }
  // Normal-only training: the good sessions of the first half, as a file of their own.
  const text = Buffer.from(log.bytes).toString('utf8').split('\n');
  const goodLines: string[] = [];
  const restLines: string[] = [];
  for (const line of text) {
    const id = /blk_-?\d+/.exec(line)?.[0];
    if (id === undefined) continue;
    if (!firstHalf.has(id)) restLines.push(line);
    else if (anomalous(id) === 0) goodLines.push(line);
  }
  const encode = (lines: readonly string[]): Uint8Array =>
    new TextEncoder().encode(`${lines.join('\n')}\n`);
  const scores = await scoreLogSessions(decodeLog('rest', encode(restLines)), {
    baseline: [decodeLog('good', encode(goodLines))],
  });
  const rest = scores.filter((score) => label.has(score.id) && !firstHalf.has(score.id));
  const labels = rest.map((score) => anomalous(score.id));
  const { ap, oracle } = ranking(
    rest.map((score) => score.score),
    labels,
  );
  const auto = flagging(
    rest.map((score) => score.flagged),
    labels,
  );
  say(
    `  normal-only training, second half: AP ${figure(ap)} oracle F1 ${figure(oracle)} automatic F1 ${figure(auto.f1)} (P ${figure(auto.precision)} R ${figure(auto.recall)})`,
  );
}

/** Score of each line: that of the best finding that covers it. */
function lineScores(findings: readonly Finding[], lines: number): Float64Array {
  const scores = new Float64Array(lines);
  for (const finding of findings) {
    for (let line = finding.line; line <= finding.endLine; line += 1) {
      scores[line - 1] = Math.max(scores[line - 1]!, finding.score);
    }
    for (const line of finding.repeats)
      scores[line - 1] = Math.max(scores[line - 1]!, finding.score);
  }
  return scores;
}

async function bgl(folder: string): Promise<void> {
  const path = join(folder, 'loghub_2k', 'BGL', 'BGL_2k.log.gz');
  if (!existsSync(path)) return;
  // The first column is the label: it is cut off before anything reads the log.
  const lines = readText(path).trimEnd().split('\n');
  const labels = lines.map((line) => Number(!line.startsWith('-')));
  const bytes = new TextEncoder().encode(
    lines.map((line) => line.slice(line.indexOf(' ') + 1)).join('\n'),
  );
  const view = await readView(decodeLog('BGL', bytes), {});
  say(`BGL_2k lines (labels removed)`);
  floors(
    view,
    labels,
    labels.map((_, index) => [index]),
  );
  for (const seed of seeds.slice(0, 2)) {
    const findings = await detectFindings(view, { seed });
    const { ap, oracle } = ranking(lineScores(findings, lines.length), labels);
    const marked = lineScores(
      findings.filter((finding) => finding.severity !== 'low'),
      lines.length,
    );
    const auto = flagging(
      Array.from(marked, (score) => score > 0),
      labels,
    );
    say(
      `  seed ${seed}: AP ${figure(ap)} oracle F1 ${figure(oracle)} automatic F1 ${figure(auto.f1)} (P ${figure(auto.precision)} R ${figure(auto.recall)})`,
    );
  }
}

async function quiet(folder: string): Promise<void> {
  const paths: string[] = [];
  const hub = join(folder, 'loghub_2k');
  if (existsSync(hub)) {
    for (const system of readdirSync(hub)) paths.push(join(hub, system, `${system}_2k.log.gz`));
  }
  const plain = join(folder, 'plain');
  if (existsSync(plain)) {
    for (const name of readdirSync(plain)) if (name.endsWith('.gz')) paths.push(join(plain, name));
  }
  say('ordinary logs: findings of each severity (none is labelled)');
  for (const path of paths.filter((candidate) => existsSync(candidate))) {
    const started = performance.now();
    const view = await readView(decodeLog(path, readBytes(path)), {});
    const findings = await detectFindings(view);
    const count = (severity: string): number =>
      findings.filter((finding) => finding.severity === severity).length;
    say(
      `  ${path.slice(folder.length + 1)}: ${view.log.lineCount} lines, ${view.templates.templates.length} templates, ${view.sessions.identifier}: high ${count('high')} medium ${count('medium')} low ${count('low')} (${Math.round(performance.now() - started)} ms)`,
    );
  }
}

const folder = dataFolder();
if (folder === null) {
  say('No evaluation data: set FAULTLINE_DATA, or put it into ../shared/data.');
} else {
  await hdfs(folder);
  await bgl(folder);
  await quiet(folder);
}
