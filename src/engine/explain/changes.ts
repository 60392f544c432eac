import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { Clocks } from './clocks.ts';
import { seenFrom } from './clocks.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { ChangeFact } from './knowledge/changeWords.ts';
import { readChange } from './knowledge/changeWords.ts';
import { readLine, readMessage } from './readLines.ts';
import type { Signal } from './signal.ts';
import { contentWords } from './words.ts';

/** A change reported by a line, seen from the onset of the trouble. */
export interface Change {
  readonly log: number;
  readonly record: number;
  /** 1-based. */
  readonly line: number;
  /** Milliseconds since the epoch by the clock of the onset's log; NaN where none is stated. */
  readonly time: number;
  readonly text: string;
  readonly fact: ChangeFact;
  /** Words that the line shares with the trouble, most telling first. */
  readonly shared: readonly string[];
  /** How much it has to do with the trouble by words and nearness; 0 where no word is shared. */
  readonly related: number;
}

/** An earlier change taken back after the onset, and what became of the errors. */
export interface Undo {
  readonly change: Change;
  /** Errors a minute between onset and undoing, and after it. */
  readonly errorsBefore: number;
  readonly errorsAfter: number;
  readonly recovered: boolean;
}

/** What was changed before the trouble began, and whether it was changed back. */
export interface ChangeStory {
  /** Nearest and most related first, at most `maxBefore`. */
  readonly before: readonly Change[];
  readonly undo: Undo | null;
}

export const noChanges: ChangeStory = { before: [], undo: null };

/** A change is looked for this long before the onset, or this many records where no time is stated. */
const windowMs = 60 * 60_000;
const windowRecords = 300;
/** A change further back than this is not told in the summary. */
export const nearMs = 30 * 60_000;
const maxBefore = 3;
/** Records of one log that are decoded: more changes than this in an hour are its ordinary work. */
const maxRead = 3000;
/** A pattern that comes so often before the onset is a habit, not a change. */
const habitual = 8;
/** What settles after a change is counted only from then on. */
const settleMs = 2 * 60_000;

/** The changes around the onset of a hypothesis, over all given logs. */
export function changesAround(
  top: Hypothesis,
  onset: Signal,
  analyses: readonly AnalysedLog[],
  clocks: Clocks,
): ChangeStory {
  const trouble = readTrouble(top, analyses);
  const all = analyses.flatMap((_, log) => changesOf(log, onset, analyses, trouble, clocks));
  const before = all
    .filter((change) => isBefore(change, onset))
    .map((change) => ({ ...change, related: change.related * nearness(change, onset) }))
    .sort((a, b) => b.related - a.related || b.time - a.time || a.line - b.line);
  const lead = before.filter((change) => change.related > 0);
  if (lead.length === 0) return { before: before.slice(0, 2), undo: null };
  const least = (lead[0]?.related ?? 0) * 0.25;
  const told = lead.filter((change) => change.related >= least).slice(0, maxBefore);
  return { before: told, undo: undoOf(told, all, onset, analyses, clocks) };
}

function changesOf(
  log: number,
  onset: Signal,
  analyses: readonly AnalysedLog[],
  trouble: Trouble,
  clocks: Clocks,
): readonly Change[] {
  const analysis = analyses[log];
  if (analysis === undefined || !comparable(log, onset, clocks)) return [];
  const { view } = analysis;
  const { records, templates } = view;
  const seen = new Map<number, number>();
  const found: Change[] = [];
  const reports = templates.templates.map(
    ({ firstRecord }) => readChange(withSource(analysis, firstRecord)) !== null,
  );
  let read = 0;
  for (let record = 0; record < records.count && read < maxRead; record++) {
    const template = templates.ofRecord[record] ?? 0;
    if (reports[template] !== true || (records.level[record] ?? 0) >= levelRank.error) continue;
    const time = seenFrom(clocks, onset.log, log, records.time[record] ?? Number.NaN);
    const timed = !Number.isNaN(time) && !Number.isNaN(onset.time);
    if (
      timed
        ? time < onset.time - windowMs
        : log !== onset.log || record < onset.record - windowRecords
    ) {
      continue;
    }
    read++;
    const fact = readChange(withSource(analysis, record));
    if (fact === null) continue;
    // Every log begins with the start of what writes it.
    if (fact.kind === 'restart' && record < 20) continue;
    seen.set(template, (seen.get(template) ?? 0) + 1);
    const text = readMessage(view.log, records, record).trim();
    const shared = contentWords(withSource(analysis, record)).filter((word) =>
      trouble.words.has(word),
    );
    const line = (records.firstLine[record] ?? 0) + 1;
    found.push({
      log,
      record,
      line,
      time,
      text,
      fact,
      shared,
      related: worth(fact, shared, trouble),
    });
  }
  return found.filter(({ record }) => (seen.get(templates.ofRecord[record] ?? 0) ?? 0) < habitual);
}

/** The source often names the kind of a line (`release`, `config`), so it is read with it. */
function withSource(analysis: AnalysedLog, record: number): string {
  const { log, records } = analysis.view;
  const source = records.sources[records.source[record] ?? 0] ?? '';
  return `${source} ${readMessage(log, records, record)}`.trim();
}

