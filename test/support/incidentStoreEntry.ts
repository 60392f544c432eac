// Entry of the bundle that the child processes of incidentLog.test.ts load.
import { nullLog } from '../../src/engine/base/log.ts';
import type { IncidentStore } from '../../src/engine/incident/incident.ts';
import { openIncidentStore } from '../../src/engine/incident/openIncidentStore.ts';
import { letterEmbedder } from './incidents.ts';

export { incidentOf } from './incidents.ts';

export function openStore(dir: string): IncidentStore {
  return openIncidentStore({ dir, embedder: letterEmbedder, now: () => 0, log: nullLog });
}
