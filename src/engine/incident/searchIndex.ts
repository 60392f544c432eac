import type { Incident, IncidentQuery, SimilarIncident } from './incident.ts';
import { likeness, prepare, type Comparable, type Likeness } from './likeness.ts';
import { PatternHolders } from './patternHolders.ts';
import { signatureOf, type Signature } from './signature.ts';
import { WordIndex } from './wordIndex.ts';

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): its usual constant. */
const fusion = 60;
/** Candidates that are compared in full. */
const mostCandidates = 60;
/** Most incidents that come back do so within some twenty days (RCACopilot, 2024: 93.8 %). */
const recurrenceDays = 20;
const day = 86_400_000;
/** Removed places of the index from which on it is built anew, beside those in use. */
const mostHoles = 200;

/** How similar incidents are searched. */
export interface SimilarOptions {
  /** By incident id; ids without a vector are missing. */
  readonly cosines: ReadonlyMap<string, number>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly limit: number;
  /** Below this an incident is not called similar: the honest answer is "not seen before". */
  readonly least: number;
}

interface Place extends Comparable {
  readonly incident: Incident;
}

/** What is searched in an incident by words. */
function incidentText(incident: Incident): string {
  return [
    incident.title,
    ...incident.templates,
    ...incident.exceptions,
    ...incident.components,
    incident.category,
    incident.rootCause,
    incident.resolution,
  ].join('\n');
}

/** What is looked for, as words. */
function queryText(query: IncidentQuery): string {
  return [query.text, ...query.templates, ...query.exceptions, ...query.components].join('\n');
}

/**
 * The incidents of a memory, ready to be searched by example and by words. It follows the memory by
 * `put` and `remove`, at the cost of the incident; a search costs what its words and patterns are held
 * by, and a full comparison of some sixty candidates.
 */
export class SearchIndex {
  #words = new WordIndex();
  #patterns = new PatternHolders();
  readonly #exceptions = new Map<string, number>();
  /** Places of the incidents of each signature; rejected ones are not among them. */
  readonly #signatures = new Map<string, Set<number>>();
  #places: (Place | null)[] = [];
  readonly #byId = new Map<string, number>();

