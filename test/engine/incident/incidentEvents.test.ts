import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactLines } from '../../../src/engine/incident/compactLines.ts';
import {
  decodeLine,
  encodeEvent,
  type IncidentEvent,
} from '../../../src/engine/incident/incidentEvents.ts';
import { foldEvents } from '../../../src/engine/incident/memoryState.ts';
import { incidentOf } from '../../support/incidents.ts';

const at = '2026-03-02T10:00:00.000Z';

const events: fc.Arbitrary<IncidentEvent[]> = fc.array(
  fc.oneof(
    fc
      .record({ id: fc.constantFrom('a', 'b', 'c', 'd'), title: fc.string() })
      .map((part): IncidentEvent => ({ kind: 'saved', at, incident: incidentOf(part) })),
    fc.constantFrom('a', 'b', 'c', 'd').map((id): IncidentEvent => ({ kind: 'removed', at, id })),
  ),
  { maxLength: 30 },
);

function eventsIn(lines: readonly string[]): IncidentEvent[] {
  return lines.flatMap((line) => decodeLine(line).event ?? []);
}

describe('lines of the incident log', () => {
  it('are read with defaults where version 1 wrote them', () => {
    const { grade, origin, merged, ...old } = incidentOf({ id: 'old' });
    expect([grade, origin, merged]).toEqual([null, '', []]);
    const line = JSON.stringify({ schema: 1, kind: 'saved', incident: old });
    expect(decodeLine(line)).toEqual({
      event: { kind: 'saved', at: old.savedAt, incident: incidentOf({ id: 'old' }) },
      newer: false,
    });
    const removed = decodeLine('{"schema":1,"kind":"removed","id":"old"}').event;
    expect(removed).toMatchObject({ kind: 'removed', id: 'old' });
  });

  it('of a later version are understood as far as they are known', () => {
    const incident = { ...incidentOf({ id: 'next' }), mood: 'grim' };
    const known = decodeLine(JSON.stringify({ schema: 3, kind: 'saved', at, incident }));
    expect(known.newer).toBe(true);
    expect(known.event).toMatchObject({ kind: 'saved', incident: { id: 'next' } });
    expect(decodeLine('{"schema":3,"kind":"split","id":"x"}')).toEqual({
      event: null,
      newer: true,
    });
  });

  it('are total: anything that is no event is null', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (line) => {
        expect(decodeLine(line)).toEqual({ event: null, newer: false });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('mean the same after compaction, and what cannot be read stays', () => {
    fc.assert(
      fc.property(
        events,
        fc.array(fc.constantFrom<string>('torn {', 'x', '{"schema":2}')),
        (all, odd) => {
          const lines = [...odd, ...all.map(encodeEvent)];
          const kept = compactLines(lines) ?? [];
          const [before, after] = [foldEvents(all), foldEvents(eventsIn(kept))];
          expect([...after.known]).toEqual([...before.known]);
          expect(new Map(after.removed)).toEqual(new Map(before.removed));
          expect(kept.filter((line) => odd.includes(line))).toEqual(odd);
          expect(compactLines(kept)).toEqual(kept);
          expect(kept.length).toBeLessThanOrEqual(odd.length + 4);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it('are not compacted while a later version has a say in them', () => {
    const line = encodeEvent({ kind: 'saved', at, incident: incidentOf({ id: 'a' }) });
    expect(compactLines([line, '{"schema":9,"kind":"split"}', line])).toBeNull();
  });
});
