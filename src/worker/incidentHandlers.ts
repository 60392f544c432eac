import { basename } from 'node:path';
import { EngineError } from '../engine/base/engineError.ts';
import { graded } from '../engine/incident/judge.ts';
import { readPackFile, writePackFile } from '../engine/incident/packFile.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { WorkerRequests } from '../protocol/workerApi.ts';
import type { Answers } from './answers.ts';
import type { Incidents } from './incidents.ts';

/** Most incidents that a search by hand answers with. */
const mostFound = 50;

type IncidentRequest = Extract<keyof WorkerRequests, `${string}ncident${string}`> | 'gradeReport';

/** What is asked of the incident memory. */
export function incidentHandlers(
  incidents: Incidents,
  answers: Pick<Answers, 'saveIncident' | 'queryAt'>,
): Pick<Handlers<WorkerRequests>, IncidentRequest> {
  const { store } = incidents;
  return {
    saveIncident: (params, signal) => answers.saveIncident(params, signal),
    judgeIncident: ({ id, status, text }) =>
      store.update(id, (known) => ({ ...known, ...text, status })),
    gradeReport: async ({ logs, line, incident, grade }, signal) => {
      if (!incidents.learning) {
        throw new EngineError(
          'invalid-argument',
          'Feedback is not kept: learning is switched off.',
          'Switch on faultline.incidents.learning in the settings.',
        );
      }
      const text = { title: '', rootCause: '', resolution: '' };
      const id = incident ?? (await answers.saveIncident({ logs, line, text }, signal)).id;
      return store.update(id, (known) => graded(known, grade));
    },
    incidents: () => store.list(),
    searchIncidents: async ({ words, example }, signal) =>
      example === null
        ? store.searchWords(words, mostFound)
        : incidents.search(await answers.queryAt(example, signal), mostFound),
    removeIncident: async ({ id }) => {
      await store.remove(id);
      return null;
    },
    mergeIncidents: ({ ids }) => store.merge(ids),
    incidentStatus: () => store.status(),
    backupIncidents: async ({ folder }) => ({ path: await store.backup(folder) }),
    verifyIncidents: () => store.verify(),
    rebuildIncidents: async () => ({ indexed: await store.rebuild() }),
    clearIncidents: () => store.clear(),
    exportIncidents: async ({ path }) => {
      const { text, incidents: count } = await store.exportPack(packName(path));
      await writePackFile(path, text);
      return { incidents: count };
    },
    importIncidents: async ({ path }) => store.importPack(await readPackFile(path), packName(path)),
  };
}

/** What a pack is called: its file without the ending. */
function packName(path: string): string {
  return basename(path).replace(/\.[a-z]+$/i, '');
}