/** Logs that lie on no common axis cannot be compared. */
function comparable(log: number, onset: Signal, { shifts }: Clocks): boolean {
  return log === onset.log || (shifts[log] !== null && shifts[onset.log] !== null);
}

function isBefore(change: Change, onset: Signal): boolean {
  if (!Number.isNaN(change.time) && !Number.isNaN(onset.time)) {
    return (
      change.time < onset.time ||
      (change.time === onset.time && change.log === onset.log && change.record < onset.record)
    );
  }
  return change.log === onset.log && change.record < onset.record;
}

/** 1 directly before the onset, 0.5 a quarter of an hour before it. */
function nearness(change: Change, onset: Signal): number {
  const gap = onset.time - change.time;
  return Number.isNaN(gap) ? 0.7 : 1 / (1 + gap / (15 * 60_000));
}

/**
 * A word that names what failed counts twice, and so does a new number that the failure states
 * again (`pool-size: 40 -> 4`, then `4 of 4 in use`); a changed value says more than an announcement.
 */
function worth(fact: ChangeFact, shared: readonly string[], trouble: Trouble): number {
  if (shared.length === 0) return 0;
  const words = shared
    .slice(0, 6)
    .reduce((sum, word) => sum + (trouble.naming.has(word) ? 2 : 1), 0);
  const to = fact.setting?.to ?? '';
  const stated = trouble.numbers.has(to) ? 2 : 0;
  return (words + stated) * (fact.setting === null ? 1 : 1.2);
}

/** What the trouble speaks of. */
interface Trouble {
  readonly words: ReadonlySet<string>;
  /** Those that name the failure itself. */
  readonly naming: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

/** Words of the trouble: of its messages, its loggers and its trace. */
function readTrouble(top: Hypothesis, analyses: readonly AnalysedLog[]): Trouble {
  const words = new Set<string>();
  const told = [top.primary, ...top.support.slice(0, 3)];
  for (const signal of told) {
    const log = analyses[signal.log]?.view.log;
    const head = log === undefined ? '' : readLine(log, signal.line - 1);
    for (const word of contentWords(`${signal.source} ${signal.text} ${head.slice(0, 400)}`)) {
      words.add(word);
    }
    const thrown = signal.trace?.trace.chain[0];
    for (const frame of thrown?.frames.slice(0, 4) ?? []) {
      for (const word of contentWords(`${frame.module} ${frame.function}`)) words.add(word);
    }
  }
  const naming = new Set(contentWords(`${top.fact?.says ?? ''} ${top.fact?.words ?? ''}`));
  const numbers = new Set(top.primary.text.match(/(?<![\w.])[0-9]{1,9}(?![\w.])/g) ?? []);
  return { words, naming, numbers };
}

/**
 * The change that takes an earlier one back: the same setting with its values exchanged, or a
 * roll-back that shares a word with it. The line that names the most related setting is preferred.
 */
function undoOf(
  before: readonly Change[],
  all: readonly Change[],
  onset: Signal,
  analyses: readonly AnalysedLog[],
  clocks: Clocks,
): Undo | null {
  if (Number.isNaN(onset.time)) return null;
  const later = all.filter(({ time }) => time > onset.time);
  for (const change of before) {
    const back = later.find((other) => isReverse(change, other));
    if (back === undefined) continue;
    const rates = errorRates(onset, back.time, analyses, clocks);
    return { change: back, ...rates };
  }
  return null;
}

function isReverse(change: Change, other: Change): boolean {
  const first = change.fact.setting;
  const second = other.fact.setting;
  if (first !== null && second !== null) {
    return first.key === second.key && first.from === second.to && first.to === second.from;
  }
  const words = new Set(contentWords(change.text));
  return other.fact.kind === 'rollback' && contentWords(other.text).some((word) => words.has(word));
}

/** Errors a minute from onset to undoing, and from a while after it to the end of the logs. */
function errorRates(
  { log: viewer, time: onset }: Signal,
  undone: number,
  analyses: readonly AnalysedLog[],
  clocks: Clocks,
): { readonly errorsBefore: number; readonly errorsAfter: number; readonly recovered: boolean } {
  let before = 0;
  let after = 0;
  let end = undone;
  for (const [log, { view }] of analyses.entries()) {
    const { time, level, count } = view.records;
    const shift = seenFrom(clocks, viewer, log, 0);
    for (let record = 0; record < count; record++) {
      const at = (time[record] ?? Number.NaN) + shift;
      if (at > end) end = at;
      if ((level[record] ?? 0) < levelRank.error) continue;
      if (at >= onset && at <= undone) before++;
      else if (at > undone + settleMs) after++;
    }
  }
  const rest = (end - undone - settleMs) / 60_000;
  const errorsBefore = before / Math.max(1 / 60, (undone - onset) / 60_000);
  const errorsAfter = rest > 0 ? after / rest : Number.NaN;
  return {
    errorsBefore,
    errorsAfter,
    recovered: before >= 5 && rest >= 2 && errorsAfter <= errorsBefore * 0.2,
  };
}
