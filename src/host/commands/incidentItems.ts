import * as vscode from 'vscode';
import type { Incident } from '../../engine/incident/incident.ts';

/** An incident to choose. */
export interface IncidentItem extends vscode.QuickPickItem {
  readonly incident: Incident;
}

const icons = { confirmed: '$(pass)', unconfirmed: '$(question)', rejected: '$(circle-slash)' };

/** An incident as one item of a list: its name, what it was, what fixed it. */
export function incidentItem(incident: Incident, why = ''): IncidentItem {
  const { title, status, origin, savedAt, rootCause, resolution } = incident;
  const day = new Date(savedAt).toLocaleDateString(vscode.env.language);
  const about = [status, day, origin === '' ? '' : `from ${origin}`, why];
  const story = [
    rootCause === '' ? '' : `Cause: ${rootCause}`,
    resolution === '' ? '' : `Fix: ${resolution}`,
  ];
  return {
    label: `${icons[status]} ${plain(title)}`,
    description: plain(about.filter((text) => text !== '').join(' · ')),
    detail: plain(story.filter((text) => text !== '').join('  ')),
    // What was found by the engine is not filtered again by the letters typed.
    alwaysShow: true,
    incident,
  };
}

/** Text of a log in one line: `$(name)` in it must not become a picture. */
export function plain(text: string): string {
  return text.replaceAll('$(', '$\u200b(').replaceAll(/\s+/g, ' ');
}
