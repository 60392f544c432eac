import type { Family, Severity } from './finding.ts';

/** One family's strongest say about a candidate. */
export interface Voice {
  readonly family: Family;
  readonly bits: number;
  /** Passed the false-discovery test of its own detector. */
  readonly discovered: boolean;
  readonly strong: boolean;
}

export interface FusionContext {
  /** Records of the log. */
  readonly records: number;
  /** Undamped severity of the event, 0..8 bits. */
  readonly prior: number;
  /** Share of the log that is as severe, 0..1. */
  readonly severeShare: number;
}

/** p < .005: what each of two families must reach to speak up together. */
const consensusBits = 7.6;
/** Level ERROR, or words that leave no doubt. */
const severePrior = 3;
/** Level ERROR and a failure word, or FATAL. */
const gravePrior = 4.5;

/** For sorting: the gravest first. */
export const severityOrder: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** Families that look at the same thing count as one. */
function groupOf(family: Family): string {
  return family === 'text' ? 'rarity' : family;
}

/**
 * Evidence that a log of this size can give at all: in a log of sixty lines nothing has p < .005.
 */
function reachableBits(records: number): number {
  return Math.max(3, Math.min(consensusBits, Math.log2(Math.max(2, records)) - 1.5));
}

/**
 * High needs two independent kinds of evidence, or one rule that hardly any session breaks; an
 * unremarkable line that is merely rare never gets there. Medium needs one kind of evidence that
 * passes the false-discovery test, or a plainly stated failure. The rest is low: listed, not marked.
 */
export function severityOf(voices: readonly Voice[], context: FusionContext): Severity {
  const needed = reachableBits(context.records);
  const groups = new Map<string, number>();
  for (const voice of voices) {
    if (voice.family === 'severity') continue;
    const group = groupOf(voice.family);
    groups.set(group, Math.max(groups.get(group) ?? 0, voice.bits));
  }
  const strengths = [...groups.values()].sort((a, b) => b - a);
  const first = strengths[0] ?? 0;
  const second = strengths[1] ?? 0;
  const uncommon = context.severeShare <= 0.2;
  // That a log states failures seldom is evidence of its own, whatever the wording repeats.
  const seldom = -Math.log2(Math.max(context.severeShare, 1e-6));
  const grave = context.prior >= gravePrior && Math.max(first, seldom) >= needed;
  const spoken = voices.some(
    (voice) =>
      voice.family !== 'severity' &&
      voice.bits >= needed &&
      (voice.discovered || ['rarity', 'text', 'count', 'order'].includes(voice.family)),
  );
  const severe = context.prior >= severePrior && spoken;
  const agreement =
    first >= consensusBits + 2 &&
    second >= consensusBits &&
    (groups.has('order') || groups.has('count') || groups.has('value'));
  const rule = voices.some((voice) => voice.strong);
  if ((uncommon && (grave || severe)) || agreement || rule) return 'high';
  const discovered = voices.some(
    (voice) =>
      voice.discovered && groupOf(voice.family) !== 'rarity' && voice.family !== 'severity',
  );
  const warned = context.prior >= 1 && first >= needed;
  if (discovered || warned || context.prior >= severePrior) return 'medium';
  return 'low';
}

/**
 * Score 0..1 that keeps the order of (severity, bits): high from .8, medium from .4.
 */
export function scoreOf(severity: Severity, bits: number): number {
  const share = 1 - 2 ** (-Math.max(0, bits) / 10);
  if (severity === 'high') return 0.8 + 0.2 * share;
  if (severity === 'medium') return 0.4 + 0.4 * share;
  return 0.4 * share;
}
