import type { Finding } from '../../detect/finding.ts';
import { number } from '../../detect/words.ts';
import type { SessionsSummary } from '../../present/sessionsText.ts';
import { laterBy, openBasis, periodsBehind } from '../../record/clockPeriods.ts';
import { joinSlices, type LogSlice } from '../../record/logSlice.ts';
import type { LogClock } from '../../record/recordTable.ts';
import { foldFindings, joinFindings, joinSilences, type FindingGroup } from './foldFindings.ts';
import { PatternRhythms } from './patternRhythms.ts';
import { PatternTallies } from './patternTallies.ts';
import type { SegmentResult } from './segment.ts';
import { shiftFinding } from './shiftFinding.ts';

/** Where a segment stands in its log. */
export interface SegmentPlace {
  /** First byte. */
  readonly start: number;
  readonly bytes: number;
  /** Line ends before it. */
  readonly lines: number;
  /** Of its first record that states one, in milliseconds since the epoch; NaN without one. */
  readonly time: number;
}

/** What the segments so far say together. */
export interface Folded {
  readonly bytes: number;
  readonly lines: number;
  readonly records: number;
  /** Name of the format of most segments. */
  readonly format: string;
  /** What its times mean; null where it states none. */
  readonly clock: LogClock | null;
  /** From which silence on it is unusually silent, in milliseconds; null where that is not known. */
  readonly gap: number | null;
  /** The log in figures, in its order. */
  readonly slices: readonly LogSlice[];
  readonly patterns: PatternTallies;
  readonly findings: readonly Finding[];
  readonly sessions: SessionsSummary;
  readonly places: readonly SegmentPlace[];
  readonly notes: readonly string[];
}

/** Slices that are kept; of more, neighbours are joined. */
const mostSlices = 8192;

const noSessions: SessionsSummary = { kind: 'window', identifier: '', count: 0, share: 0 };

/** Puts the results of segments together, in the order of the log. */
export class SegmentFold {
  readonly #tallies: PatternTallies;
  readonly #rhythms: PatternRhythms;
  readonly #groups: Map<string, FindingGroup>;
  readonly #formats: Map<string, number>;
  readonly #places: SegmentPlace[];
  readonly #sessions: SessionsSummary[];
  readonly #gaps: number[];
  #slices: readonly LogSlice[];
  #clock: LogClock | null = null;
  #bytes = 0;
  #lineEnds = 0;
  #endsInLine = false;
  #records = 0;
  /** The last time of the log so far; NaN before there is one. */
  #lastTime = NaN;
  #morePatterns = false;

  /** @param before what is known already; stays as it is */
  constructor(before: SegmentFold | null = null) {
    this.#tallies = new PatternTallies(before === null ? null : before.#tallies);
    this.#rhythms = new PatternRhythms(before === null ? null : before.#rhythms);
    this.#groups = new Map(before === null ? [] : before.#groups);
    this.#formats = new Map(before === null ? [] : before.#formats);
    this.#places = before === null ? [] : [...before.#places];
    this.#sessions = before === null ? [] : [...before.#sessions];
    this.#gaps = before === null ? [] : [...before.#gaps];
    this.#slices = before === null ? [] : before.#slices;
    if (before === null) return;
    this.#clock = before.#clock;
    this.#bytes = before.#bytes;
    this.#lineEnds = before.#lineEnds;
    this.#endsInLine = before.#endsInLine;
    this.#records = before.#records;
    this.#lastTime = before.#lastTime;
    this.#morePatterns = before.#morePatterns;
  }

  /** Bytes of the log that were folded. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many segments were. */
  get segments(): number {
    return this.#places.length;
  }

