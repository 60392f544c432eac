import * as vscode from 'vscode';
import type { Incident, IncidentStatus } from '../../engine/incident/incident.ts';
import type { IncidentText } from '../../protocol/panelApi.ts';
import { askForText } from './incident.ts';
import { plain } from './incidentItems.ts';
import { chooseIncident } from './chooseIncident.ts';
import type { Services } from './services.ts';

interface Action extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

/** Offers what can be done with an incident, and does it. */
export async function actOn(services: Services, incident: Incident): Promise<void> {
  const { title, rootCause, resolution, status } = incident;
  const text: IncidentText = { title, rootCause, resolution };
  const actions: Action[] = [
    {
      label: '$(pass) Confirm',
      detail: 'The cause is right. Only confirmed incidents weigh in a conclusion.',
      run: () => judge(services, incident, 'confirmed', text),
    },
    {
      label: '$(edit) Correct or complete',
      detail: 'Change the name, the cause or the fix. The incident is confirmed by it.',
      run: async () => {
        const corrected = await askForText(text, 'Correct the incident');
        if (corrected !== null) await judge(services, incident, 'confirmed', corrected);
      },
    },
    {
      label: '$(circle-slash) Reject',
      detail: 'The cause is wrong. It is no longer shown beside findings.',
      run: () => judge(services, incident, 'rejected', text),
    },
    {
      label: '$(git-merge) Merge another into it',
      detail: 'This one stays; the other one goes into it.',
      run: () => mergeInto(services, incident),
    },
    {
      label: '$(trash) Delete',
      detail: 'Forget it for good.',
      run: () => remove(services, incident),
    },
  ];
  const chosen = await vscode.window.showQuickPick(
    actions.filter(({ label }) => !(status === 'confirmed' && label.includes('Confirm'))),
    { title: plain(title), placeHolder: plain(rootCause === '' ? 'No cause noted' : rootCause) },
  );
  await chosen?.run();
}

async function judge(
  { engine }: Services,
  { id }: Incident,
  status: IncidentStatus,
  text: IncidentText,
): Promise<void> {
  const incident = await engine.request('judgeIncident', { id, status, text });
  void vscode.window.showInformationMessage(
    incident.status === 'confirmed'
      ? `Confirmed: ${incident.title}`
      : `Rejected: ${incident.title}`,
  );
}

async function mergeInto(services: Services, incident: Incident): Promise<void> {
  const other = await chooseIncident(services, `Merge into: ${plain(incident.title)}`, [
    incident.id,
  ]);
  if (other === null) return;
  const ids = [incident.id, other.id];
  const merged = await services.engine.request('mergeIncidents', { ids });
  void vscode.window.showInformationMessage(`Merged into: ${merged.title}`);
}

async function remove({ engine }: Services, { id, title }: Incident): Promise<void> {
  const sure = 'Delete';
  const chosen = await vscode.window.showWarningMessage(
    `Delete the incident "${title}"?`,
    { modal: true, detail: 'It is no longer found. Backups that were made before still hold it.' },
    sure,
  );
  if (chosen !== sure) return;
  await engine.request('removeIncident', { id });
  void vscode.window.showInformationMessage(`Deleted: ${title}`);
}
