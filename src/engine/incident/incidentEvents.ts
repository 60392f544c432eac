import * as v from 'valibot';
import { EngineError } from '../base/engineError.ts';
import { grades, type Incident } from './incident.ts';

/** Version of the lines in `incidents.jsonl`; a reader skips lines of a later one. */
const schema = 1;

const words = v.array(v.string());

const incidentShape = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  savedAt: v.pipe(v.string(), v.isoTimestamp()),
  title: v.string(),
  logs: words,
  templates: words,
  exceptions: words,
  components: words,
  category: v.string(),
  rootCause: v.string(),
  resolution: v.string(),
  status: v.picklist(['unconfirmed', 'confirmed', 'rejected']),
  grade: v.optional(v.nullable(v.picklist(grades)), null),
  origin: v.optional(v.string(), ''),
  merged: v.optional(words, []),
});

const eventShape = v.variant('kind', [
  v.object({ schema: v.literal(schema), kind: v.literal('saved'), incident: incidentShape }),
  v.object({ schema: v.literal(schema), kind: v.literal('removed'), id: v.string() }),
]);

/** One thing that happened to the memory. A correction is the incident saved again under its id. */
export type IncidentEvent =
  | { readonly kind: 'saved'; readonly incident: Incident }
  | { readonly kind: 'removed'; readonly id: string };

/**
 * One line for the log, without line end.
 * @throws EngineError `invalid-argument` for an event that `decodeEvent` would not take back: written,
 * it would be lost
 */
export function encodeEvent(event: IncidentEvent): string {
  const line = { schema, ...event };
  const result = v.safeParse(eventShape, line);
  if (!result.success) {
    throw new EngineError(
      'invalid-argument',
      `The incident cannot be saved: ${result.issues.map(({ message }) => message).join('; ')}`,
      'Give it an id, a status and a time such as 2026-03-01T10:00:00.000Z.',
    );
  }
  return JSON.stringify(line);
}

/** Null where the line is torn, of another shape, or written by a later version. */
export function decodeEvent(line: string): IncidentEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const result = v.safeParse(eventShape, value);
  return result.success ? result.output : null;
}

/** The incidents after all events, in the order in which they were first saved. */
export function foldEvents(events: Iterable<IncidentEvent>): Map<string, Incident> {
  const incidents = new Map<string, Incident>();
  for (const event of events) {
    if (event.kind === 'saved') incidents.set(event.incident.id, event.incident);
    else incidents.delete(event.id);
  }
  return incidents;
}
