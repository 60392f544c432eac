import { seededRandom } from '../../engine/base/random.ts';
import { faultKinds, type FaultKind, type Plant, type Planter, type Workpiece } from './fault.ts';
import { linesOf, type Entry, type FaultBase } from './logStyle.ts';
import { plantBurst, plantSilence, plantSlowGap } from './plantInTime.ts';
import {
  plantDuplicatedEvent,
  plantMissingEvent,
  plantTruncatedSession,
  plantWrongOrder,
} from './plantInSessions.ts';
import {
  plantLevelShift,
  plantNewError,
  plantRareCategory,
  plantStackTrace,
  plantValueOutlier,
} from './plantLines.ts';

const planters: Record<FaultKind, Planter> = {
  'new error': plantNewError,
  'wrong order': plantWrongOrder,
  'missing event': plantMissingEvent,
  'value outlier': plantValueOutlier,
  'rare category': plantRareCategory,
  burst: plantBurst,
  silence: plantSilence,
  'slow gap': plantSlowGap,
  'level shift': plantLevelShift,
  'stack trace': plantStackTrace,
  'duplicated event': plantDuplicatedEvent,
  'truncated session': plantTruncatedSession,
};

/** Lines around a place at which something is missing that count as showing it. */
const besideLines = 3;

/** A fault as a reader of the file meets it. Lines are 1-based, ascending. */
export interface PlantedFault {
  readonly kind: FaultKind;
  readonly lines: readonly number[];
}

export interface FaultyLog {
  readonly text: string;
  readonly faults: readonly PlantedFault[];
}

/** Another stream of chance for each log, so that all do not get the same failure. */
function mixed(name: string, seed: number): number {
  let hash = seed;
  for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return hash;
}

/** The log as text, with nothing planted. */
export function cleanText(base: FaultBase): string {
  return `${base.entries.flatMap((entry) => linesOf(base, entry)).join('\n')}\n`;
}

/**
 * Plants up to `perKind` faults of each of the given kinds, far enough from each other that no
 * entry shows two. Kinds for which a log offers no place are left out. Same seed, same faults.
 */
export function plantFaults(
  base: FaultBase,
  kinds: readonly FaultKind[],
  perKind: number,
  seed: number,
): FaultyLog {
  const work: Workpiece = {
    base,
    random: seededRandom(mixed(base.name, seed)),
    entries: base.entries.map((entry) => ({ ...entry })),
    used: new Set(),
  };
  const plants: Plant[] = [];
  for (let round = 0; round < perKind; round += 1) {
    for (const kind of kinds) {
      const plant = planters[kind](work);
      if (plant === null) continue;
      plants.push(plant);
      for (const entry of [...plant.shows, ...plant.beside]) work.used.add(entry);
      if (plant.session === null) continue;
      for (const entry of work.entries) if (entry.session === plant.session) work.used.add(entry);
    }
  }
  const lines: string[] = [];
  const spans = new Map<Entry, readonly [number, number]>();
  for (const entry of work.entries) {
    const written = linesOf(base, entry);
    spans.set(entry, [lines.length + 1, lines.length + written.length]);
    lines.push(...written);
  }
  const faults = plants.map((plant): PlantedFault => {
    const shown = new Set<number>();
    const add = (entry: Entry, margin: number): void => {
      const span = spans.get(entry);
      if (span === undefined) return;
      for (let line = span[0] - margin; line <= span[1] + margin; line += 1) shown.add(line);
    };
    for (const entry of plant.shows) add(entry, 0);
    for (const entry of plant.beside) add(entry, besideLines);
    if (plant.session !== null) {
      for (const entry of work.entries) if (entry.session === plant.session) add(entry, 0);
    }
    return { kind: plant.kind, lines: [...shown].sort((a, b) => a - b) };
  });
  return { text: `${lines.join('\n')}\n`, faults };
}

/** Every kind of fault, in the order in which figures are shown. */
export const everyKind = Object.keys(faultKinds) as FaultKind[];
