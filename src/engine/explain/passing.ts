import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { Clocks } from './clocks.ts';
import type { Category } from './explanation.ts';
import { namingFact } from './hypotheses.ts';
import { gapBetween, type Ordered } from './order.ts';
import type { Signal } from './signal.ts';

/**
 * Kinds of trouble that a running system meets every day and gets over: a client that left, a
 * request that ran into a bug, a lookup tried again. What it ran out of, what crashed, what is
 * configured wrongly, is told even when it is told once.
 */
const everyday: ReadonlySet<Category> = new Set<Category>([
  'network.disconnect',
  'network.timeout',
  'network.dns',
  'dependency.unavailable',
  'auth.denied',
  'code.exception',
  'data.missing',
  'data.corrupt',
  'concurrency',
  'test.failure',
  'unknown',
]);

/** Troubles that begin within this time of each other belong together, in milliseconds. */
const together = 60_000;
/** The same for logs that state no time, in records of one log. */
const togetherRecords = 40;
/** More records of trouble than this are no passing one. */
const mostRecords = 3;
/** A log that wrote so many records after it went on. */
const wentOn = 40;
/** Less than this neither makes company nor needs damping. */
const leastWeight = 0.3;
const damping = 0.55;
/** Shorter logs show no habits. */
const leastRecords = 100;
/** Most records of a habit among those between its first and its last. */
const habitualShare = 0.05;

/**
 * Signals in which what a system got over counts for less: a trouble of an everyday kind that began
 * alone, was told hardly more than once, and after which the logs went on without it for long. An
 * incident shows by what follows it: more of the same, other troubles, or silence.
 */
export function dampPassing(
  { signals, clocks }: Ordered,
  analyses: readonly AnalysedLog[],
): readonly Signal[] {
  const told = signals.filter(({ weight }) => weight >= leastWeight);
  const passing = new Set(told.filter((signal) => isHabit(signal, analyses)));
  for (const episode of episodes(
    told.filter((signal) => !passing.has(signal)),
    clocks,
  )) {
    const records = episode.reduce((sum, { count }) => sum + count, 0);
    if (records > mostRecords) continue;
    if (episode.every((signal) => isEveryday(signal) && logWentOn(signal, analyses))) {
      for (const signal of episode) passing.add(signal);
    }
  }
  return signals.map((signal) =>
    passing.has(signal) ? { ...signal, weight: signal.weight * damping } : signal,
  );
}

function isEveryday(signal: Signal): boolean {
  if (signal.level >= levelRank.fatal) return false;
  const fact = namingFact(signal);
  if (fact !== null && fact.role !== 'cause') return true;
  const category = fact?.category ?? 'unknown';
  if (!everyday.has(category)) return false;
  // A trace of a case that nobody thought of is no routine, unless the program itself says so.
  const unforeseen = signal.trace !== null && category === 'code.exception';
  const handled = signal.level !== levelRank.unknown && signal.level < levelRank.error;
  return !unforeseen || handled;
}

/** Whether the log wrote on for long after the last record of the signal's pattern. */
function logWentOn({ log, lastRecord }: Signal, analyses: readonly AnalysedLog[]): boolean {
  return (analyses[log]?.view.records.count ?? 0) - lastRecord > wentOn;
}

/**
 * Told now and then from early in the log to late in it, and rarely: the log's habit. A trouble that
 * lasts is told more often, or begins later.
 */
function isHabit(signal: Signal, analyses: readonly AnalysedLog[]): boolean {
  const total = analyses[signal.log]?.view.records.count ?? 0;
  const span = signal.lastRecord - signal.record;
  return (
    signal.level < levelRank.fatal &&
    total >= leastRecords &&
    signal.count >= 3 &&
    signal.record < total * 0.4 &&
    signal.lastRecord > total * 0.6 &&
    signal.count < span * habitualShare
  );
}

/** Signals that begin close together, in the order in which they begin. */
function episodes(ordered: readonly Signal[], clocks: Clocks): readonly (readonly Signal[])[] {
  const found: Signal[][] = [];
  let before: Signal | null = null;
  for (const signal of ordered) {
    const episode = found.at(-1);
    if (before !== null && episode !== undefined && belongs(before, signal, clocks)) {
      episode.push(signal);
    } else found.push([signal]);
    before = signal;
  }
  return found;
}

function belongs(before: Signal, signal: Signal, clocks: Clocks): boolean {
  const gap = gapBetween(before, signal, clocks);
  if (!Number.isNaN(gap)) return Math.abs(gap) <= together;
  return signal.log === before.log && Math.abs(signal.record - before.record) <= togetherRecords;
}
