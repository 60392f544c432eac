import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { FoundTrace } from './collectTraces.ts';
import { exceptionHit } from './knowledge/exceptionKinds.ts';
import { asTest, readFacts } from './knowledge/readFacts.ts';
import type { Hit } from './knowledge/rule.ts';
import type { Novelty } from './novelty.ts';
import { recordAtLine } from './readLines.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import type { Signal } from './signal.ts';
import { findingAt, sourceOf, timeNear } from './signalPlace.ts';

const { warning, error } = levelRank;

/** What a stack trace tells. */
export function traceSignal(
  analysis: AnalysedLog,
  log: number,
  found: FoundTrace,
  build: boolean,
  novelty: Novelty | null,
  rules: RuleBook,
): Signal {
  const { trace } = found;
  const record = recordAtLine(analysis.view.records, trace.firstLine);
  const head = analysis.view.records.firstLine[record] ?? trace.firstLine;
  const announced = !build && trace.firstLine - head <= 2;
  const facts = traceFacts(found, build, rules);
  const root = trace.chain[0];
  const level = analysis.view.records.level[record] ?? 0;
  const isNew = novelty === null ? null : !novelty.hasTrace(found.key);
  const finding = findingAt(analysis, trace.firstLine + 1, trace.lastLine + 1);
  let base = level >= error || level === 0 ? 0.62 : level === warning ? 0.4 : 0.22;
  base = 1 - (1 - base) * (1 - 0.6 * (facts[0]?.strength ?? 0.2));
  if (finding !== null) base = 1 - (1 - base) * (1 - 0.4 * finding.score);
  if (isNew === false) base *= 0.12;
  return {
    log,
    record,
    lastRecord: lastOf(analysis, record, found.count),
    // The line that announces a trace states its time and its logger.
    line: announced ? head + 1 : trace.firstLine + 1,
    endLine: trace.lastLine + 1,
    time: timeNear(analysis, record),
    level,
    source: sourceOf(analysis, record),
    text:
      root === undefined ? '' : [root.kind, root.message].filter((part) => part !== '').join(': '),
    template: analysis.view.templates.ofRecord[record] ?? 0,
    count: found.count,
    facts,
    trace: found,
    finding,
    isNew,
    weight: base,
  };
}

/** What a trace says: its root exception fully, the outer ones less and less. */
function traceFacts(found: FoundTrace, build: boolean, rules: RuleBook): readonly Hit[] {
  const hits: Hit[] = [];
  found.trace.chain.forEach(({ kind, message }, depth) => {
    const fade = 0.8 ** depth;
    const thrown = exceptionHit(kind);
    const named = thrown === null || !build ? thrown : asTest(thrown);
    // A rule may know the kind and the message only together.
    const read = readFacts(message === '' ? kind : `${kind}: ${message}`, build, rules);
    const known = read.some(({ rule, role }) => rule !== undefined && role !== 'symptom');
    if (named !== null && !known) hits.push({ ...named, strength: named.strength * fade });
    for (const hit of read) hits.push({ ...hit, strength: hit.strength * fade * 0.95 });
  });
  if (hits.length === 0) {
    const kind = found.trace.chain[0]?.kind ?? '';
    hits.push({
      category: 'code.exception',
      role: 'cause',
      strength: 0.45,
      says: 'code met a case it does not handle',
      words: kind === '' ? 'stack trace' : kind,
      at: 0,
    });
  }
  return hits.sort((a, b) => b.strength - a.strength);
}

/** The line that announces a trace and the trace are one event: the trace then starts at that line. */
export function withHeads(signals: readonly Signal[]): readonly Signal[] {
  const merged = new Set<Signal>();
  const result = signals.map((signal) => {
    if (signal.trace === null) return signal;
    const head = signals.find(
      (other) =>
        other.trace === null &&
        other.line < signal.line &&
        other.endLine >= signal.line - 2 &&
        other.level >= warning &&
        other.source === signal.source,
    );
    if (head === undefined) return signal;
    merged.add(head);
    return {
      ...signal,
      record: head.record,
      line: head.line,
      finding: signal.finding ?? head.finding,
      weight: Math.min(0.97, Math.max(signal.weight, head.weight)),
    };
  });
  return result.filter((signal) => !merged.has(signal));
}

/** Records that lie inside a trace: its source lines are not messages of their own. */
export function coveredRecords(analysis: AnalysedLog, traces: readonly FoundTrace[]): Uint8Array {
  const { records } = analysis.view;
  const covered = new Uint8Array(records.count);
  for (const { record, trace } of traces) {
    const source = records.source[record];
    let inside = recordAtLine(records, trace.firstLine);
    for (; inside < records.count; inside++) {
      if ((records.firstLine[inside] ?? 0) > trace.lastLine) break;
      if (records.source[inside] === source) covered[inside] = 1;
    }
  }
  return covered;
}

/** Where a trace was printed last, by the line that announces it. */
function lastOf({ view }: AnalysedLog, record: number, count: number): number {
  if (count < 2) return record;
  const template = view.templates.templates[view.templates.ofRecord[record] ?? 0];
  return Math.max(record, template?.lastRecord ?? record);
}
