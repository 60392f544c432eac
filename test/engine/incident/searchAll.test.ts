import { describe, expect, it } from 'vitest';
import type { IncidentQuery, SimilarIncident } from '../../../src/engine/incident/incident.ts';
import { searchAll } from '../../../src/engine/incident/searchAll.ts';
import { incidentOf } from '../../support/incidents.ts';

const query = (text: string): IncidentQuery => ({
  text,
  templates: [],
  exceptions: [],
  components: [],
});
const similar = (id: string, similarity: number): SimilarIncident => ({
  incident: incidentOf({ id }),
  similarity,
  why: '',
});
const answers: Record<string, readonly SimilarIncident[]> = {
  whole: [similar('pool', 0.61)],
  one: [similar('disk', 0.8), similar('pool', 0.95)],
};
const search = ({ text }: IncidentQuery): Promise<readonly SimilarIncident[]> =>
  Promise.resolve(answers[text] ?? []);

describe('searchAll', () => {
  it('names each incident once, as its best query found it, most similar first', async () => {
    const found = await searchAll(search, [query('whole'), query('one')], 5);
    expect(found.map(({ incident, similarity }) => [incident.id, similarity])).toEqual([
      ['pool', 0.95],
      ['disk', 0.8],
    ]);
  });

  it('keeps to the limit and is empty without answers', async () => {
    expect(await searchAll(search, [query('whole'), query('one')], 1)).toHaveLength(1);
    expect(await searchAll(search, [query('nothing')], 5)).toEqual([]);
  });
});
