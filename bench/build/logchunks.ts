import { buildFindings } from '../../src/engine/detect/build/buildFindings.ts';
import { BuildLines } from '../../src/engine/detect/build/buildLine.ts';
import { labelledLogs } from './labelledLogs.ts';
import type { LabelledLog } from './labelledLogs.ts';
import { plainRecords } from './plainRecords.ts';

/** Lines of a finding that count: a reader sees no more at a glance. */
const countedLines = 10;
const cuts = [1, 3, 5] as const;

interface Span {
  readonly line: number;
  readonly endLine: number;
  readonly score: number;
}

function main(): void {
  const logs = labelledLogs();
  if (logs === null) {
    console.log('logchunks: no data; set FAULTLINE_DATA. Nothing measured.');
    return;
  }
  const started = performance.now();
  const spans = new Map(logs.map((each) => [each, found(each)] as const));
  const milliseconds = performance.now() - started;
  console.log('labelled lines touched by the first 1 / 3 / 5 findings, first 10 lines of each');
  for (const half of ['dev', 'test'] as const) {
    const cases = logs.filter((each) => each.half === half);
    report(`${half} position`, cases, (each) => lastLines(each));
    report(`${half} biggest burst`, cases, (each) => bursts(each));
    report(`${half} findings`, cases, (each) => spans.get(each) ?? []);
  }
  report('all findings', logs, (each) => spans.get(each) ?? []);
  const first = logs.map((each) => spans.get(each)?.[0]).filter((span) => span !== undefined);
  const sizes = first.map((span) => span.endLine - span.line + 1).sort((a, b) => a - b);
  console.log(`median span of the first finding ${sizes[Math.floor(sizes.length / 2)]}`);
  console.log(`not recognised ${[...spans.values()].filter((each) => each === null).length}`);
  console.log(`${(milliseconds / logs.length).toFixed(1)} ms a log`);
  reliability(logs, spans);
}

function found(each: LabelledLog): Span[] | null {
  return buildFindings(each.log, plainRecords(each.log));
}

function report(
  name: string,
  cases: readonly LabelledLog[],
  of: (each: LabelledLog) => Span[],
): void {
  const shares = cuts.map((cut) => {
    const hit = cases.filter((each) =>
      of(each)
        .slice(0, cut)
        .some((span) => touches(span, each)),
    );
    return (hit.length / cases.length).toFixed(3);
  });
  console.log(`${name.padEnd(22)} ${shares.join(' / ')}  (${cases.length} logs)`);
}

function touches(span: Span, each: LabelledLog): boolean {
  const end = Math.min(span.endLine, span.line + countedLines - 1);
  return span.line <= each.lastLine && end >= each.firstLine;
}

/** Floor: the last ten non-blank lines before the first failing exit. */
function lastLines(each: LabelledLog): Span[] {
  const lines = new BuildLines(each.log);
  let exit = lines.count;
  for (let line = 0; line < lines.count && exit === lines.count; line += 1) {
    if (/exited with [1-9]/.test(lines.text(line))) exit = line;
  }
  const kept: number[] = [];
  for (let line = exit - 1; line >= 0 && kept.length < countedLines; line -= 1) {
    if (lines.text(line).trim() !== '') kept.push(line);
  }
  return kept
    .map((line) => ({ line: line + 1, endLine: line + 1, score: 0 }))
    .slice(0, 1)
    .map((span) => ({
      line: (kept.at(-1) ?? 0) + 1,
      endLine: span.endLine,
      score: 0,
    }));
}

/** Floor: the stretches with most error words, gaps of up to five lines bridged. */
function bursts(each: LabelledLog): Span[] {
  const lines = new BuildLines(each.log);
  const found: (Span & { hits: number })[] = [];
  for (let line = 1; line <= lines.count; line += 1) {
    if (!/error|fail|exception|fatal|panic/i.test(lines.text(line - 1))) continue;
    const last = found.at(-1);
    if (last !== undefined && line - last.endLine <= 5) {
      found[found.length - 1] = { ...last, endLine: line, hits: last.hits + 1 };
    } else {
      found.push({ line, endLine: line, score: 0, hits: 1 });
    }
  }
  return found.sort((a, b) => b.hits - a.hits);
}

/** Scores beside what came true, so that `score` can be believed. */
function reliability(
  logs: readonly LabelledLog[],
  spans: ReadonlyMap<LabelledLog, Span[] | null>,
): void {
  console.log('reliability (score: share that touches the label)');
  for (const half of ['dev', 'test'] as const) {
    const judged = logs
      .filter((each) => each.half === half)
      .flatMap((each) =>
        (spans.get(each) ?? []).map((span) => ({ score: span.score, hit: touches(span, each) })),
      );
    const cells = [0, 0.2, 0.4, 0.6, 0.8].map((low) => {
      const bin = judged.filter(({ score }) => score >= low && score < low + 0.2);
      const hits = bin.filter(({ hit }) => hit).length;
      const share = bin.length === 0 ? '-' : (hits / bin.length).toFixed(2);
      return `${low.toFixed(1)}: ${share} (${bin.length})`;
    });
    console.log(`${half}  ${cells.join('  ')}`);
  }
}

main();
