import { NumberIndex } from '../base/numberIndex.ts';
import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import {
  identifierLabel,
  kindOrigin,
  scanIdentifiers,
  type IdentifierPlace,
} from './identifiers.ts';
import { entropy } from './numeric/statistics.ts';

/** Records of one block of the sample; two blocks are looked at, at the start and in the middle. */
const sampleBlock = 15_000;
/** Fewer sessions than this teach nothing. */
const fewestSessions = 20;
/** Distinct values followed per kind of identifier while sampling. */
const sampledValues = 30_000;
/** Kinds of identifiers followed while sampling. */
const sampledKinds = 4096;
/** Records that an identifier ties together at most: more share a place, not a purpose. */
export const longestSession = 2000;
/** Least share of the records that hold the identifier. */
const leastCoverage = 0.2;
/** Least uniformity of sessions, 0..1. */
const leastStructure = 0.3;
/** Share of the starts and ends within one identifier that follow each other, where it is used again. */
const regularity = 0.8;
/** A template that this share of the values begin with starts sessions. */
const edgeShare = 0.3;

/** Weight of identifiers that nothing but their place or shape distinguishes. */
const unnamed = 0.8;
/** Weight of identifiers that serve one session after the other. */
const usedAgain = 0.5;

/** How the records of a log are tied together. */
export interface IdentifierKind {
  readonly place: IdentifierPlace;
  /** For the reader: `blk_<*>`, `request <*>`. */
  readonly label: string;
  /**
   * Templates that sessions start and end with, where the same identifier serves one session after
   * the other (a thread, a process, a connection from a pool); null where each session has its own.
   */
  readonly reuse: {
    readonly starts: ReadonlySet<number>;
    readonly ends: ReadonlySet<number>;
  } | null;
}

/** What the sample tells of one value. */
interface SampledValue {
  lines: number;
  /** Where its first record stands, as a share of the block. */
  readonly born: number;
  /** How far its first and last records are apart, as a share of the block they stand in. */
  first: number;
  span: number;
  /** Templates of its records, in order, at most `keptTemplates`. */
  readonly sequence: number[];
}

const keptTemplates = 256;
/** A place that much is said about has been named by then, as a share of the block. */
const lateBirth = 0.1;

interface SampledKind {
  readonly kind: number;
  /** Places of the values in `held`, by hash. */
  readonly values: NumberIndex;
  readonly held: SampledValue[];
  /** An example, and the line it stands in. */
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  lines: number;
  lastRecord: number;
  lastValue: number;
  inHeader: number;
  /** Whether a record holds two values. */
  several: boolean;
  /** The previous value's bytes, to see whether values only ever grow, as clocks do. */
  previousStart: number;
  previousEnd: number;
  changes: number;
  ascents: number;
  /** Values that hold letters, and that do not. */
  lettered: number;
  plain: number;
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

function holdsLetter(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at]! > 0x39) return true;
  return false;
}

