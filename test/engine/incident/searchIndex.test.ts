import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident, IncidentQuery } from '../../../src/engine/incident/incident.ts';
import type { SimilarIncident } from '../../../src/engine/incident/incident.ts';
import { SearchIndex } from '../../../src/engine/incident/searchIndex.ts';
import { incidentOf } from '../../support/incidents.ts';

const text = fc.oneof(
  fc.constantFrom(
    'waited <*> ms for a connection',
    'PoolTimeout: no connection in <*> ms',
    'disk <*> is full',
    'GET <*> <*>',
    '<*>',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const texts = fc.array(text, { maxLength: 5 });

const incident: fc.Arbitrary<Incident> = fc.record({
  id: fc.uuid(),
  savedAt: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  title: text,
  logs: texts,
  templates: texts,
  exceptions: texts,
  components: texts,
  category: fc.constant('unknown'),
  rootCause: text,
  resolution: text,
  status: fc.constantFrom('unconfirmed', 'confirmed', 'rejected'),
  grade: fc.constant(null),
  origin: fc.constant(''),
  merged: fc.constant([]),
});

const query: fc.Arbitrary<IncidentQuery> = fc.record({
  text,
  templates: texts,
  exceptions: texts,
  components: texts,
});

const now = Date.parse('2026-03-02T00:00:00Z');

function indexOf(incidents: readonly Incident[]): SearchIndex {
  const index = new SearchIndex();
  for (const one of incidents) index.put(one);
  return index;
}

function rankIncidents(
  incidents: readonly Incident[],
  asked: IncidentQuery,
  cosines: ReadonlyMap<string, number>,
  at: number,
  limit: number,
): readonly SimilarIncident[] {
  return indexOf(incidents).similar(asked, { cosines, now: at, limit, least: 0.6 });
}

describe('SearchIndex', () => {
  it('answers within its bounds for anything', () => {
    fc.assert(
      fc.property(
        fc.array(incident, { maxLength: 12 }),
        query,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 12 }),
        fc.nat(5),
        (incidents, asked, cosines, limit) => {
          const near = new Map(
            cosines.flatMap((cosine, index) => {
              const found = incidents[index];
              return found === undefined ? [] : [[found.id, cosine] as const];
            }),
          );
          const found = rankIncidents(incidents, asked, near, now, limit);
          expect(found.length).toBeLessThanOrEqual(limit);
          for (const { incident: past, similarity, why } of found) {
            expect(past.status).not.toBe('rejected');
            expect(similarity).toBeGreaterThanOrEqual(0);
            expect(similarity).toBeLessThanOrEqual(1);
            expect(why).not.toBe('');
          }
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('puts the incident with all of the patterns before any other', () => {
    fc.assert(
      fc.property(
        fc.array(incident, { maxLength: 12 }),
        fc.array(fc.double({ min: -1, max: 0.99, noNaN: true }), { maxLength: 12 }),
        (others, cosines) => {
          const exact = incidentOf({ id: 'exact', savedAt: '2020-01-01T00:00:00.000Z' });
          const { templates, exceptions, components } = exact;
          const near = new Map(others.map(({ id }, index) => [id, cosines[index] ?? 0]));
          const all = [...others, exact];
          const asked = { text: exact.title, templates, exceptions, components };
          expect(rankIncidents(all, asked, near, now, 3)[0]?.incident.id).toBe('exact');
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  const daily = [
    'periodic task <*> finished in <*> ms',
    'token <*> was renewed for <*>',
    'GET <*> answered with <*> in <*> ms',
    'agent <*> reports that it is alive',
  ];
  const nothing = new Map<string, number>();

  it('does not call incidents similar for the daily business that all of them show', () => {
    const incidents = Array.from({ length: 12 }, (_, index) =>
      incidentOf({
        id: `i${index}`,
        templates: [...daily, `${'abcdefghijkl'[index]!.repeat(4)} gave up`],
        exceptions: [`${'abcdefghijkl'[index]!.repeat(4)}Error`],
      }),
    );
    const healthy = { text: '', templates: daily, exceptions: [], components: [] };
    expect(rankIncidents(incidents, healthy, nothing, now, 5)).toEqual([]);
    const again = {
      text: '',
      templates: [...daily, 'cccc gave up'],
      exceptions: ['ccccError'],
      components: [],
    };
    const found = rankIncidents(incidents, again, nothing, now, 5);
    expect(found.map(({ incident: past }) => past.id)).toEqual(['i2']);
  });

  it('recognises an incident that came back again and again', () => {
    const incidents = Array.from({ length: 8 }, (_, index) => incidentOf({ id: `i${index}` }));
    const [{ templates, exceptions }] = incidents as [Incident];
    const asked = {
      text: '',
      templates: [...templates, ...daily.slice(0, 1)],
      exceptions,
      components: [],
    };
    expect(rankIncidents(incidents, asked, nothing, now, 3)).toHaveLength(3);
  });
});
