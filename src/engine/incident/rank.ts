import type { Incident, IncidentQuery, SimilarIncident } from './incident.ts';
import { lexicalScores } from './lexical.ts';
import { likeness, rarityOf, type Likeness } from './likeness.ts';

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): its usual constant. */
const fusion = 60;
/** Candidates that are compared in full. */
const mostCandidates = 60;
/** Below this an incident is not called similar: the honest answer is "not seen before". */
const leastSimilar = 0.6;
/** Most incidents that come back do so within some twenty days (RCACopilot, 2024: 93.8 %). */
const recurrenceDays = 20;
const day = 86_400_000;

/** What is searched in an incident by words. */
export function incidentText(incident: Incident): string {
  return [
    incident.title,
    ...incident.templates,
    ...incident.exceptions,
    ...incident.components,
    incident.rootCause,
  ].join('\n');
}

/** What is looked for, as words. */
export function queryText(query: IncidentQuery): string {
  return [query.text, ...query.templates, ...query.exceptions, ...query.components].join('\n');
}

/**
 * Past incidents like the query, best first: words (BM25) and vectors fused by rank, the exact
 * signature first, recent and confirmed ones before others. What the words and vectors bring up is compared by
 * patterns and exceptions, which gives a third rank. Rejected ones are left out.
 * @param cosines by incident id; ids without a vector are missing
 * @param now milliseconds since the epoch
 */
export function rankIncidents(
  incidents: readonly Incident[],
  query: IncidentQuery,
  cosines: ReadonlyMap<string, number>,
  now: number,
  limit: number,
): SimilarIncident[] {
  const eligible = incidents.filter(({ status }) => status !== 'rejected');
  const words = lexicalScores(eligible.map(incidentText), queryText(query));
  const byWords = ranks(words);
  const byMeaning = ranks(eligible.map(({ id }) => cosines.get(id) ?? 0));
  const candidates = eligible
    .map((incident, index) => ({
      incident,
      fused: reciprocal(byWords[index]) + reciprocal(byMeaning[index]),
    }))
    .sort((a, b) => b.fused - a.fused)
    .slice(0, mostCandidates);
  const rarity = rarityOf(query, eligible);
  const compared = candidates.map(({ incident, fused }) => ({
    incident,
    fused,
    alike: likeness(incident, query, cosines.get(incident.id) ?? null, rarity),
  }));
  const bySignature = ranks(compared.map(({ alike }) => alike.similarity));
  return compared
    .map(({ incident, fused: fusedBefore, alike }, index) => {
      const fused = fusedBefore + reciprocal(bySignature[index]);
      const age = Math.max(0, now - Date.parse(incident.savedAt)) / day;
      const recency = 0.5 + 0.5 * Math.exp(-age / recurrenceDays);
      const trust = incident.status === 'confirmed' ? 1.25 : 1;
      return { incident, alike, weight: (alike.exact ? 1 : 0) + fused * recency * trust };
    })
    .filter(({ alike }) => alike.similarity >= leastSimilar)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, limit)
    .map(({ incident, alike }) => ({
      incident,
      similarity: alike.similarity,
      why: inWords(alike),
    }));
}

/** 1-based rank of each score, best first; null where the score is 0. */
function ranks(scores: readonly number[]): (number | null)[] {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const result = new Array<number | null>(scores.length).fill(null);
  order.forEach((index, place) => {
    if ((scores[index] ?? 0) > 0) result[index] = place + 1;
  });
  return result;
}

function reciprocal(rank: number | null | undefined): number {
  return rank === null || rank === undefined ? 0 : 1 / (fusion + rank);
}

function inWords(alike: Likeness): string {
  if (alike.exact) return 'the same patterns';
  const shared = [
    plural(alike.sharedTemplates, 'shared pattern'),
    alike.sharedExceptions > 0 ? 'same exception' : '',
    plural(alike.sharedComponents, 'shared component'),
  ].filter((part) => part !== '');
  return shared.length === 0 ? 'similar wording' : shared.join(', ');
}

function plural(value: number, one: string): string {
  return value === 0 ? '' : `${value} ${one}${value === 1 ? '' : 's'}`;
}
