import { join } from 'node:path';
import type { Log } from '../base/log.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { IncidentStore } from './incident.ts';
import { IncidentLog } from './incidentLog.ts';
import { IncidentMemory } from './incidentMemory.ts';
import { VectraIndex } from './vectraIndex.ts';

export interface IncidentStoreOptions {
  /** Folder of the memory; made when first written to. */
  readonly dir: string;
  /** The embedder, or how it is opened once there is something to embed. */
  readonly embedder: Embedder | (() => Promise<Embedder>);
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** The incident memory in a folder: `incidents.jsonl` and, beside it, the vector index made from it. */
export function openIncidentStore({
  dir,
  embedder,
  now,
  log,
}: IncidentStoreOptions): IncidentStore {
  return new IncidentMemory({
    events: new IncidentLog(dir),
    index: new VectraIndex(join(dir, 'vectors'), log),
    embedder: typeof embedder === 'function' ? embedder : () => Promise.resolve(embedder),
    now,
    log,
  });
}
