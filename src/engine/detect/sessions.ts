import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import { identifierLabel, scanIdentifiers } from './identifiers.ts';
import type { SessionTable } from './logView.ts';
import { entropy } from './numeric/statistics.ts';

/** Records of one block of the sample; two blocks are looked at, at the start and in the middle. */
const sampleBlock = 25_000;
/** Fewer sessions than this teach nothing. */
const fewestSessions = 20;
/** A log shorter than this is not worth grouping. */
const fewestRecords = 40;
/** Records of a window where the log has no identifier. */
const windowRecords = 100;
/** Distinct values followed per kind of identifier while sampling. */
const sampledValues = 60_000;

interface ValueStatistics {
  lines: number;
  templates: Set<number>;
  order: number;
}

interface KindStatistics {
  readonly values: Map<number, ValueStatistics>;
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly column: boolean;
  lines: number;
  lastRecord: number;
  /** The previous value's bytes, to see whether values only ever grow, as clocks do. */
  previousStart: number;
  previousEnd: number;
  changes: number;
  ascents: number;
}

function compareTokens(
  bytes: Uint8Array,
  leftStart: number,
  leftEnd: number,
  rightStart: number,
  rightEnd: number,
): number {
  const lengths = leftEnd - leftStart - (rightEnd - rightStart);
  if (lengths !== 0) return lengths;
  for (let offset = 0; offset < leftEnd - leftStart; offset += 1) {
    const difference = bytes[leftStart + offset]! - bytes[rightStart + offset]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function sampleKinds(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
): { kinds: Map<number, KindStatistics>; sampled: number } {
  const kinds = new Map<number, KindStatistics>();
  const { count } = records;
  const ranges: [number, number][] =
    count <= 2 * sampleBlock
      ? [[0, count]]
      : [
          [0, sampleBlock],
          [count >>> 1, (count >>> 1) + sampleBlock],
        ];
  let sampled = 0;
  for (const [from, to] of ranges) {
    for (let record = from; record < to; record += 1) {
      sampled += 1;
      const template = templates.ofRecord[record]!;
      scanIdentifiers(log, records, record, (kind, value, start, end, column) => {
        let statistics = kinds.get(kind);
        if (statistics === undefined) {
          if (kinds.size >= 4096) return;
          statistics = {
            values: new Map(),
            start,
            end,
            lineStart: log.lineStarts[records.firstLine[record]!]!,
            column,
            lines: 0,
            lastRecord: -1,
            previousStart: start,
            previousEnd: end,
            changes: 0,
            ascents: 0,
          };
          kinds.set(kind, statistics);
        }
        if (statistics.lastRecord !== record) {
          statistics.lines += 1;
          statistics.lastRecord = record;
        }
        const order = compareTokens(
          log.bytes,
          start,
          end,
          statistics.previousStart,
          statistics.previousEnd,
        );
        if (order !== 0) {
          statistics.changes += 1;
          if (order > 0) statistics.ascents += 1;
          statistics.previousStart = start;
          statistics.previousEnd = end;
        }
        let seen = statistics.values.get(value);
        if (seen === undefined) {
          if (statistics.values.size >= sampledValues) return;
          seen = { lines: 0, templates: new Set(), order: statistics.values.size };
          statistics.values.set(value, seen);
        }
        seen.lines += 1;
        if (seen.templates.size < 64) seen.templates.add(template);
      });
    }
  }
  return { kinds, sampled };
}

/**
 * How well a kind of identifier ties records together, 0 where it does not: the share of records
 * that hold it, times the share of those whose value links several templates, times how much alike
 * the sets of templates are that values link (a session has a shape; a port or a user has none).
 */
function kindScore(kind: KindStatistics, sampled: number): number {
  const values = kind.values.size;
  if (values < fewestSessions) return 0;
  const coverage = kind.lines / sampled;
  if (coverage < 0.2) return 0;
  // Header columns whose values only grow are clocks and counters.
  if (kind.column && kind.ascents >= kind.changes * 0.98) return 0;
  let lines = 0;
  let linkedLines = 0;
  let linked = 0;
  const shapes = new Map<string, number>();
  for (const value of kind.values.values()) {
    lines += value.lines;
    if (value.templates.size < 2 || value.lines > 2000) continue;
    linked += 1;
    linkedLines += value.lines;
    const shape = [...value.templates].sort((a, b) => a - b).join(' ');
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  if (linked < fewestSessions || linkedLines < lines * 0.5) return 0;
  const meanLines = linkedLines / linked;
  if (meanLines < 2 || meanLines > 2000) return 0;
  const structure = 1 - entropy(shapes.values()) / Math.log2(linked);
  if (structure < 0.25) return 0;
  return coverage * (linkedLines / lines) * structure;
}

function windows(records: RecordTable): SessionTable {
  const sessions = Math.ceil(records.count / windowRecords);
  const offsets = new Uint32Array(sessions + 1);
  const ids: string[] = [];
  for (let index = 0; index < sessions; index += 1) {
    offsets[index] = index * windowRecords;
    const last = Math.min(records.count, (index + 1) * windowRecords) - 1;
    const from = records.firstLine[index * windowRecords]! + 1;
    const to = records.firstLine[last + 1]!;
    ids.push(`lines ${from}-${to}`);
  }
  offsets[sessions] = records.count;
  const members = Uint32Array.from({ length: records.count }, (_, record) => record);
  return { kind: 'window', identifier: `${windowRecords} records`, ids, offsets, members };
}

function groupBy(log: LogText, records: RecordTable, wanted: number, label: string): SessionTable {
  const indexOf = new Map<number, number>();
  const ids: string[] = [];
  let pairs = 0;
  let sessionOf = new Uint32Array(records.count + 16);
  let recordOf = new Uint32Array(records.count + 16);
  const sizes: number[] = [];
  const lastRecord: number[] = [];
  let record = 0;
  const report = (kind: number, value: number, start: number, end: number): void => {
    if (kind !== wanted) return;
    let session = indexOf.get(value);
    if (session === undefined) {
      session = ids.length;
      indexOf.set(value, session);
      let id = '';
      for (let at = start; at < end; at += 1) id += String.fromCharCode(log.bytes[at]!);
      ids.push(id);
      sizes.push(0);
      lastRecord.push(-1);
    }
    if (lastRecord[session] === record) return;
    lastRecord[session] = record;
    sizes[session] = sizes[session]! + 1;
    if (pairs === sessionOf.length) {
      const sessionsGrown = new Uint32Array(pairs * 2);
      sessionsGrown.set(sessionOf);
      sessionOf = sessionsGrown;
      const recordsGrown = new Uint32Array(pairs * 2);
      recordsGrown.set(recordOf);
      recordOf = recordsGrown;
    }
    sessionOf[pairs] = session;
    recordOf[pairs] = record;
    pairs += 1;
  };
  for (record = 0; record < records.count; record += 1) {
    scanIdentifiers(log, records, record, report);
  }
  const offsets = new Uint32Array(ids.length + 1);
  for (let session = 0; session < ids.length; session += 1) {
    offsets[session + 1] = offsets[session]! + sizes[session]!;
  }
  const next = offsets.slice(0, ids.length);
  const members = new Uint32Array(pairs);
  for (let pair = 0; pair < pairs; pair += 1) {
    const session = sessionOf[pair]!;
    members[next[session]!] = recordOf[pair]!;
    next[session] = next[session]! + 1;
  }
  return { kind: 'identifier', identifier: label, ids, offsets, members };
}

/**
 * Groups records by the identifier that ties most of them together, found without configuration:
 * every kind of identifier-like token is sampled and scored, and the best one groups the whole log.
 * Where no kind qualifies, windows of `windowRecords` records.
 */
export function findSessions(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
): SessionTable {
  if (records.count < fewestRecords) return windows(records);
  const { kinds, sampled } = sampleKinds(log, records, templates);
  let best: [number, KindStatistics] | null = null;
  let bestScore = 0;
  for (const [kind, statistics] of kinds) {
    const score = kindScore(statistics, sampled);
    if (score > bestScore) {
      bestScore = score;
      best = [kind, statistics];
    }
  }
  if (best === null) return windows(records);
  const [kind, statistics] = best;
  const label = identifierLabel(log, statistics.lineStart, statistics.start, statistics.end);
  return groupBy(log, records, kind, label);
}