function sampleKinds(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
): { kinds: SampledKind[]; sampled: number } {
  const kinds = new Map<number, SampledKind>();
  const { count } = records;
  const ranges: [number, number][] =
    count <= 2 * sampleBlock
      ? [[0, count]]
      : [
          [0, sampleBlock],
          [count >>> 1, (count >>> 1) + sampleBlock],
        ];
  let sampled = 0;
  let record = 0;
  let blockStart = 0;
  let blockLength = 1;
  const report = (kind: number, value: number, start: number, end: number): void => {
    let seen = kinds.get(kind);
    if (seen === undefined) {
      if (kinds.size >= sampledKinds) return;
      seen = {
        kind,
        values: new NumberIndex(),
        held: [],
        start,
        end,
        lineStart: log.lineStarts[records.firstLine[record]!]!,
        lines: 0,
        lastRecord: -1,
        lastValue: -1,
        inHeader: 0,
        several: false,
        previousStart: start,
        previousEnd: end,
        changes: 0,
        ascents: 0,
        lettered: 0,
        plain: 0,
      };
      kinds.set(kind, seen);
    }
    if (seen.lastRecord === record) {
      if (seen.lastValue === value) return;
      seen.several = true;
    } else {
      seen.lines += 1;
      if (start < records.messageStart[record]!) seen.inHeader += 1;
    }
    seen.lastRecord = record;
    if (seen.lastValue !== value) {
      const order = compareTokens(log.bytes, start, end, seen.previousStart, seen.previousEnd);
      if (order !== 0) seen.changes += 1;
      if (order > 0) seen.ascents += 1;
      seen.previousStart = start;
      seen.previousEnd = end;
      seen.lastValue = value;
    }
    const place = seen.values.find(value);
    let held = place < 0 ? undefined : seen.held[place];
    if (held === undefined) {
      if (seen.values.size >= sampledValues) return;
      const born = (record - blockStart) / blockLength;
      held = { lines: 0, born, first: record, span: 0, sequence: [] };
      seen.held[seen.values.add(value)] = held;
      if (holdsLetter(log.bytes, start, end)) seen.lettered += 1;
      else seen.plain += 1;
    }
    held.lines += 1;
    // The value may have gone on from one block into the other.
    if (held.first < blockStart) held.first = record;
    held.span = Math.max(held.span, (record - held.first) / blockLength);
    if (held.sequence.length < keptTemplates) held.sequence.push(templates.ofRecord[record]!);
  };
  for (const [from, to] of ranges) {
    blockStart = from;
    blockLength = Math.max(1, to - from);
    for (record = from; record < to; record += 1) {
      sampled += 1;
      scanIdentifiers(log, records, record, report);
    }
  }
  return { kinds: [...kinds.values()], sampled };
}

/**
 * Templates that many of the values begin with, and those that stand before these further on: where
 * an identifier is used again, a session ended there.
 */
function edgesOf(sequences: readonly (readonly number[])[]): NonNullable<IdentifierKind['reuse']> {
  const first = new Map<number, number>();
  for (const sequence of sequences) {
    const template = sequence[0];
    if (template !== undefined) first.set(template, (first.get(template) ?? 0) + 1);
  }
  const least = Math.max(2, sequences.length * edgeShare);
  const starts = new Set(
    [...first].filter(([, count]) => count >= least).map(([template]) => template),
  );
  const ends = new Set<number>();
  for (const sequence of sequences) {
    for (let at = 1; at < sequence.length; at += 1) {
      if (starts.has(sequence[at]!)) ends.add(sequence[at - 1]!);
    }
  }
  for (const template of starts) ends.delete(template);
  return { starts, ends };
}

/**
 * Whether a session ends between two records of one identifier: one of those that end sessions, then
 * one of those that start them.
 */
export function beginsAnew(
  reuse: NonNullable<IdentifierKind['reuse']>,
  before: number,
  template: number,
): boolean {
  return before !== template && reuse.starts.has(template) && reuse.ends.has(before);
}

/**
 * Sequences cut where their identifier serves a new session; none where starts and ends do not take
 * turns.
 */
function cutSequences(
  sequences: readonly (readonly number[])[],
  reuse: NonNullable<IdentifierKind['reuse']>,
): number[][] {
  let regular = 0;
  let edges = 0;
  const pieces: number[][] = [];
  for (const sequence of sequences) {
    let begin = 0;
    for (let at = 1; at < sequence.length; at += 1) {
      const before = sequence[at - 1]!;
      if (reuse.starts.has(sequence[at]!) || reuse.ends.has(before)) edges += 1;
      if (!beginsAnew(reuse, before, sequence[at]!)) continue;
      regular += 1;
      pieces.push(sequence.slice(begin, at));
      begin = at;
    }
    pieces.push(sequence.slice(begin));
  }
  return regular >= edges * regularity ? pieces : [];
}

/**
 * How well sequences of templates hang together, 0 where they do not: the share of the records in
 * sequences that link several templates, times how uniform those are, either as sets of templates or
 * in how they begin and end (a session has a shape, it opens and closes; a port or a user does not).
 */
