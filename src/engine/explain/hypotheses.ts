import type { Category } from './explanation.ts';
import type { KnownEffect } from './knowledge/effects.ts';
import { knownEffect } from './knowledge/effects.ts';
import type { Hit, Role } from './knowledge/rule.ts';
import type { Signal } from './signal.ts';

/** One possible cause: the signal that speaks for it and what it would explain. */
export interface Hypothesis {
  readonly category: Category;
  readonly role: Role | null;
  readonly primary: Signal;
  /** The fact that names the category; null where nothing known fits. */
  readonly fact: Hit | null;
  /** Other signals of the same category, strongest first. */
  readonly support: readonly Signal[];
  /** Later signals that are known effects of this category. */
  readonly effects: readonly { readonly signal: Signal; readonly link: KnownEffect }[];
  readonly score: number;
}

const roleFactor = { cause: 1, effect: 0.82, symptom: 0.55 } as const satisfies Record<
  Role,
  number
>;
const unknownFactor = 0.6;
/**
 * Kinds of failure that a system only notices by their effects: a node is declared lost once its
 * connections have broken and its heartbeats stayed away, so the effects stand first in the log.
 */
const declaredLate: ReadonlySet<Category> = new Set<Category>(['node.down']);
/** A fact below this strength does not name a category. */
const minFact = 0.3;

/** The fact that best names what a signal is about; null for an unknown pattern. */
export function namingFact(signal: Signal): Hit | null {
  let best: Hit | null = null;
  for (const fact of signal.facts) {
    if (fact.strength < minFact || fact.category === 'unknown') continue;
    if (best === null || worth(fact) > worth(best)) best = fact;
  }
  return best;
}

function worth(fact: Hit): number {
  return fact.strength * roleFactor[fact.role];
}

/**
 * Possible causes, likeliest first. A cause gains by coming early (not by being loud), by being a
 * cause rather than a symptom, and by explaining later signals; it loses where something earlier
 * is a known cause of it.
 * @param ordered signals in the order in which they happened
 */
export function rankHypotheses(ordered: readonly Signal[]): readonly Hypothesis[] {
  const strongest = Math.max(0, ...ordered.map((signal) => signal.weight));
  const strong = ordered.filter((signal) => signal.weight >= strongest * 0.45);
  const named = strong.map((signal) => ({ signal, fact: namingFact(signal) }));
  const late = named.filter(({ fact }) => fact !== null && declaredLate.has(fact.category));
  const best = new Map<Category, Hypothesis>();
  named.forEach(({ signal, fact }, index) => {
    const category = fact?.category ?? 'unknown';
    const later = named.slice(index + 1);
    const earlier = named.slice(0, index);
    const effects = effectsOf(
      category,
      declaredLate.has(category) ? [...later, ...earlier] : later,
    );
    const score =
      signal.weight ** 1.5 *
      (fact === null ? unknownFactor : roleFactor[fact.role] * (0.55 + 0.45 * fact.strength)) *
      (0.6 + 0.4 / (1 + 0.25 * distinctBefore(earlier, strongest * 0.75))) *
      (1 + Math.min(0.4, 0.12 * effects.length)) *
      explainedFactor(category, signal, earlier, [...late, ...later]) *
      (signal.finding === null ? 1 : 1.05);
    const known = best.get(category);
    if (known !== undefined && known.score >= score) return;
    best.set(category, {
      category,
      role: fact?.role ?? null,
      primary: signal,
      fact,
      support: [],
      effects,
      score,
    });
  });
  return [...best.values()]
    .map((hypothesis) => ({ ...hypothesis, support: supportOf(hypothesis, named) }))
    .sort((a, b) => b.score - a.score);
}

type Named = readonly { readonly signal: Signal; readonly fact: Hit | null }[];

function effectsOf(category: Category, later: Named): Hypothesis['effects'] {
  const found = new Map<Category, { signal: Signal; link: KnownEffect }>();
  for (const { signal, fact } of later) {
    if (fact === null || found.has(fact.category)) continue;
    const link = knownEffect(category, fact.category);
    if (link !== null) found.set(fact.category, { signal, link });
  }
  return [...found.values()];
}

/** Kinds of equally severe trouble that came before, at most 12: a hundred equal lines are one. */
function distinctBefore(earlier: Named, atLeast: number): number {
  const severe = earlier.filter(({ signal }) => signal.weight >= atLeast);
  const kinds = new Set(severe.map(({ fact, signal }) => fact?.says ?? signal.template));
  return Math.min(12, kinds.size);
}

/**
 * Kinds of failure that are noticed from outside. What broke inside is told a little later, once it
 * has been noticed there as well, and explains what the outside saw.
 */
const seenFromOutside: ReadonlySet<Category> = new Set<Category>([
  'dependency.unavailable',
  'network.disconnect',
  'network.timeout',
]);
/** What is told so much later may still be what the outside saw first, in milliseconds. */
const toldLateMs = 15_000;
const explainedAway = 0.8;
const explainedFromInside = 0.6;

/** How far a failure counts where another one is a known cause of it. */
function explainedFactor(category: Category, signal: Signal, earlier: Named, later: Named): number {
  const outside = seenFromOutside.has(category);
  const near = later.filter(
    (other) =>
      (other.fact !== null && declaredLate.has(other.fact.category)) ||
      (outside && Math.abs(other.signal.time - signal.time) <= toldLateMs),
  );
  const causes = [...earlier, ...near].filter(
    (other) =>
      other.fact !== null &&
      other.fact.role !== 'symptom' &&
      other.signal.weight >= 0.5 &&
      knownEffect(other.fact.category, category) !== null,
  );
  if (causes.length === 0) return 1;
  const inside = causes.some(({ fact }) => fact !== null && isInside(fact.category));
  return outside && inside ? explainedFromInside : explainedAway;
}

/** What breaks in one program or machine. Whether a node is down or cut off is seen from outside, too. */
function isInside(category: Category): boolean {
  return /^(?:process|resource|code|config|version|data|concurrency)\b/.test(category);
}

function supportOf(hypothesis: Hypothesis, named: Named): readonly Signal[] {
  return named
    .filter(
      ({ signal, fact }) =>
        signal !== hypothesis.primary && (fact?.category ?? 'unknown') === hypothesis.category,
    )
    .map(({ signal }) => signal)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 6);
}
