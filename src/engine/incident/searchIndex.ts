import type { Incident, IncidentQuery, SimilarIncident } from './incident.ts';
import { isSame, likeness, prepare, sharedPatterns } from './likeness.ts';
import { signatureOf, type Signature } from './signature.ts';
import { SignHolders } from './signHolders.ts';
import { WordIndex } from './wordIndex.ts';

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): its usual constant. */
const fusion = 60;
/** Candidates that are compared in full. */
const mostCandidates = 60;
/** Most incidents that come back do so within some twenty days (RCACopilot, 2024: 93.8 %). */
const recurrenceDays = 20;
const day = 86_400_000;
/** How much these count beside the similarity: enough to decide among what is about as alike. */
const fusedWeight = 0.02;
const recencyWeight = 0.03;
const trustWeight = 0.03;
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

interface Place {
  readonly incident: Incident;
  readonly signature: Signature;
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
  #holders = new SignHolders();
  /** Places of the incidents of each signature; rejected ones are not among them. */
  readonly #signatures = new Map<string, Set<number>>();
  #places: (Place | null)[] = [];
  readonly #byId = new Map<string, number>();

  put(incident: Incident): void {
    this.remove(incident.id);
    const signature = signatureOf(incident);
    const at = this.#words.add(incidentText(incident));
    this.#places[at] = { incident, signature };
    this.#byId.set(incident.id, at);
    if (incident.status === 'rejected') return;
    const twins = this.#signatures.get(signature.key);
    if (twins !== undefined) {
      twins.add(at);
      return;
    }
    this.#signatures.set(signature.key, new Set([at]));
    this.#holders.count(signature, 1);
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
      this.#holders.count(place.signature, -1);
    }
    if (this.#places.length > 2 * this.#byId.size + mostHoles) this.#rebuild();
  }

  /**
   * Past incidents like the query, best first; recent and confirmed ones before others that are as
   * alike. Words (BM25) and vectors, fused by rank, bring up candidates, which are compared by what they
   * show; those with the very same patterns and exceptions are always among them. Rejected ones are left
   * out.
   */
  similar(query: IncidentQuery, { cosines, now, limit, least }: SimilarOptions): SimilarIncident[] {
    const prepared = prepare(query, this.#holders);
    const { signature } = prepared;
    const candidates = this.#candidates(query, cosines);
    for (const at of this.#signatures.get(signature.key) ?? []) {
      candidates.set(at, candidates.get(at) ?? 0);
    }
    return [...candidates]
      .flatMap(([at, fused]) => {
        const place = this.#places[at];
        if (place === undefined || place === null) return [];
        const similarity = likeness(place.signature, prepared);
        if (similarity < least || similarity === 0) return [];
        const age = Math.max(0, now - Date.parse(place.incident.savedAt)) / day;
        const recency = Math.exp(-age / recurrenceDays);
        const confirmed = place.incident.status === 'confirmed' ? 1 : 0;
        const rank =
          similarity + fusedWeight * fused + recencyWeight * recency + trustWeight * confirmed;
        return [
          { ...place, similarity, rank: isSame(place.signature, signature) ? rank + 1 : rank },
        ];
      })
      .sort((a, b) => b.rank - a.rank)
      .slice(0, limit)
      .map(({ incident, signature: theirs, similarity }) => ({
        incident,
        similarity,
        why: inWords(incident, { theirs, query, ours: signature }),
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

  /** The best candidates by words and vectors, with their fused ranks, 0..1. */
  #candidates(query: IncidentQuery, cosines: ReadonlyMap<string, number>): Map<number, number> {
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
        fused.set(at, (fused.get(at) ?? 0) + (fusion + 1) / (fusion + place + 1) / 2);
      });
    }
    const first = [...fused].sort((a, b) => b[1] - a[1]).slice(0, mostCandidates);
    return new Map(first);
  }

  #rebuild(): void {
    const incidents = this.#places.flatMap((place) => (place === null ? [] : [place.incident]));
    this.#words = new WordIndex();
    this.#holders = new SignHolders();
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

/** What an incident and a query share, for people. */
function inWords(
  incident: Incident,
  shown: { readonly theirs: Signature; readonly query: IncidentQuery; readonly ours: Signature },
): string {
  const { theirs, query, ours } = shown;
  if (isSame(theirs, ours)) return 'the same patterns';
  const both = [...ours.exceptions].filter((name) => theirs.exceptions.has(name));
  const places = both.filter((name) => name.includes(' ')).length;
  const shared = [
    plural(sharedPatterns(theirs, ours), 'shared pattern'),
    both.length > places ? 'same exception' : '',
    plural(places, 'shared place', ' in code'),
    plural(common(incident.components, query.components), 'shared component'),
  ].filter((part) => part !== '');
  return shared.length === 0 ? 'similar wording' : shared.join(', ');
}

function plural(value: number, one: string, rest = ''): string {
  return value === 0 ? '' : `${value} ${one}${value === 1 ? '' : 's'}${rest}`;
}

function common(a: readonly string[], b: readonly string[]): number {
  const known = new Set(b);
  return new Set(a.filter((item) => known.has(item))).size;
}