  /** Adds what follows. */
  add(read: SegmentResult): void {
    const result = inTimeBehind(this.#lastTime, read);
    const { start, bytes, records, format, patterns, findings, sessions, times } = result;
    this.#places.push({ start, bytes, lines: this.#lineEnds, time: times?.first ?? NaN });
    this.#lastTime = times?.last ?? this.#lastTime;
    this.#tallies.add(patterns, records, this.#lineEnds);
    this.#rhythms.add(patterns, result.axis, { records, lines: this.#lineEnds });
    const shifted = findings.map((finding) => shiftFinding(finding, this.#lineEnds));
    joinFindings(this.#groups, shifted);
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + records);
    if (sessions !== null) this.#sessions.push(sessions);
    if (result.gap !== null) this.#gaps.push(result.gap);
    this.#clock ??= result.clock;
    const before = this.#lineEnds;
    const slices = result.slices.map((slice) => ({ ...slice, line: slice.line + before }));
    this.#slices = fewer([...this.#slices, ...slices]);
    this.#bytes = start + bytes;
    this.#lineEnds += result.lineEnds;
    this.#endsInLine = result.endsInLine;
    this.#records += records;
    this.#morePatterns ||= result.morePatterns;
  }

  /**
   * @param path of the log
   * @param size bytes of the log, folded or not
   */
  folded(path: string, size: number): Folded {
    const groups = new Map(this.#groups);
    joinSilences(groups, this.#rhythms.silences(path));
    return {
      bytes: this.#bytes,
      lines: this.#lineEnds + (this.#endsInLine ? 1 : 0),
      records: this.#records,
      format: commonest(this.#formats),
      clock: this.#clock,
      gap: median(this.#gaps),
      slices: this.#slices,
      patterns: this.#tallies,
      findings: foldFindings(groups, this.#tallies, this.#records),
      sessions: this.#sessionsSummary(),
      places: [...this.#places],
      notes: this.#notes(this.#bytes < size),
    };
  }

  /** Of the kind that most segments have; the count is that of the segments that were looked at. */
  #sessionsSummary(): SessionsSummary {
    const kinds = new Map<string, number>();
    for (const { kind, identifier, count } of this.#sessions) {
      const key = `${kind} ${identifier}`;
      kinds.set(key, (kinds.get(key) ?? 0) + count);
    }
    const key = commonest(kinds);
    const alike = this.#sessions.filter(({ kind, identifier }) => `${kind} ${identifier}` === key);
    const [some] = alike;
    if (some === undefined) return noSessions;
    const sum = (of: (summary: SessionsSummary) => number): number =>
      alike.reduce((total, summary) => total + of(summary), 0);
    return {
      ...some,
      count: sum(({ count }) => count),
      share: sum(({ share }) => share) / alike.length,
    };
  }

  /** @param goesOn whether more of the log is read */
  #notes(goesOn: boolean): string[] {
    const notes: string[] = [];
    const parts = this.#places.length;
    const compared = `Sessions were compared in ${number(this.#sessions.length)} of ${number(parts)} parts`;
    if (goesOn && parts > 0) {
      notes.push(
        `${parts === 1 ? '1 part of the log has' : `${number(parts)} parts of the log have`} been read so far: what is usual is learned in each, and messages are not compared by meaning.`,
      );
    } else if (parts > 1) {
      notes.push(
        `The log was read in ${number(parts)} parts: what is usual was learned in each, and messages were not compared by meaning.`,
      );
    }
    if (this.#sessions.length < parts) notes.push(`${compared}${goesOn ? ' so far' : ''}.`);
    if (this.#morePatterns || this.#tallies.truncated) {
      notes.push('The log has more kinds of messages than are told apart: rare ones were grouped.');
    }
    return notes;
  }
}

/**
 * A segment at the times that it has in its log: what it states without a date, or without a year, goes
 * on where the segments before it have come to.
 */
function inTimeBehind(last: number, result: SegmentResult): SegmentResult {
  const { times } = result;
  const basis = openBasis(result.clock);
  const periods = basis === null || times === null ? 0 : periodsBehind(basis, last, times.first);
  if (basis === null || times === null || periods === 0) return result;
  const later = (time: number): number => laterBy(basis, periods, time);
  return {
    ...result,
    times: { first: later(times.first), last: later(times.last) },
    slices: result.slices.map((slice) => ({
      ...slice,
      first: later(slice.first),
      last: later(slice.last),
    })),
    patterns: result.patterns.map((pattern) => ({
      ...pattern,
      firstTime: later(pattern.firstTime),
      lastTime: later(pattern.lastTime),
    })),
  };
}

/** The key with the highest value, the first of equal ones; empty where there is none. */
function commonest(counts: ReadonlyMap<string, number>): string {
  let best = '';
  let most = -1;
  for (const [key, count] of counts) {
    if (count <= most) continue;
    best = key;
    most = count;
  }
  return best;
}

function fewer(slices: readonly LogSlice[]): readonly LogSlice[] {
  if (slices.length <= mostSlices) return slices;
  const joined: LogSlice[] = [];
  for (let at = 0; at < slices.length; at += 2) {
    const one = slices[at];
    const next = slices[at + 1];
    if (one !== undefined) joined.push(next === undefined ? one : joinSlices(one, next));
  }
  return joined;
}

/** Null where there is none. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}
