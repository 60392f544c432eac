import { levels, type Level } from '../../record/levels.ts';
import type { EventTable } from '../events.ts';
import type { TemplateTable } from '../../template/templateTable.ts';
import { failureVocabulary } from '../failureVocabulary.ts';

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
 * How bad each event says it is: the level of the log itself, failure words with negation, and,
 * when vectors are there, whether it reads more like failures than like routine. Where a large part
 * of the log is as severe, being severe is no distinction and counts less.
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
  for (let event = 0; event < events.count; event += 1) {
    const template = events.template[event]!;
    const vocabulary = spoken[template]!;
    words.push(vocabulary.words);
    let sum = levelBits[levels[events.level[event]!] ?? 'unknown'] + vocabulary.bits;
    const vector = vectors?.[template];
    // A level is the author's own word, and so is a word of failure: vectors speak where both are
    // silent. Added on top they only said the same twice, and lifted what surrounds a failure.
    const silent = levels[events.level[event]!] === 'unknown' && vocabulary.words.length === 0;
    if (silent && vector !== undefined && anchors !== null) {
      sum += Math.max(-anchorBits, Math.min(anchorBits, leanOf(vector, anchors) * leanBits));
    }
    prior[event] = Math.max(0, Math.min(mostBits, sum));
  }
  const order = Array.from(prior.keys()).sort((a, b) => prior[b]! - prior[a]!);
  const share = new Float64Array(events.count);
  let mass = 0;
  let at = 0;
  while (at < order.length) {
    let end = at;
    while (end < order.length && prior[order[end]!]! >= prior[order[at]!]! - 0.5) end += 1;
    let group = 0;
    for (let index = at; index < end; index += 1) group += events.records[order[index]!]!;
    for (let index = at; index < end; index += 1) share[order[index]!] = (mass + group) / total;
    mass += group;
    at = end;
  }
  const bits = prior.map((value, event) => {
    const damping = Math.min(1, Math.max(0.3, -Math.log2(share[event]!) / 3));
    return value * damping;
  });
  return { prior, bits, share, words };
}
