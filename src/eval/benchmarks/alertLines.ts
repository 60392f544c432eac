import { readView } from '../../engine/analysis/readView.ts';
import type { Finding } from '../../engine/detect/finding.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import type { AlertLines } from '../data/parsedLogs.ts';
import { readAlertLines } from '../data/parsedLogs.ts';
import { unitFloors } from '../floors.ts';
import { flagging, ranking } from '../metrics/ranking.ts';
import { reliabilityRows } from '../metrics/reliabilityRows.ts';
import type { Peers } from '../peers.ts';
import { peerFloors } from '../peerFloors.ts';
import { figureOf, row } from '../rows.ts';
import { scan } from '../scan.ts';

interface Scores {
  readonly ap: number;
  readonly oracle: number;
  readonly automatic: number;
}

export const alertLines: Benchmark = {
  name: 'bgl',
  title: 'Lines: which ones are alerts (label column removed)',
  dataSet: 'loghub_2k',
  run: async ({ folder, seeds, peers, onProgress }): Promise<BenchmarkResult> => {
    const rows: Row[] = [];
    const systems = readAlertLines(folder);
    for (const system of systems) {
      rows.push(
        ...(await rowsOf(system, seeds, system.system === 'BGL' ? peers : null, (text) => {
          onProgress(`${system.system}: ${text}`);
        })),
      );
    }
    return {
      rows,
      notes: [
        'Halves by time; the whole file is scored at once, without labels. The target is set for the whole file.',
      ],
    };
  },
};

async function rowsOf(
  { system, bytes, alerts }: AlertLines,
  seeds: number,
  peers: Peers | null,
  onProgress: (text: string) => void,
): Promise<Row[]> {
  const log = decodeLog(`${system}.log`, bytes);
  const middle = alerts.length >> 1;
  const halves = {
    development: [0, middle],
    other: [middle, alerts.length],
    all: [0, alerts.length],
  } as const;
  const ofSeeds: Record<keyof typeof halves, Scores[]> = { development: [], other: [], all: [] };
  let first: readonly Finding[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    onProgress(`seed ${seed} of ${seeds}`);
    const { findings } = await scan(log, { seed });
    if (seed === 1) first = findings;
    for (const half of ['development', 'other', 'all'] as const) {
      const [from, to] = halves[half];
      if (!alerts.slice(from, to).includes(1)) continue;
      ofSeeds[half].push(judge(findings, alerts, from, to));
    }
  }
  const view = await readView(log, {});
  const floors = unitFloors(
    view,
    alerts,
    recordsOfLines(view.records.firstLine, view.records.count, alerts.length),
  );
  const beside = peerFloors(peers?.lines.peers ?? [], alerts);
  const figures = (key: keyof Scores): Pick<Row, 'development' | 'other' | 'all'> => ({
    development: figureOf(ofSeeds.development.map((scores) => scores[key])),
    other: figureOf(ofSeeds.other.map((scores) => scores[key])),
    all: figureOf(ofSeeds.all.map((scores) => scores[key])),
  });
  return [
    row({
      measure: `${system} lines: AP`,
      floors: [...floors.ap, ...beside.ap],
      ...figures('ap'),
      must: 0.7,
      stretch: 0.85,
      wholeJudged: true,
    }),
    row({
      measure: `${system} lines: F1 of what is marked (medium and high)`,
      floors: [...floors.f1, ...beside.automatic],
      ...figures('automatic'),
    }),
    row({
      measure: `${system} lines: F1, best threshold`,
      floors: [...floors.f1, ...beside.oracle],
      ...figures('oracle'),
    }),
    ...reliabilityRows(
      'is an alert',
      judged(first, alerts, (line) => line <= middle),
      judged(first, alerts, (line) => line > middle),
    ),
  ];
}

function recordsOfLines(firstLine: Uint32Array, records: number, lines: number): number[][] {
  const units: number[][] = Array.from({ length: lines }, () => []);
  for (let record = 0; record < records; record += 1) {
    for (let line = firstLine[record]!; line < firstLine[record + 1]!; line += 1) {
      units[line]?.push(record);
    }
  }
  return units;
}

/** Score of each line: that of the best finding that covers it. */
export function lineScores(findings: readonly Finding[], lines: number): Float64Array {
  const scores = new Float64Array(lines);
  const raise = (line: number, score: number): void => {
    scores[line - 1] = Math.max(scores[line - 1] ?? 0, score);
  };
  for (const { line, endLine, repeats, score } of findings) {
    for (let at = line; at <= endLine; at += 1) raise(at, score);
    for (const at of repeats) raise(at, score);
  }
  return scores;
}

function judge(
  findings: readonly Finding[],
  alerts: readonly number[],
  from: number,
  to: number,
): Scores {
  const labels = alerts.slice(from, to);
  const scores = lineScores(findings, alerts.length).subarray(from, to);
  const marked = lineScores(
    findings.filter(({ severity }) => severity !== 'low'),
    alerts.length,
  ).subarray(from, to);
  const { ap, oracle } = ranking(scores, labels);
  return {
    ap,
    oracle,
    automatic: flagging(
      Array.from(marked, (score) => score > 0),
      labels,
    ).f1,
  };
}

/** A finding is true when most lines that it stands for are alerts. */
function judged(
  findings: readonly Finding[],
  alerts: readonly number[],
  belongs: (line: number) => boolean,
): { score: number; severity: string; hit: boolean }[] {
  return findings
    .filter(({ line }) => belongs(line))
    .map((finding) => {
      const lines = [finding.line, ...finding.repeats];
      const hits = lines.filter((line) => alerts[line - 1] === 1).length;
      return {
        score: finding.score,
        severity: finding.severity,
        hit: hits * 2 > lines.length,
      };
    });
}
