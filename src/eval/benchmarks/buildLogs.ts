import { BuildLines } from '../../engine/detect/build/buildLine.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { labelledLogs } from '../data/buildLogs.ts';
import type { LabelledLog } from '../data/buildLogs.ts';
import { reliabilityRows } from '../metrics/reliabilityRows.ts';
import { median, row } from '../rows.ts';
import { scan } from '../scan.ts';

/** Lines of a finding that count: a reader sees no more at a glance. */
const countedLines = 10;
const targets = [
  { cut: 1, must: 0.72, stretch: 0.82 },
  { cut: 3, must: 0.86, stretch: 0.93 },
  { cut: 5, must: 0.91, stretch: 0.97 },
] as const;

interface Span {
  readonly line: number;
  readonly endLine: number;
}

interface Found extends Span {
  readonly score: number;
  readonly severity: string;
}

interface Case {
  readonly log: LabelledLog;
  readonly found: readonly Found[];
  readonly position: readonly Span[];
  readonly bursts: readonly Span[];
}

export const buildLogs: Benchmark = {
  name: 'build',
  title: 'Build logs: which lines say why it failed',
  dataSet: 'logchunks',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const cases: Case[] = [];
    const logs = labelledLogs(folder);
    for (const [index, log] of logs.entries()) {
      onProgress(`log ${index + 1} of ${logs.length}`);
      const { findings } = await scan(log.log);
      cases.push({ log, found: findings, position: lastLines(log), bursts: burstsOf(log) });
    }
    const development = cases.filter(({ log }) => log.half === 'dev');
    const other = cases.filter(({ log }) => log.half === 'test');
    const rows: Row[] = targets.map(({ cut, must, stretch }) =>
      row({
        measure: `labelled lines touched by the first ${cut === 1 ? 'finding' : `${cut} findings`}, ${countedLines} lines of each`,
        floors: [
          { name: 'position', value: touched(cases, cut, ({ position }) => position) },
          { name: 'biggest burst', value: touched(cases, cut, ({ bursts }) => bursts) },
        ],
        development: touched(development, cut, ({ found }) => found),
        other: touched(other, cut, ({ found }) => found),
        all: touched(cases, cut, ({ found }) => found),
        must,
        stretch,
      }),
    );
    const span = (of: readonly Case[]): number =>
      median(of.flatMap(({ found }) => found.slice(0, 1).map((f) => f.endLine - f.line + 1)));
    rows.push(
      row({
        measure: 'median span of the first finding',
        unit: 'lines',
        better: 'less',
        development: span(development),
        other: span(other),
        all: span(cases),
        must: 10,
        stretch: 6,
      }),
      ...reliabilityRows('touches the label', judged(development), judged(other)),
    );
    return { rows, notes: notesOf(cases) };
  },
};

function notesOf(cases: readonly Case[]): string[] {
  const projects = new Set(cases.map(({ log }) => log.project));
  const silent = cases.filter(({ found }) => found.length === 0).length;
  return [
    `${cases.length} logs of ${projects.size} projects; halves by project. ${silent} logs without a finding.`,
  ];
}

function judged(cases: readonly Case[]): { score: number; severity: string; hit: boolean }[] {
  return cases.flatMap(({ log, found }) =>
    found.map((each) => ({
      score: each.score,
      severity: each.severity,
      hit: touches(each, log),
    })),
  );
}

function touched(cases: readonly Case[], cut: number, of: (each: Case) => readonly Span[]): number {
  const hit = cases.filter((each) =>
    of(each)
      .slice(0, cut)
      .some((span) => touches(span, each.log)),
  );
  return hit.length / cases.length;
}

function touches(span: Span, log: LabelledLog): boolean {
  const end = Math.min(span.endLine, span.line + countedLines - 1);
  return span.line <= log.lastLine && end >= log.firstLine;
}

/** Floor: the last ten non-blank lines before the first failing exit. */
function lastLines({ log }: LabelledLog): Span[] {
  const lines = new BuildLines(log);
  let exit = lines.count;
  for (let line = 0; line < lines.count && exit === lines.count; line += 1) {
    if (/exited with [1-9]/.test(lines.text(line))) exit = line;
  }
  const kept: number[] = [];
  for (let line = exit - 1; line >= 0 && kept.length < countedLines; line -= 1) {
    if (lines.text(line).trim() !== '') kept.push(line);
  }
  const [last] = kept;
  const first = kept.at(-1);
  return last === undefined || first === undefined ? [] : [{ line: first + 1, endLine: last + 1 }];
}

/** Floor: the stretches with most error words, gaps of up to five lines bridged. */
function burstsOf({ log }: LabelledLog): Span[] {
  const lines = new BuildLines(log);
  const found: { line: number; endLine: number; hits: number }[] = [];
  for (let line = 1; line <= lines.count; line += 1) {
    if (!/error|fail|exception|fatal|panic/i.test(lines.text(line - 1))) continue;
    const last = found.at(-1);
    if (last !== undefined && line - last.endLine <= 5) {
      last.endLine = line;
      last.hits += 1;
    } else {
      found.push({ line, endLine: line, hits: 1 });
    }
  }
  return found.sort((a, b) => b.hits - a.hits);
}
