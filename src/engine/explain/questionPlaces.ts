import { lineInText } from '../record/excerpt.ts';
import { boundsOfSlices } from '../record/logSlice.ts';
import type { LogText } from '../record/logText.ts';
import { filesOf, lineOfLog } from '../record/placeInLog.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { Mention } from './question.ts';
import { recordAtLine } from './readLines.ts';
import { timeNear } from './signalPlace.ts';
import { baseName } from './words.ts';

/** A record that stands out, with how much (0..1). */
export interface StandingOut {
  readonly log: number;
  readonly record: number;
  readonly count: number;
  readonly weight: number;
}

type Direction = 'before' | 'at' | 'after';

/** Longest part of a question that is looked at, in characters. */
const maxQuestion = 500;
/** Records further away, in milliseconds, are another story. */
const reach: Record<Direction, number> = { before: 3_600_000, at: 60_000, after: 3_600_000 };
/** What stands out counts half as much for every so many milliseconds between it and the moment. */
const halving = 600_000;
/** A pattern of at most so many records is told even where no detector marked it. */
const rare = 2;
const rareWeight = 0.25;
const dayLong = 86_400_000;

/**
 * Records that a question names by their place (`orders.log:1203`) or by a moment (`before
 * 12:03:07`), best first; empty where it names none. Around a moment, what stands out and what came
 * once or twice is told, the nearest first; clock times are those that the log states.
 */
export function namedPlaces(
  question: string,
  analyses: readonly AnalysedLog[],
  places: readonly StandingOut[],
  limit: number,
): readonly Mention[] {
  const asked = question.slice(0, maxQuestion).toLowerCase();
  const direction = directionOf(asked);
  const line = namedLine(asked, analyses);
  if (line !== null) {
    const itself = { ...line, count: 1, score: 1, words: [] };
    const analysis = analyses[line.log];
    const moment = analysis === undefined ? Number.NaN : timeNear(analysis, line.record);
    if (direction === 'at' || Number.isNaN(moment)) return [itself];
    const around = nearby(moment, direction, analyses, places);
    return [...around.filter((one) => !isSame(one, line)), itself].slice(0, limit);
  }
  const spans = analyses.map(spanOf).filter((span) => span !== null);
  const moment = namedMoment(asked, spans);
  return moment === null ? [] : nearby(moment, direction, analyses, places).slice(0, limit);
}

function directionOf(asked: string): Direction {
  if (/\b(?:before|until|prior|led|leads|preceded)\b/.test(asked)) return 'before';
  return /\b(?:after|since|afterwards|followed|following)\b/.test(asked) ? 'after' : 'at';
}

function isSame(a: { log: number; record: number }, b: { log: number; record: number }): boolean {
  return a.log === b.log && a.record === b.record;
}

/** Lines (1-based) of a log that a question cites by file and number: `orders.log:1203`. */
export function namedLines(
  question: string,
  log: Pick<LogText, 'path' | 'parts'>,
): readonly number[] {
  return filesOf(log)
    .flatMap((path) => linesNamedOf(path, question).map((line) => lineOfLog(log, { path, line })))
    .filter((line) => line !== null);
}

function linesNamedOf(path: string, question: string): readonly number[] {
  const asked = question.slice(0, maxQuestion).toLowerCase();
  const name = `${baseName(path).toLowerCase()}:`;
  const lines: number[] = [];
  for (let at = asked.indexOf(name); at >= 0; at = asked.indexOf(name, at + 1)) {
    const digits = /^\d{1,12}/.exec(asked.slice(at + name.length))?.[0];
    if (digits !== undefined && Number(digits) >= 1) lines.push(Number(digits));
  }
  return lines;
}

/** The record of the first line that the question cites; null without one. */
function namedLine(
  asked: string,
  analyses: readonly AnalysedLog[],
): { readonly log: number; readonly record: number } | null {
  for (const [log, { view }] of analyses.entries()) {
    for (const line of namedLines(asked, view.log)) {
      const own = lineInText(view.log, line);
      if (own !== null) return { log, record: recordAtLine(view.records, own - 1) };
    }
  }
  return null;
}

/** From when to when a log was written, in milliseconds since the epoch. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * The moment that a clock time in a question means: on the first day on which the logs were writing at
 * that time. Null without a time, or where the logs state none.
 */
export function namedMoment(question: string, spans: readonly Span[]): number | null {
  const asked = question.slice(0, maxQuestion);
  const match = /(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?![\d:])/.exec(asked);
  if (match === null || spans.length === 0) return null;
  const [, hours, minutes, seconds] = match;
  const ofDay =
    Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? '0') * 1000;
  const first = Math.min(...spans.map((span) => Math.min(span.first, span.last)));
  const last = Math.max(...spans.map((span) => Math.max(span.first, span.last)));
  const moment = Math.floor(first / dayLong) * dayLong + ofDay;
  return moment < first && moment + dayLong <= last ? moment + dayLong : moment;
}

/** Null where the log states no times. */
function spanOf(analysis: AnalysedLog): Span | null {
  if (analysis.whole !== undefined) return boundsOfSlices(analysis.whole.slices);
  const first = timeNear(analysis, 0);
  const last = timeNear(analysis, analysis.view.records.count - 1);
  if (Number.isNaN(first)) return Number.isNaN(last) ? null : { first: last, last };
  return { first, last: Number.isNaN(last) ? first : last };
}

/** What stands out around a moment, or came once or twice; best first. */
function nearby(
  moment: number,
  direction: Direction,
  analyses: readonly AnalysedLog[],
  places: readonly StandingOut[],
): readonly Mention[] {
  const found = new Map<string, Mention>();
  const consider = ({ log, record, count, weight }: StandingOut): void => {
    const analysis = analyses[log];
    if (analysis === undefined) return;
    const gap = timeNear(analysis, record) - moment;
    // NaN fails every comparison: what states no time is not near a moment.
    const fits =
      direction === 'before' ? gap < 0 : direction === 'after' ? gap >= 0 : Number.isFinite(gap);
    if (!fits || Math.abs(gap) > reach[direction]) return;
    const score = weight * 2 ** (-Math.abs(gap) / halving);
    const key = `${log}:${record}`;
    if ((found.get(key)?.score ?? -1) < score) {
      found.set(key, { log, record, count, score, words: [] });
    }
  };
  places.forEach(consider);
  analyses.forEach(({ view }, log) => {
    for (const { firstRecord, count } of view.templates.templates) {
      if (count <= rare) consider({ log, record: firstRecord, count, weight: rareWeight });
    }
  });
  return [...found.values()].sort(
    (a, b) => b.score - a.score || a.log - b.log || a.record - b.record,
  );
}
