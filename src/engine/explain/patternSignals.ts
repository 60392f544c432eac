import type { Finding } from '../detect/finding.ts';
import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { attemptFacts } from './attempts.ts';
import { readFacts } from './knowledge/readFacts.ts';
import type { Hit } from './knowledge/rule.ts';
import { isStated, leastTrust, levelPrior } from './levelTrust.ts';
import type { Novelty } from './novelty.ts';
import { readLine, readMessage, recordAtLine, recordSpan } from './readLines.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import type { Signal } from './signal.ts';
import { sourceOf, timeNear } from './signalPlace.ts';
import { isAccessLog, isRefusal, statusRecords } from './statusRecords.ts';

const { warning, error } = levelRank;

/** A request that was refused is worth a look, never a conclusion: most often the client was wrong. */
const refusedWeight = 0.36;

/** Lines of a boxed notice that are read. */
const maxNotice = 14;

/** One signal for each pattern of a log, and one for each failing status that its records state. */
export function patternSignals(
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
      signals.push(
        patternSignal({ ...base, record: best, lastRecord, count, facts: hits, chronic }),
      );
    }
    for (const status of statuses.get(id) ?? []) {
      signals.push(
        patternSignal({
          ...base,
          record: status.record,
          lastRecord: status.lastRecord,
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
  if (!/[\p{L}\p{N}]/u.test(text)) return readFacts(belowRule(analysis, record), false, rules);
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

/** Lines below a head line that holds no word: a boxed notice says there what it is about. */
function belowRule(analysis: AnalysedLog, record: number): string {
  const { log, records } = analysis.view;
  const { first, end } = recordSpan(records, record);
  const lines: string[] = [];
  for (let line = first + 1; line < Math.min(end, first + maxNotice); line++) {
    lines.push(readLine(log, line));
  }
  return lines.join('\n');
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
  readonly lastRecord: number;
  readonly count: number;
  readonly facts: readonly Hit[];
  /** The HTTP status that the record states and that this is about. */
  readonly status?: number;
  /** A habit of the log rather than its incident. */
  readonly chronic: boolean;
}): Signal {
  const { analysis, log, novelty, finding, template, record, count, facts, chronic, status } =
    input;
  const lastRecord = Math.max(record, input.lastRecord);
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
    lastRecord,
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
