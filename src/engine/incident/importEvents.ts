import { EngineError } from '../base/engineError.ts';
import { cleanIncident } from './clean.ts';
import type { Change } from './eventLog.ts';
import type { Incident, IncidentImport } from './incident.ts';
import type { IncidentEvent } from './incidentEvents.ts';
import type { IncidentPack } from './incidentPack.ts';
import type { MemoryState } from './memoryState.ts';
import { signatureOf } from './signature.ts';

/** Where a pack goes. */
export interface ImportTarget {
  readonly state: MemoryState;
  /** What its incidents are said to come from. */
  readonly origin: string;
  /** ISO 8601: nothing is believed to be from later. */
  readonly now: string;
  /** Most incidents that the memory holds: what was saved here is not pushed out. */
  readonly most: number;
}

/**
 * What of a pack is new here, as events. Skipped is what is known: the same incident with a change that
 * is not older, one that was removed here since, one that went into another, or the same cause of the
 * same patterns under another name. An incident that was saved here is never overwritten. Refused is
 * what reads like an instruction to a model.
 */
export function importEvents(
  pack: IncidentPack,
  { state, origin, now, most }: ImportTarget,
): Change<IncidentImport> {
  const events: IncidentEvent[] = [];
  const merged = new Set(state.incidents.flatMap((incident) => incident.merged));
  const told = new Set(state.incidents.map(tellingKey));
  let room = most - state.known.size;
  let refused = pack.refused;
  let skipped = 0;
  for (const item of pack.items) {
    const at = item.at < now ? item.at : now;
    const known = state.known.get(item.incident.id);
    const forgotten = state.removed.get(item.incident.id) ?? '';
    if (
      merged.has(item.incident.id) ||
      forgotten >= at ||
      (known === undefined
        ? room <= 0 || told.has(tellingKey(item.incident))
        : known.at >= at || known.incident.origin !== origin)
    ) {
      skipped += 1;
      continue;
    }
    const incident = cleanOrNull({
      ...item.incident,
      origin,
      savedAt: earlier(item.incident, now),
    });
    if (incident === null) {
      refused += 1;
      continue;
    }
    if (known === undefined) room -= 1;
    told.add(tellingKey(incident));
    events.push({ kind: 'saved', at, incident });
  }
  return { events, result: { added: events.length, skipped, refused } };
}

/** A time in the future would make an incident seem recent for ever. */
function earlier({ savedAt }: Incident, now: string): string {
  return savedAt < now ? savedAt : now;
}

function tellingKey(incident: Incident): string {
  return `${signatureOf(incident).key}\n${incident.rootCause}`;
}

function cleanOrNull(incident: Incident): Incident | null {
  try {
    return cleanIncident(incident);
  } catch (error) {
    if (EngineError.is(error, 'invalid-argument')) return null;
    throw error;
  }
}
