import { join } from 'node:path';
import type { Finding, Severity } from '../../engine/detect/finding.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { LogText } from '../../engine/record/logText.ts';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from '../benchmark.ts';
import { logsIn, readLog } from '../data/files.ts';
import { systemsIn } from '../data/parsedLogs.ts';
import { jaccard } from '../metrics/lines.ts';
import { mean, row } from '../rows.ts';
import { scan } from '../scan.ts';

/** Findings that a reader may look at. */
const looked = 20;
/** Marked findings of a log whose evidence is taken away. */
const tested = 10;
/** Bits that rounding may take or add. */
const rounding = 0.01;

const strength: Record<Severity, number> = { low: 0, medium: 1, high: 2 };

/** What one log says about its reasons. */
interface Checked {
  /** Per finding, whether the bits of its reasons add up. */
  readonly sums: readonly boolean[];
  /** Per tested finding, whether it fell with the lines it cites and all that it stands for. */
  readonly fell: readonly boolean[];
  /** The same where only the cited lines are taken, of which a reason names a few. */
  readonly fellAlone: readonly boolean[];
  /** Per pair of seeds, what the first findings have in common. */
  readonly agreement: readonly number[];
}

/** Whether reasons hold: they add up, a finding falls with its evidence, seeds agree. */
export const reasons: Benchmark = {
  name: 'reasons',
  title: 'Reasons: do they add up, does a finding fall with its evidence, do seeds agree',
  dataSet: 'loghub_2k',
  run,
};

async function run({ folder, seeds, onProgress }: BenchmarkOptions): Promise<BenchmarkResult> {
  const checked: Checked[] = [];
  for (const system of systemsIn(folder)) {
    onProgress(system);
    const path = join(folder, system);
    checked.push(await check(readLog(join(path, logsIn(path)[0] ?? '')), seeds));
  }
  const halves = (
    of: (log: Checked) => readonly number[],
  ): Record<'development' | 'other' | 'all', number> => {
    const share = (logs: readonly Checked[]): number => mean(logs.flatMap(of));
    return {
      development: share(checked.filter((_, index) => index % 2 === 0)),
      other: share(checked.filter((_, index) => index % 2 === 1)),
      all: share(checked),
    };
  };
  const count = checked.reduce((sum, { fell }) => sum + fell.length, 0);
  return {
    rows: [
      row({
        measure: 'bits of the reasons add up to those of the finding',
        ...halves(({ sums }) => sums.map(Number)),
        must: 1,
      }),
      row({
        measure: 'finding gone or less severe without the lines that it cites and stands for',
        ...halves(({ fell }) => fell.map(Number)),
        must: 0.9,
      }),
      row({
        measure: 'the same without the cited lines alone; other occurrences stay',
        ...halves(({ fellAlone }) => fellAlone.map(Number)),
      }),
      row({
        measure: `seeds agree: Jaccard of the first ${looked} findings, mean of all pairs`,
        ...halves(({ agreement }) => agreement),
        must: 0.9,
      }),
    ],
    notes: [
      `${checked.length} logs; halves: every second one by name. Evidence is taken from the first ${tested} marked findings of each, ${count} in all.`,
    ],
  };
}

async function check(log: LogText, seeds: number): Promise<Checked> {
  const { findings } = await scan(log);
  const sums = findings.map(
    (finding) =>
      Math.abs(finding.reasons.reduce((sum, { bits }) => sum + bits, 0) - finding.bits) <= rounding,
  );
  const fell: boolean[] = [];
  const fellAlone: boolean[] = [];
  for (const finding of findings.filter(({ severity }) => severity !== 'low').slice(0, tested)) {
    const cited = finding.reasons.flatMap(({ lines }) => lines);
    fellAlone.push(await fallsWithout(log, finding, cited));
    fell.push(await fallsWithout(log, finding, [...cited, ...standsFor(finding)]));
  }
  const tops: Set<number>[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { findings: found } = await scan(log, { seed });
    tops.push(new Set(found.slice(0, looked).map(({ line }) => line)));
  }
  const agreement = tops.flatMap((one, at) => tops.slice(at + 1).map((two) => jaccard(one, two)));
  return { sums, fell, fellAlone, agreement };
}

/** All occurrences of what was found. */
function standsFor({ line, endLine, repeats }: Finding): number[] {
  return [...Array.from({ length: endLine - line + 1 }, (_, index) => line + index), ...repeats];
}

async function fallsWithout(
  log: LogText,
  finding: Finding,
  lines: readonly number[],
): Promise<boolean> {
  const { findings } = await scan(withoutLines(log, new Set(lines)));
  const [first] = finding.reasons;
  return !findings.some(
    (other) =>
      other.template === finding.template &&
      other.reasons[0]?.family === first?.family &&
      strength[other.severity] >= strength[finding.severity],
  );
}

/** @param lines 1-based */
function withoutLines(log: LogText, lines: ReadonlySet<number>): LogText {
  const kept: Uint8Array[] = [];
  for (let line = 1; line <= log.lineCount; line += 1) {
    if (!lines.has(line))
      kept.push(log.bytes.subarray(log.lineStarts[line - 1], log.lineStarts[line]));
  }
  return decodeLog(log.path, Buffer.concat(kept));
}
