import { levels, type Level } from '../../record/levels.ts';
import type { EventTable } from '../events.ts';
import type { TemplateTable } from '../../template/templateTable.ts';
import { failureVocabulary } from '../failureVocabulary.ts';
import { isStateLine } from '../stateLine.ts';

/** What the log's own level says, in bits. */
const levelBits: Record<Level, number> = {
  unknown: 0,
  trace: -1,
  debug: -0.7,
  info: -0.3,
  notice: 0,
  warning: 1.2,
  error: 3,
  fatal: 4,
};

/** No text says more than this, however many bad words it holds. */
const mostBits = 8;
/** What is left of the words of failure in a message that a log with warnings or errors calls routine. */
const routineWords: Partial<Record<Level, number>> = { trace: 0.5, debug: 0.5, info: 0.7 };
/** What is left of the words of failure where it is tried again, and how often that is believed. */
const retriedWords = 0.5;
const believedRetries = 5;
/** Most that a line of a dump can say by itself: it is not told without other evidence. */
const stateBits = 0.9;
/** Records from which on the share of a level means something. */
const fewestRecords = 50;
/** Of fewer patterns than this a share means nothing: it is taken of so many. */
const fewestPatterns = 20;
const warning = levels.indexOf('warning');

/** Vectors of sentences that state failures and of sentences that state routine. */
export interface Anchors {
  readonly failure: readonly Float32Array[];
  readonly routine: readonly Float32Array[];
}

/** Strength of the anchors: two bits either way, so that vectors shift but never decide alone. */
const anchorBits = 2;
/** Bits per unit of cosine by which a text is nearer to failures than to routine. */
const leanBits = 6;

export interface SeverityPrior {
  /** 0..`mostBits` per event, as the text and level alone suggest. */
  readonly prior: Float64Array;
  /** The prior, damped where the log is full of the like. */
  readonly bits: Float64Array;
  /** Share of records at least as severe, per event. */
  readonly share: Float64Array;
  /** The words that speak for failure, per event. */
  readonly words: readonly (readonly string[])[];
}

/**
 * How much of its bits each level keeps. A level that half of the log has says little, be it
 * called FATAL; one that a quarter has or less says all it can. A single message that comes over and
 * over makes its level common among records, not among patterns: the smaller share counts.
 */
function levelWorth(events: EventTable): Float64Array {
  const worth = new Float64Array(levels.length).fill(1);
  const total = events.ofRecord.length;
  if (total < fewestRecords) return worth;
  for (let level = warning; level < levels.length; level += 1) {
    let records = 0;
    let patterns = 0;
    for (let event = 0; event < events.count; event += 1) {
      if (events.level[event]! < level) continue;
      records += events.records[event]!;
      patterns += 1;
    }
    const share = Math.min(records / total, patterns / Math.max(fewestPatterns, events.count));
    worth[level] = share > 0 ? Math.min(1, Math.max(0.5, -Math.log2(share) / 2)) : 1;
  }
  return worth;
}

function nearest(vector: Float32Array, anchors: readonly Float32Array[]): number {
  let best = -1;
  for (const anchor of anchors) {
    let dot = 0;
    for (let index = 0; index < vector.length; index += 1) dot += vector[index]! * anchor[index]!;
    if (dot > best) best = dot;
  }
  return best;
}

function leanOf(vector: Float32Array, anchors: Anchors): number {
  return nearest(vector, anchors.failure) - nearest(vector, anchors.routine);
}

/**
 * How bad each event says it is: the level of the log itself as far as the log is sparing with it,
 * failure words with negation, and, when vectors are there, whether it reads more like failures than
 * like routine. Where a large part of the log is as severe, being severe is no distinction and
 * counts less.
 */
export function severityPrior(
  events: EventTable,
  templates: TemplateTable,
  vectors: readonly Float32Array[] | null,
  anchors: Anchors | null,
): SeverityPrior {
  const total = Math.max(1, events.ofRecord.length);
  const prior = new Float64Array(events.count);
  const words: (readonly string[])[] = [];
  const spoken = templates.templates.map((template) => failureVocabulary(template.text));
  const worth = levelWorth(events);
  const sparing = events.level.some((level) => level >= warning);
  for (let event = 0; event < events.count; event += 1) {
    const template = events.template[event]!;
    const vocabulary = spoken[template]!;
    words.push(vocabulary.words);
    const level = levels[events.level[event]!] ?? 'unknown';
    // An author who warns elsewhere and calls this routine has dealt with what it speaks of.
    const routine = sparing ? (routineWords[level] ?? 1) : 1;
    const retries = vocabulary.retried && events.records[event]! <= believedRetries;
    const belief = routine * (retries ? retriedWords : 1);
    let sum = levelBits[level] * worth[events.level[event]!]! + vocabulary.bits * belief;
    if (isStateLine(templates.templates[template]!)) sum = Math.min(sum, stateBits);
    const vector = vectors?.[template];
    // A level is the author's own word, and so is a word of failure: vectors speak where both are
    // silent. Added on top they only said the same twice, and lifted what surrounds a failure.
    const silent = level === 'unknown' && vocabulary.words.length === 0;
    if (silent && vector !== undefined && anchors !== null) {
      sum += Math.max(-anchorBits, Math.min(anchorBits, leanOf(vector, anchors) * leanBits));
    }
    prior[event] = Math.max(0, Math.min(mostBits, sum));
  }
  const order = Array.from(prior.keys()).sort((a, b) => prior[b]! - prior[a]!);
  const share = new Float64Array(events.count);
  // One failure that comes all the time makes itself common, not other failures.
  const commonness = new Float64Array(events.count);
  const kinds = Math.max(fewestPatterns, events.count);
  let mass = 0;
  let at = 0;
  while (at < order.length) {
    let end = at;
    while (end < order.length && prior[order[end]!]! >= prior[order[at]!]! - 0.5) end += 1;
    for (let index = at; index < end; index += 1) mass += events.records[order[index]!]!;
    for (let index = at; index < end; index += 1) {
      const event = order[index]!;
      const own = events.records[event]! / total;
      share[event] = mass / total;
      commonness[event] = Math.max(own, Math.min(mass / total, end / kinds));
    }
    at = end;
  }
  const bits = prior.map((value, event) => {
    const damping = Math.min(1, Math.max(0.3, -Math.log2(commonness[event]!) / 3));
    return value * damping;
  });
  return { prior, bits, share, words };
}
