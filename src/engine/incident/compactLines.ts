import { decodeLine, encodeEvent, type IncidentEvent } from './incidentEvents.ts';
import { foldEvents } from './memoryState.ts';

/** Removals that are remembered after compaction; older ones are of no use to anybody. */
const keptRemovals = 1000;
/** A shorter file is not worth rewriting. */
const leastEvents = 1000;
/** Events beside each incident that is left, from which on a rewrite pays. */
const eventsPerIncident = 4;

/** Whether the log holds far more events than incidents. */
export function wantsCompaction(events: number, incidents: number): boolean {
  return events >= leastEvents && events > eventsPerIncident * incidents;
}

/**
 * The lines of a log without what later lines made void, in the present version; what cannot be read
 * is kept as it is, at the start. Folding the result gives the same incidents in the same order.
 * @returns null where a line is of a later version, whose meaning for the others is not known
 */
export function compactLines(lines: readonly string[]): string[] | null {
  const unread: string[] = [];
  const events: IncidentEvent[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    const { event, newer } = decodeLine(line);
    if (newer) return null;
    if (event === null) unread.push(line);
    else events.push(event);
  }
  const { known, removed } = foldEvents(events);
  return [
    ...unread,
    ...[...removed]
      .slice(-keptRemovals)
      .map(([id, at]) => encodeEvent({ kind: 'removed', at, id })),
    ...[...known.values()].map(({ incident, at }) => encodeEvent({ kind: 'saved', at, incident })),
  ];
}
