import * as v from 'valibot';
import { EngineError } from '../base/engineError.ts';
import { grades, type Incident } from './incident.ts';

/**
 * Version of the lines in `incidents.jsonl`. 1 had no `at`, `grade`, `origin` and `merged`; such lines
 * are read with defaults and written anew when the file is compacted.
 */
export const incidentSchema = 2;

/** What version 1 did not say: a removal without a time is older than anything. */
const longAgo = '1970-01-01T00:00:00.000Z';

const words = v.array(v.string());

/** An incident as it is stored; what version 1 lacked is filled in. */
export const incidentShape = v.object({
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

const at = v.optional(v.pipe(v.string(), v.isoTimestamp()));

const lineShape = v.variant('kind', [
  v.object({ schema: v.number(), kind: v.literal('saved'), at, incident: incidentShape }),
  v.object({
    schema: v.number(),
    kind: v.literal('removed'),
    at,
    id: v.pipe(v.string(), v.nonEmpty()),
  }),
]);

/**
 * One thing that happened to the memory, and when (ISO 8601). A correction is the incident saved
 * again under its id.
 */
export type IncidentEvent =
  | { readonly kind: 'saved'; readonly at: string; readonly incident: Incident }
  | { readonly kind: 'removed'; readonly at: string; readonly id: string };

/** A line of the log, read. `newer`: of a later version; its event is null where it is not understood. */
export interface DecodedLine {
  readonly event: IncidentEvent | null;
  readonly newer: boolean;
}

/**
 * One line for the log, without line end.
 * @throws EngineError `invalid-argument` for an event that `decodeLine` would not take back: written,
 * it would be lost
 */
export function encodeEvent(event: IncidentEvent): string {
  const line = { schema: incidentSchema, ...event };
  const result = v.safeParse(lineShape, line);
  if (!result.success) {
    throw new EngineError(
      'invalid-argument',
      `The incident cannot be saved: ${result.issues.map(({ message }) => message).join('; ')}`,
      'Give it an id, a status and a time such as 2026-03-01T10:00:00.000Z.',
    );
  }
  return JSON.stringify(line);
}

/**
 * Total. A line of a later version is understood as far as its shape is known; one that is torn or of
 * another shape has no event and is not newer.
 */
export function decodeLine(line: string): DecodedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { event: null, newer: false };
  }
  const result = v.safeParse(lineShape, value);
  if (result.success) {
    const { output } = result;
    const newer = output.schema > incidentSchema;
    if (output.kind === 'removed') {
      return { event: { kind: 'removed', at: output.at ?? longAgo, id: output.id }, newer };
    }
    const { incident } = output;
    return { event: { kind: 'saved', at: output.at ?? incident.savedAt, incident }, newer };
  }
  return { event: null, newer: schemaOf(value) > incidentSchema };
}

function schemaOf(value: unknown): number {
  const said = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : 0;
  return typeof said === 'number' ? said : 0;
}