  put(incident: Incident): void {
    this.remove(incident.id);
    const signature = signatureOf(incident);
    const at = this.#words.add(incidentText(incident));
    const patterns = [...signature.patterns.values()].map((one) => this.#patterns.idOf(one));
    this.#places[at] = { incident, signature, patterns, components: incident.components };
    this.#byId.set(incident.id, at);
    if (incident.status === 'rejected') return;
    const twins = this.#signatures.get(signature.key);
    if (twins !== undefined) {
      twins.add(at);
      return;
    }
    this.#signatures.set(signature.key, new Set([at]));
    this.#hold(signature, patterns, 1);
  }

  remove(id: string): void {
    const at = this.#byId.get(id);
    const place = at === undefined ? undefined : this.#places[at];
    if (at === undefined || place === undefined || place === null) return;
    this.#byId.delete(id);
    this.#places[at] = null;
    this.#words.remove(at);
    const twins = this.#signatures.get(place.signature.key);
    if (twins?.delete(at) === true && twins.size === 0) {
      this.#signatures.delete(place.signature.key);
      this.#hold(place.signature, place.patterns, -1);
    }
    if (this.#places.length > 2 * this.#byId.size + mostHoles) this.#rebuild();
  }

  /**
   * Past incidents like the query, best first: words (BM25) and vectors fused by rank, the exact
   * signature first, recent and confirmed ones before others. What the words and vectors bring up is
   * compared by patterns and exceptions, which gives a third rank. Rejected ones are left out.
   */
  similar(query: IncidentQuery, { cosines, now, limit, least }: SimilarOptions): SimilarIncident[] {
    const prepared = prepare(query, {
      patterns: this.#patterns,
      exceptions: this.#exceptions,
      total: this.#signatures.size,
    });
    const fused = this.#fused(query, cosines);
    const exact = this.#signatures.get(prepared.signature.key);
    for (const at of exact ?? []) fused.set(at, fused.get(at) ?? 0);
    const compared = [...fused].flatMap(([at, weight]) => {
      const place = this.#places[at];
      if (place === undefined || place === null) return [];
      const cosine = cosines.get(place.incident.id) ?? null;
      return [{ incident: place.incident, weight, alike: likeness(place, prepared, cosine) }];
    });
    const bySignature = ranks(compared.map(({ alike }) => alike.similarity));
    return compared
      .map(({ incident, alike, weight }, index) => {
        const age = Math.max(0, now - Date.parse(incident.savedAt)) / day;
        const recency = 0.5 + 0.5 * Math.exp(-age / recurrenceDays);
        const trust = incident.status === 'confirmed' ? 1.25 : 1;
        const rank = (weight + reciprocal(bySignature[index])) * recency * trust;
        return { incident, alike, rank: (alike.exact ? 1 : 0) + rank };
      })
      .filter(({ alike }) => alike.similarity >= least)
      .sort((a, b) => b.rank - a.rank)
      .slice(0, limit)
      .map(({ incident, alike }) => ({
        incident,
        similarity: alike.similarity,
        why: inWords(alike),
      }));
  }

  /**
   * Incidents that hold words, rejected ones too, best first; the start of a word is enough. The
   * similarity is the share of the words that were found, rare ones counting more.
   */
  byWords(words: string, limit: number): SimilarIncident[] {
    return this.#words
      .find(words)
      .flatMap(({ document, share, found }) => {
        const place = this.#places[document];
        if (place === undefined || place === null) return [];
        const why = `holds ${found.map((word) => `"${word}"`).join(', ')}`;
        return [{ incident: place.incident, similarity: share, why }];
      })
      .slice(0, limit);
  }

  /** The best candidates by words and vectors, with their fused ranks. */
  #fused(query: IncidentQuery, cosines: ReadonlyMap<string, number>): Map<number, number> {
    const scores = this.#words.scores(queryText(query));
    const byMeaning = new Float64Array(scores.length);
    for (const [id, cosine] of cosines) {
      const at = this.#byId.get(id);
      if (at !== undefined) byMeaning[at] = cosine;
    }
    for (let at = 0; at < scores.length; at += 1) {
      if (this.#places[at]?.incident.status !== 'rejected') continue;
      scores[at] = 0;
      byMeaning[at] = 0;
    }
    const fused = new Map<number, number>();
    for (const ranked of [best(scores), best(byMeaning)]) {
      ranked.forEach((at, place) => {
        fused.set(at, (fused.get(at) ?? 0) + 1 / (fusion + place + 1));
      });
    }
    const first = [...fused].sort((a, b) => b[1] - a[1]).slice(0, mostCandidates);
    return new Map(first);
  }

  #hold(signature: Signature, patterns: readonly number[], change: 1 | -1): void {
    for (const id of patterns) this.#patterns.hold(id, change);
    for (const name of signature.exceptions) {
      const holders = (this.#exceptions.get(name) ?? 0) + change;
      if (holders === 0) this.#exceptions.delete(name);
      else this.#exceptions.set(name, holders);
    }
  }

  #rebuild(): void {
    const incidents = this.#places.flatMap((place) => (place === null ? [] : [place.incident]));
    this.#words = new WordIndex();
    this.#patterns = new PatternHolders();
    this.#exceptions.clear();
    this.#signatures.clear();
    this.#places = [];
    this.#byId.clear();
    for (const incident of incidents) this.put(incident);
  }
}

/** Places of the highest scores above 0, best first; as many as can become candidates. */
function best(scores: Float64Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < scores.length; at += 1) if ((scores[at] ?? 0) > 0) found.push(at);
  return found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 2 * mostCandidates);
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
