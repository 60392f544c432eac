import { builtInRules } from '../rules/builtInRules.ts';
import type { RuleBook } from '../rules/ruleBook.ts';
import { conceptRules } from './conceptWords.ts';
import { errnoRules } from './errno.ts';
import { exceptionHit } from './exceptionKinds.ts';
import { exitHits } from './exitCodes.ts';
import { grammarHits, unsetHits } from './failureGrammar.ts';
import { grpcHits } from './grpcStatus.ts';
import { httpHits } from './httpStatus.ts';
import { indexPhrases, matchPhrases } from './phrases.ts';
import { buildRules, resourceRules } from './resourceWords.ts';
import type { Hit } from './rule.ts';
import { sqlStateHits } from './sqlState.ts';
import { windowsHits } from './windowsStatus.ts';

/** Longest text that is looked at, in characters: what names a problem stands before that. */
const maxChars = 1200;

/** What general words still count where a rule of a product speaks about the same message. */
const shareBesideRule = 0.6;

const runtimeIndex = indexPhrases([...errnoRules, ...resourceRules, ...conceptRules]);
const buildIndex = indexPhrases(buildRules);

/** An exception's kind as programs print it: a qualified name that ends in one of these words. */
const exceptionName =
  /(?<![A-Za-z0-9_$])[A-Za-z_$][A-Za-z0-9_$.]{0,120}(?:Error|Exception|Fault|Failure|Timeout|Panic|Err)(?![A-Za-z0-9_])/g;

/**
 * Everything that rules and general knowledge say about a message, strongest first. Where a product's
 * rule knows the message, general words about it count less.
 * @param text one message, or a head line with the first lines of its trace
 * @param build whether the text comes from a build or test log, where compiler and test words count
 */
export function readFacts(
  text: string,
  build: boolean,
  rules: RuleBook = builtInRules(),
): readonly Hit[] {
  const specific = rules.match(text);
  const general = generalFacts(text, build);
  return [...specific, ...besides(specific, general)].sort(
    (a, b) => b.strength - a.strength || a.at - b.at,
  );
}

/** General hits beside specific ones: they neither repeat nor outweigh what a rule knows better. */
function besides(specific: readonly Hit[], general: readonly Hit[]): readonly Hit[] {
  const known = specific.filter(({ role }) => role !== 'symptom');
  if (known.length === 0) return general;
  const best = Math.max(...known.map(({ strength }) => strength));
  return general.map((hit) => ({
    ...hit,
    strength: Math.min(hit.strength * shareBesideRule, best * shareBesideRule),
  }));
}

function generalFacts(text: string, build: boolean): readonly Hit[] {
  const cut = text.length > maxChars ? text.slice(0, maxChars) : text;
  const lower = cut.toLowerCase();
  const hits: Hit[] = [
    ...httpHits(cut),
    ...grpcHits(cut),
    ...exitHits(cut),
    ...sqlStateHits(cut),
    ...windowsHits(cut),
    ...unsetHits(cut),
  ];
  for (const { rule, words, at } of matchPhrases(runtimeIndex, lower)) {
    const { category, role, strength, says } = rule;
    hits.push({ category, role, strength: build ? strength * 0.8 : strength, says, words, at });
  }
  for (const { rule, words, at } of matchPhrases(buildIndex, lower)) {
    const { category, role, says } = rule;
    const strength = build ? rule.strength : rule.strength * 0.5;
    hits.push({ category, role, strength, says, words, at });
  }
  let kinds = 0;
  for (const match of cut.matchAll(exceptionName)) {
    if (++kinds > 8) break;
    const hit = exceptionHit(match[0]);
    if (hit !== null) hits.push({ ...hit, at: match.index });
  }
  // A notice that something will be removed names what may happen one day.
  if (/\bdeprecat/.test(lower)) {
    return hits
      .filter((hit) => hit.category === 'version.mismatch')
      .map((hit) => ({ ...hit, strength: hit.strength * 0.5 }));
  }
  if (build) return hits.map(asTest);
  const named = hits.some(({ category, strength }) => category !== 'unknown' && strength >= 0.4);
  return named ? hits : [...hits, ...grammarHits(lower)];
}

/** An assertion that does not hold in a build is one of its tests. */
export function asTest<H extends Pick<Hit, 'category' | 'says'>>(hit: H): H {
  return hit.category === 'code.assertion'
    ? { ...hit, category: 'test.failure', says: 'a test failed' }
    : hit;
}
