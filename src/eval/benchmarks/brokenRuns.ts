import { BuildLines } from '../../engine/detect/build/buildLine.ts';
import { maskLine } from '../../engine/detect/compare/maskLine.ts';
import type { Finding } from '../../engine/detect/finding.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { LogText } from '../../engine/record/logText.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { brokenRuns } from '../data/brokenRuns.ts';
import type { BrokenRun } from '../data/brokenRuns.ts';
import { lineF1 } from '../metrics/lines.ts';
import { reliabilityRows } from '../metrics/reliabilityRows.ts';
import type { JudgedFinding } from '../metrics/reliabilityRows.ts';
import { mean, row } from '../rows.ts';
import { scan } from '../scan.ts';

interface Method {
  readonly measure: string;
  readonly good: (run: BrokenRun) => LogText | null;
  readonly must: number;
  readonly stretch: number;
}

const methods: readonly Method[] = [
  { measure: 'with a good run', good: (run) => run.pass, must: 0.93, stretch: 0.96 },
  {
    measure: 'with half a good run',
    good: (run) => firstHalf(run.pass),
    must: 0.9,
    stretch: 0.93,
  },
  { measure: 'without a good run', good: () => null, must: 0.75, stretch: 0.82 },
];

export const brokenRunsBenchmark: Benchmark = {
  name: 'baseline',
  title: 'Failing run against passing run: which lines are the error',
  dataSet: 'cidiff',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const runs = brokenRuns(folder);
    const rows: Row[] = [];
    const judged = new Map<BrokenRun, JudgedFinding[]>();
    for (const { measure, good, must, stretch } of methods) {
      const scores = new Map<BrokenRun, { all: number; marked: number }>();
      for (const run of runs) {
        onProgress(`${measure}: ${run.name}`);
        const baseline = good(run);
        const { findings } = await scan(
          run.fail,
          baseline === null ? {} : { baseline: [baseline] },
        );
        const f1 = (of: readonly Finding[]): number =>
          lineF1(linesOf(of), run.errorLines, run.contextLines);
        const marked = findings.filter(({ severity }) => severity !== 'low');
        scores.set(run, { all: f1(findings), marked: f1(marked) });
        if (baseline === run.pass) judged.set(run, judgedFindings(run, findings));
      }
      const floors = floorsOf(runs, good);
      for (const kind of ['all', 'marked'] as const) {
        const of = (part: readonly BrokenRun[]): number =>
          mean(part.map((run) => scores.get(run)?.[kind] ?? 0));
        rows.push(
          row({
            measure: `macro F1 of error lines, ${measure}, ${kind === 'all' ? 'all findings' : 'all but low'}`,
            floors,
            ...halves(runs, of),
            must,
            stretch,
          }),
        );
      }
    }
    let quiet = 0;
    for (const run of runs) {
      const { findings } = await scan(run.pass, { baseline: [run.pass] });
      if (findings.every(({ severity }) => severity === 'low')) quiet += 1;
    }
    rows.push(row({ measure: 'passing run against itself: quiet', all: quiet / runs.length }));
    const of = (half: 'dev' | 'test'): JudgedFinding[] =>
      runs.filter((run) => run.half === half).flatMap((run) => judged.get(run) ?? []);
    rows.push(...reliabilityRows('holds an error line', of('dev'), of('test')));
    return { rows, notes: [`${runs.length} breakages; halves by breakage.`] };
  },
};

function halves(
  runs: readonly BrokenRun[],
  of: (part: readonly BrokenRun[]) => number,
): Record<'development' | 'other' | 'all', number> {
  return {
    development: of(runs.filter(({ half }) => half === 'dev')),
    other: of(runs.filter(({ half }) => half === 'test')),
    all: of(runs),
  };
}

/** Lines that a finding covers: those it names, else its span. */
function coveredBy(finding: Finding): readonly number[] {
  const length = finding.endLine - finding.line + 1;
  return finding.lines ?? Array.from({ length }, (_, index) => finding.line + index);
}

function linesOf(findings: readonly Finding[]): Set<number> {
  return new Set(findings.flatMap(coveredBy));
}

function judgedFindings(run: BrokenRun, findings: readonly Finding[]): JudgedFinding[] {
  return findings.map((finding) => ({
    score: finding.score,
    severity: finding.severity,
    hit: coveredBy(finding).some((line) => run.errorLines.has(line)),
  }));
}

function floorsOf(
  runs: readonly BrokenRun[],
  good: (run: BrokenRun) => LogText | null,
): { name: string; value: number }[] {
  const f1 = (mask: (text: string) => string): number =>
    mean(
      runs.map((run) =>
        lineF1(newLines(run.fail, good(run), mask), run.errorLines, run.contextLines),
      ),
    );
  if (runs.every((run) => good(run) === null)) return [{ name: 'all lines', value: f1(maskLine) }];
  return [
    { name: 'new lines', value: f1((text) => text) },
    { name: 'masked new lines', value: f1(maskLine) },
  ];
}

/** Floor: lines of the failing run whose text is not in the good one. */
function newLines(log: LogText, good: LogText | null, mask: (text: string) => string): Set<number> {
  const known = new Set<string>();
  if (good !== null) for (const text of texts(good)) known.add(mask(text).trim());
  const found = new Set<number>();
  for (const [line, each] of texts(log).entries()) {
    const text = mask(each).trim();
    if (text !== '' && !known.has(text)) found.add(line + 1);
  }
  return found;
}

function texts(log: LogText): string[] {
  const lines = new BuildLines(log);
  return Array.from({ length: lines.count }, (_, line) => lines.text(line));
}

function firstHalf(log: LogText): LogText {
  return decodeLog(log.path, log.bytes.subarray(0, log.lineStarts[log.lineCount >> 1]));
}
