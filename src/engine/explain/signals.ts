import type { Finding } from '../detect/finding.ts';
import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { FoundTrace } from './collectTraces.ts';
import { collectTraces } from './collectTraces.ts';
import { decisiveLine } from './decisiveLine.ts';
import { exceptionHit } from './knowledge/exceptionKinds.ts';
import { readFacts } from './knowledge/readFacts.ts';
import type { Hit } from './knowledge/rule.ts';
import type { Novelty } from './novelty.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import { readLine, readMessage, recordAtLine, recordSpan } from './readLines.ts';
import { isAccessLog, isRefusal, statusRecords } from './statusRecords.ts';

/** Something in a log that may speak of trouble: a pattern, a status, a trace or a finding. */
export interface Signal {
  /** Position of the log in the input. */
  readonly log: number;
  readonly record: number;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  /** Milliseconds since the epoch; NaN where the log states no time near it. */
  readonly time: number;
  /** Index into `levels`. */
  readonly level: number;
  /** Logger, process or component as the log names it; empty where it does not. */
  readonly source: string;
  readonly text: string;
  readonly template: number;
  readonly count: number;
  /** Strongest first. */
  readonly facts: readonly Hit[];
  readonly trace: FoundTrace | null;
  readonly finding: Finding | null;
  /** Not in the good run; null without one. */
  readonly isNew: boolean | null;
  /** How much this speaks of trouble, 0..1. */
  readonly weight: number;
}

const { notice, warning, error, fatal } = levelRank;

/** How much a level alone speaks of trouble, and how far words are believed at that level. */
function levelPrior(level: number): { readonly base: number; readonly trust: number } {
  if (level >= fatal) return { base: 0.8, trust: 1 };
  if (level === error) return { base: 0.5, trust: 1 };
  if (level === warning) return { base: 0.2, trust: 0.7 };
  if (level === levelRank.unknown) return { base: 0.05, trust: 0.75 };
  if (level === notice) return { base: 0.04, trust: 0.5 };
  return level === levelRank.info ? { base: 0.02, trust: 0.4 } : { base: 0.01, trust: 0.15 };
}

/** Less than this is not kept. */
const minWeight = 0.12;

/** A request that was refused is worth a look, never a conclusion: most often the client was wrong. */
const refusedWeight = 0.36;

/** Whether the findings of a log are those of a build or test run. */
export function isBuildLog(analysis: AnalysedLog): boolean {
  return analysis.findings.some((finding) =>
    finding.reasons.some((reason) => reason.family === 'build'),
  );
}

/** All signals of one log, in file order. Work grows with patterns, not with records. */
export function collectSignals(
  analysis: AnalysedLog,
  log: number,
  novelty: Novelty | null,
  rules: RuleBook,
): readonly Signal[] {
  const traces = collectTraces(analysis, log);
  const build = isBuildLog(analysis);
  const signals: Signal[] = [];
  const covered = coveredRecords(analysis, traces);
  for (const trace of traces)
    signals.push(traceSignal(analysis, log, trace, build, novelty, rules));
  if (build) {
    for (const finding of analysis.findings) {
      signals.push(blockSignal(analysis, log, finding, novelty, rules));
    }
  } else {
    signals.push(...patternSignals(analysis, log, covered, novelty, rules));
  }
  const kept = withHeads(signals).filter(
    (signal) =>
      signal.weight >= minWeight &&
      (signal.text.trim() !== '' || signal.finding !== null || signal.level >= fatal),
  );
  return kept.sort((a, b) => a.record - b.record || a.line - b.line);
}

