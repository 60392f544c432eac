import * as v from 'valibot';
import { EngineError } from '../base/engineError.ts';
import { decodeLine, incidentSchema, incidentShape, type IncidentEvent } from './incidentEvents.ts';
import { foldEvents, type KnownIncident } from './memoryState.ts';

/** What the first line of a pack says it is. */
const format = 'faultline-incidents';

/** A larger text is no pack: 5,000 incidents take some 10 MB. In characters. */
export const mostPackCharacters = 32 * 1024 * 1024;
const mostLineCharacters = 256 * 1024;
/** As many as a memory holds. */
const mostIncidents = 5000;

const short = v.pipe(v.string(), v.maxLength(500));
const long = v.pipe(v.string(), v.maxLength(8000));
const names = (most: number) => v.pipe(v.array(short), v.maxLength(most));

/** An incident from elsewhere: the same shape within bounds. */
const packedShape = v.object({
  ...incidentShape.entries,
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
  changedAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  title: short,
  logs: names(50),
  templates: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4000))), v.maxLength(100)),
  exceptions: names(100),
  components: names(50),
  category: v.pipe(v.string(), v.maxLength(100)),
  rootCause: long,
  resolution: long,
  origin: v.optional(short, ''),
  merged: v.optional(names(1000), []),
});

const headShape = v.object({
  format: v.literal(format),
  schema: v.number(),
  name: v.optional(short, ''),
});

/** A pack that was read. `refused` counts what is no incident. */
export interface IncidentPack {
  readonly name: string;
  readonly items: readonly KnownIncident[];
  readonly refused: number;
}

/** A pack as JSON lines: one that says what it is, then one for each incident. */
export function encodePack(
  name: string,
  exportedAt: string,
  items: readonly KnownIncident[],
): string {
  const head = { format, schema: incidentSchema, name, exportedAt };
  const lines = items.map(({ incident, at }) => ({ ...incident, changedAt: at }));
  return `${[head, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/**
 * Reads a pack: JSON lines, one JSON object with `incidents`, or a backup of a memory. Within bounds
 * total: lines that are no incident are counted and left out.
 * @throws EngineError `too-large`; `invalid-argument` for what is no pack, or that of a later version
 */
export function decodePack(text: string): IncidentPack {
  if (text.length > mostPackCharacters) {
    throw new EngineError(
      'too-large',
      'The pack is larger than a memory of incidents can be.',
      'Name a file that `export` has written.',
    );
  }
  const whole = parsed(text);
  const listed = v.safeParse(v.object({ incidents: v.array(v.unknown()) }), whole);
  if (listed.success) return packOf(whole, listed.output.incidents);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const head = parsed(lines[0] ?? '');
  if (isRecord(head) && head['format'] === format) {
    const rest = lines.slice(1);
    return packOf(
      head,
      rest.map((line) => (line.length > mostLineCharacters ? null : parsed(line))),
    );
  }
  return backupOf(lines);
}

function packOf(said: unknown, values: readonly unknown[]): IncidentPack {
  const head = v.safeParse(headShape, said);
  if (!head.success) throw noPack();
  if (head.output.schema > incidentSchema) {
    throw new EngineError(
      'invalid-argument',
      'The pack was made by a newer version of Faultline.',
      'Update Faultline, then import it again.',
    );
  }
  const items: KnownIncident[] = [];
  let refused = 0;
  for (const value of values) {
    const read = v.safeParse(packedShape, value);
    if (!read.success || items.length === mostIncidents) {
      refused += 1;
      continue;
    }
    const { changedAt, ...incident } = read.output;
    items.push({ incident, at: changedAt ?? incident.savedAt });
  }
  return { name: head.output.name, items, refused };
}

/** A copy of `incidents.jsonl`: what is left after all of its events, within the same bounds. */
function backupOf(lines: readonly string[]): IncidentPack {
  const events: IncidentEvent[] = [];
  let refused = 0;
  for (const line of lines) {
    const { event } = decodeLine(line);
    if (event === null) refused += 1;
    else events.push(event);
  }
  if (events.length === 0) throw noPack();
  const items: KnownIncident[] = [];
  for (const known of foldEvents(events).known.values()) {
    const fits = v.is(packedShape, known.incident) && items.length < mostIncidents;
    if (fits) items.push(known);
    else refused += 1;
  }
  return { name: '', items, refused };
}

function noPack(): EngineError {
  return new EngineError(
    'invalid-argument',
    'This is no pack of incidents.',
    'Name a file that `export` has written, or a backup of a memory.',
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
