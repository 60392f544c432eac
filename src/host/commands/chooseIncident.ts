import * as vscode from 'vscode';
import type { Incident, SimilarIncident } from '../../engine/incident/incident.ts';
import type { Services } from './services.ts';
import type { OpenLog } from '../openLog.ts';
import { incidentItem, type IncidentItem } from './incidentItems.ts';

/** Pause in typing after which the search starts, in milliseconds. */
const pause = 120;

/** Lets the reader pick an incident by words. Null when the reader gives up. */
export async function chooseIncident(
  services: Services,
  title: string,
  without: readonly string[] = [],
): Promise<Incident | null> {
  const all = (await services.engine.request('incidents', null))
    .filter(({ id }) => !without.includes(id))
    .toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
  if (all.length === 0) {
    void vscode.window.showInformationMessage(
      without.length > 0
        ? 'There is no other incident.'
        : 'No incidents are remembered here yet. "Faultline: Save as Incident" at a finding adds one.',
    );
    return null;
  }
  const pick = vscode.window.createQuickPick<IncidentItem | LikeLogItem>();
  pick.title = title;
  pick.placeholder = 'Words of a title, a cause, a fix or a log line';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const usual = [...likeLog(services), ...all.map((incident) => incidentItem(incident))];
  pick.items = usual;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const show = async (find: () => Promise<readonly SimilarIncident[]>): Promise<void> => {
    asked += 1;
    const run = asked;
    pick.busy = true;
    try {
      const found = await find();
      if (run !== asked) return;
      pick.items = found
        .filter(({ incident }) => !without.includes(incident.id))
        .map(({ incident, why }) => incidentItem(incident, why));
    } catch (error) {
      services.log.error('Past incidents could not be searched.', error);
    } finally {
      if (run === asked) pick.busy = false;
    }
  };
  const chosen = await new Promise<Incident | null>((resolve) => {
    pick.onDidChangeValue((words) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (words.trim() === '') {
          asked += 1;
          pick.items = usual;
        } else {
          void show(() => services.engine.request('searchIncidents', { words, example: null }));
        }
      }, pause);
    });
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item === undefined) return;
      if ('incident' in item) {
        resolve(item.incident);
        pick.hide();
        return;
      }
      void show(() => searchLike(services, item.log));
    });
    pick.onDidHide(() => {
      resolve(null);
    });
    pick.show();
  });
  clearTimeout(timer);
  pick.dispose();
  return chosen;
}

interface LikeLogItem extends vscode.QuickPickItem {
  readonly log: OpenLog;
}

/** The offer to search by the example of the log that is open. */
function likeLog({ active }: Services): readonly LikeLogItem[] {
  const log = active.shown?.log;
  if (log === undefined) return [];
  return [{ label: '$(search) Incidents like this log', alwaysShow: true, log }];
}

async function searchLike(
  { analyses, engine }: Services,
  log: OpenLog,
): Promise<readonly SimilarIncident[]> {
  await analyses.settled(log, new AbortController().signal);
  const found = await analyses.recovering([log], undefined, () => {
    const example = { log: analyses.keyOf(log), line: null };
    return engine.request('searchIncidents', { words: '', example });
  });
  if (found.length === 0) {
    void vscode.window.showInformationMessage(
      'Not seen before: no past incident is like this log.',
    );
  }
  return found;
}