/** The line that announces a trace and the trace are one event: the trace then starts at that line. */
function withHeads(signals: readonly Signal[]): readonly Signal[] {
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
function coveredRecords(analysis: AnalysedLog, traces: readonly FoundTrace[]): Uint8Array {
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

function traceSignal(
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
    const named = exceptionHit(kind);
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

/** In a build log the ranked block itself is the unit: its lines belong together. */
function blockSignal(
  analysis: AnalysedLog,
  log: number,
  finding: Finding,
  novelty: Novelty | null,
  rules: RuleBook,
): Signal {
  const { view } = analysis;
  const record = recordAtLine(view.records, finding.line - 1);
  const lines: string[] = [];
  for (let line = finding.line; line <= Math.min(finding.endLine, finding.line + 30); line++) {
    lines.push(stripEscapes(readLine(view.log, line - 1)));
  }
  const text = lines.join('\n');
  const isNew = novelty === null ? null : true;
  const facts = readFacts(text, true, rules);
  return {
    log,
    record,
    line: finding.line,
    endLine: finding.endLine,
    time: timeNear(analysis, record),
    level: view.records.level[record] ?? 0,
    source: sourceOf(analysis, record),
    text: decisiveLine(lines, facts[0]?.words ?? ''),
    template: view.templates.ofRecord[record] ?? 0,
    count: finding.count,
    facts,
    trace: null,
    finding,
    isNew,
    weight: Math.min(0.95, (0.55 + 0.4 * finding.score) * 0.85 ** (finding.rank - 1)),
  };
}

/** Colour and cursor sequences (ECMA-48) out of a line. */
function stripEscapes(text: string): string {
  return text.replace(/\u001b\[[0-9;?]{0,20}[A-Za-z]/g, '').replace(/^.*\r(?=[^\r])/, '');
}

function patternSignals(
  analysis: AnalysedLog,
  log: number,
  covered: Uint8Array,
  novelty: Novelty | null,
  rules: RuleBook,
): readonly Signal[] {
  const { view } = analysis;
  const { templates, ofRecord } = view.templates;
  const worst = new Uint8Array(templates.length);
  const severe = new Uint32Array(templates.length);
  const lastSevere = new Uint32Array(templates.length);
  const chosen = new Int32Array(templates.length).fill(-1);
  for (let record = 0; record < view.records.count; record++) {
    if (covered[record] === 1) continue;
    const template = ofRecord[record] ?? 0;
    const level = view.records.level[record] ?? 0;
    // The earliest record of the worst level, where that is at least a warning.
    const rank = level >= warning ? level : 0;
    if (rank > 0) {
      severe[template] = (severe[template] ?? 0) + 1;
      lastSevere[template] = record;
    }
    if (chosen[template] === -1 || rank > (worst[template] ?? 0)) {
      worst[template] = rank;
      chosen[template] = record;
    }
  }
  const samples = sampleRecords(analysis, covered);
  const findings = findingsByTemplate(analysis);
  const statuses = statusRecords(view);
  const accessLog = statuses.size > 0 && isAccessLog(view);
  const signals: Signal[] = [];
  templates.forEach((template, id) => {
    const record = chosen[id] ?? -1;
    if (record < 0) return;
    const finding = findings.get(id) ?? null;
    const base = { analysis, log, novelty, finding, template: id };
    const facts = new Map<string, Hit>();
    let best = record;
    for (const sample of new Set([record, ...(samples[id] ?? [])])) {
      const text = readMessage(view.log, view.records, sample);
      for (const hit of factsOf(analysis, sample, text, rules)) {
        const known = facts.get(hit.says);
        if (known === undefined) {
          if (facts.size === 0) best = sample;
          facts.set(hit.says, hit);
        }
      }
    }
    // A status counts with its own records below, not with all records of the pattern.
    const statesOwn = statuses.has(id);
    const hits = [
      ...facts.values(),
      ...attemptFacts(readMessage(view.log, view.records, best), template.count),
    ]
      .filter((hit) => !statesOwn || !isStated(hit))
      .sort((a, b) => b.strength - a.strength);
    const mixed = (severe[id] ?? 0) > 0;
    const count = mixed ? (severe[id] ?? 1) : template.count;
    const lastRecord = mixed ? (lastSevere[id] ?? record) : template.lastRecord;
    const chronic = isChronic(analysis, record, lastRecord, count);
    // Lines whose failing statuses are told below, and that say nothing else, are told once.
    const stated = (statuses.get(id) ?? []).reduce((sum, status) => sum + status.count, 0);
    const saysMore = hits.some((hit) => hit.category !== 'unknown');
    if (saysMore || stated === 0 || stated < (severe[id] ?? 0) * 0.5) {
      signals.push(patternSignal({ ...base, record: best, count, facts: hits, chronic }));
    }
    for (const status of statuses.get(id) ?? []) {
      signals.push(
        patternSignal({
          ...base,
          record: status.record,
          count: status.count,
          facts: status.facts,
          status: status.status,
          chronic:
            (accessLog && isRefusal(status.status)) ||
            isChronic(analysis, status.record, status.lastRecord, status.count),
        }),
      );
    }
  });
  return signals;
}

/**
 * What a record's message says, and where it says nothing known, what the exception says that is
 * printed on the line below it.
 */
function factsOf(
  analysis: AnalysedLog,
  record: number,
  text: string,
  rules: RuleBook,
): readonly Hit[] {
  const facts = readFacts(text, false, rules);
  const { log, records } = analysis.view;
  const { first, end } = recordSpan(records, record);
  const named = facts.some(({ category, strength }) => category !== 'unknown' && strength >= 0.3);
  if (named || end - first < 2) return facts;
  const below = readLine(log, first + 1);
  const thrown = /^[A-Za-z_$][A-Za-z0-9_$.]{0,120}(?:Error|Exception|Fault|Timeout)(?=:|$)/.test(
    below,
  );
  if (!thrown) return facts;
  const carried = readFacts(below, false, rules).map((hit) => ({
    ...hit,
    strength: hit.strength * 0.7,
  }));
  return [...facts, ...carried];
}

/** Up to three further records per pattern that is severe or marked: its slots may tell more. */
function sampleRecords(analysis: AnalysedLog, covered: Uint8Array): readonly number[][] {
  const { records, templates } = analysis.view;
  const samples: number[][] = templates.templates.map(() => []);
  for (let record = 0; record < records.count; record++) {
    if ((records.level[record] ?? 0) < warning || covered[record] === 1) continue;
    const list = samples[templates.ofRecord[record] ?? 0];
    if (list !== undefined && list.length < 3) list.push(record);
  }
  return samples;
}

function findingsByTemplate(analysis: AnalysedLog): ReadonlyMap<number, Finding> {
  const { records, templates } = analysis.view;
  const map = new Map<number, Finding>();
  for (const finding of analysis.findings) {
    const template = templates.ofRecord[recordAtLine(records, finding.line - 1)];
    if (template !== undefined && !map.has(template)) map.set(template, finding);
  }
  return map;
}

function patternSignal(input: {
  readonly analysis: AnalysedLog;
  readonly log: number;
  readonly novelty: Novelty | null;
  readonly finding: Finding | null;
  readonly template: number;
  readonly record: number;
  readonly count: number;
  readonly facts: readonly Hit[];
  /** The HTTP status that the record states and that this is about. */
  readonly status?: number;
  /** A habit of the log rather than its incident. */
  readonly chronic: boolean;
}): Signal {
  const { analysis, log, novelty, finding, template, record, count, facts, chronic, status } =
    input;
  const { view } = analysis;
  const level = view.records.level[record] ?? 0;
  const text = readMessage(view.log, view.records, record);
  const { base, trust } = levelPrior(level);
  const strongest = Math.max(
    0,
    ...facts.map((hit) => hit.strength * Math.max(trust, leastTrust(hit))),
  );
  let weight = 1 - (1 - base) * (1 - 0.75 * strongest);
  // What is tried again has not failed yet, unless it was tried many times.
  if (
    level < error &&
    attemptFacts(text, count).length === 0 &&
    /\bretry(?:ing)?\b|\bwill retry\b/i.test(text)
  )
    weight *= 0.55;
  if (finding !== null) weight = 1 - (1 - weight) * (1 - 0.35 * finding.score);
  if (status !== undefined && isRefusal(status)) weight = Math.max(weight, refusedWeight);
  let isNew: boolean | null = null;
  if (novelty !== null) {
    const share = status === undefined ? novelty.messageShare(text) : novelty.statusShare(status);
    isNew = share === 0;
    const grown = count / Math.max(1, view.records.count) > 5 * share && count >= 10;
    if (!isNew) weight *= grown ? 0.5 : 0.1;
  } else if (chronic) {
    weight *= 0.45;
  }
  const { first, end } = recordSpan(view.records, record);
  return {
    log,
    record,
    line: first + 1,
    endLine: Math.max(first + 1, Math.min(end, first + 40)),
    time: timeNear(analysis, record),
    level,
    source: sourceOf(analysis, record),
    text,
    template,
    count,
    facts,
    trace: null,
    finding,
    isNew,
    weight,
  };
}

/** A status or exit code is a fact at every level: access logs state a 500 as information. */
function isStated(hit: Hit): boolean {
  return hit.words.startsWith('HTTP 5');
}

/** How far a fact is believed at any level: a scheduler states a lost node as information. */
function leastTrust(hit: Hit): number {
  if (isStated(hit)) return 0.9;
  if (hit.says === noAnswer) return 0.8;
  return hit.category === 'node.down' && hit.strength >= 0.8 ? 1 : 0;
}

/** Attempts to reach the same peer from which on they speak of the peer, not of a hiccup. */
const manyAttempts = 10;
const noAnswer = 'a peer did not answer repeated attempts to connect';

/**
 * A peer that many attempts did not reach. One attempt that is repeated says nothing, and is
 * written as information; only their number tells.
 */
function attemptFacts(text: string, count: number): readonly Hit[] {
  if (count < manyAttempts) return [];
  const match =
    /\b(?:retrying connect(?:ion)?|reconnect(?:ing)? attempt|connect(?:ion)? attempt [0-9]+)\b/i.exec(
      text,
    );
  if (match === null) return [];
  return [
    {
      category: 'dependency.unavailable',
      role: 'effect',
      strength: 0.75,
      says: noAnswer,
      words: match[0].toLowerCase(),
      at: match.index,
    },
  ];
}

/** There from the beginning to the end of the log: the log's habit rather than its incident. */
function isChronic(
  analysis: AnalysedLog,
  firstRecord: number,
  lastRecord: number,
  count: number,
): boolean {
  const total = analysis.view.records.count;
  if (count < 5 || total < 200) return false;
  return firstRecord < total * 0.2 && lastRecord > total * 0.8;
}

function findingAt(analysis: AnalysedLog, first: number, last: number): Finding | null {
  return (
    analysis.findings.find((finding) => finding.line <= last && finding.endLine >= first) ?? null
  );
}

/** Time of a record, or of the nearest one shortly before or after it that states one. */
export function timeNear(analysis: AnalysedLog, record: number): number {
  const { time } = analysis.view.records;
  for (let away = 0; away <= 50; away++) {
    const before = time[record - away];
    if (before !== undefined && !Number.isNaN(before)) return before;
    const after = time[record + away];
    if (after !== undefined && !Number.isNaN(after)) return after;
  }
  return Number.NaN;
}

function sourceOf(analysis: AnalysedLog, record: number): string {
  const { source, sources } = analysis.view.records;
  return sources[source[record] ?? 0] ?? '';
}