function cohesion(sequences: readonly (readonly number[])[]): number {
  let lines = 0;
  let linkedLines = 0;
  let linked = 0;
  const all = new Map<number, number>();
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const shapes = new Map<string, number>();
  const count = (tally: Map<number, number>, template: number): void => {
    tally.set(template, (tally.get(template) ?? 0) + 1);
  };
  for (const sequence of sequences) {
    lines += sequence.length;
    if (sequence.every((template) => template === sequence[0])) continue;
    linked += 1;
    linkedLines += sequence.length;
    for (const template of sequence) count(all, template);
    count(first, sequence[0]!);
    count(last, sequence[sequence.length - 1]!);
    const shape = [...new Set(sequence)].sort((a, b) => a - b).join(' ');
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  if (linked < fewestSessions || linkedLines < lines * 0.5) return 0;
  const edges = entropy(first.values()) + entropy(last.values());
  const structure = Math.max(
    1 - edges / (2 * entropy(all.values())),
    1 - entropy(shapes.values()) / Math.log2(linked),
  );
  return structure < leastStructure ? 0 : (linkedLines / lines) * structure;
}

/**
 * Whether most records belong to values that come and go; the others name places, which are there
 * from the start and stay.
 */
function passing(values: readonly SampledValue[]): boolean {
  let lines = 0;
  let brief = 0;
  for (const value of values) {
    if (value.lines < 2) continue;
    lines += value.lines;
    if (value.span < 0.5 || value.born > lateBirth) brief += value.lines;
  }
  return brief >= lines / 2;
}

interface Judged {
  readonly score: number;
  readonly reuse: IdentifierKind['reuse'];
}

/** The score of a kind that ties its records together perfectly. */
function highestScore({ kind, lines }: SampledKind, records: number): number {
  const origin = kindOrigin(kind);
  // A name says more than a place.
  return (lines / records) * (origin === 'prefix' || origin === 'word' ? 1 : unnamed);
}

/**
 * @param least score that is of use
 * @returns null for what is no identifier, or a worse one
 */
function judgeKind(sampled: SampledKind, records: number, least: number): Judged | null {
  const { values, held, lines } = sampled;
  if (lines / records < leastCoverage || values.size < 2) return null;
  const highest = highestScore(sampled, records);
  if (highest < least) return null;
  const isColumn = kindOrigin(sampled.kind) === 'column';
  // Header columns whose values only grow are clocks and counters, and those that hold names and
  // numbers in turn are no identifiers.
  if (isColumn && sampled.ascents >= sampled.changes * 0.98) return null;
  if (isColumn && Math.min(sampled.lettered, sampled.plain) > values.size * 0.1) return null;
  const sequences = held.map((value) => value.sequence);
  const fitting = held.filter((value) => value.lines <= longestSession);
  const whole =
    values.size >= fewestSessions && fitting.length >= held.length / 2 && passing(held)
      ? cohesion(fitting.map((value) => value.sequence))
      : 0;
  if (whole > 0 && lines / values.size >= 1.2) return { score: highest * whole, reuse: null };
  // Half as good as an identifier that stands for one session only.
  if (highest * usedAgain < least) return null;
  const reuse = edgesOf(sequences);
  const pieces = cutSequences(sequences, reuse);
  if (pieces.length < Math.max(fewestSessions, sequences.length * 2)) return null;
  const score = highest * usedAgain * cohesion(pieces);
  return score > 0 ? { score, reuse } : null;
}

/**
 * The kind of identifier that ties most records together, found without configuration: every kind of
 * identifier-like token is sampled and judged by the templates that its values link. Null where none
 * qualifies.
 */
export function findIdentifierKind(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
): IdentifierKind | null {
  const { kinds, sampled } = sampleKinds(log, records, templates);
  let best: { readonly kind: SampledKind; readonly judged: Judged } | null = null;
  // What may be best is judged first: few others have to be judged then.
  const hopeful = kinds.sort((a, b) => highestScore(b, sampled) - highestScore(a, sampled));
  for (const kind of hopeful) {
    const judged = judgeKind(kind, sampled, best?.judged.score ?? 0);
    if (judged !== null && judged.score > (best?.judged.score ?? 0)) best = { kind, judged };
  }
  if (best === null) return null;
  const { kind, judged } = best;
  return {
    place: {
      kind: kind.kind,
      inMessage: kind.inHeader === 0,
      inHeader: kind.inHeader === kind.lines,
      single: !kind.several,
    },
    label: identifierLabel(log, kind.kind, kind.lineStart, kind.start, kind.end),
    reuse: judged.reuse,
  };
}
