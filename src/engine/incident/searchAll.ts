import type { IncidentQuery, SimilarIncident } from './incident.ts';

/**
 * Past incidents like any of the queries: each incident once, as its best query found it, most
 * similar first. One query after the other, since a search may bring the index up to date.
 */
export async function searchAll(
  search: (query: IncidentQuery, limit: number) => Promise<readonly SimilarIncident[]>,
  queries: readonly IncidentQuery[],
  limit: number,
): Promise<readonly SimilarIncident[]> {
  const best = new Map<string, SimilarIncident>();
  for (const query of queries) {
    for (const similar of await search(query, limit)) {
      const known = best.get(similar.incident.id);
      if (known === undefined || known.similarity < similar.similarity) {
        best.set(similar.incident.id, similar);
      }
    }
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, limit);
}
