import * as vscode from 'vscode';
import { searchIncidents } from './incidentSearch.ts';
import type { CommandHandler, Services } from './services.ts';

interface Task extends vscode.QuickPickItem {
  readonly run: (services: Services) => Promise<void>;
}

/** Files of packs, in file dialogs. */
const packs = { 'Incident packs': ['jsonl', 'json'] };

const tasks: readonly Task[] = [
  {
    label: '$(search) Search',
    detail: 'Find incidents by words; confirm, correct, merge or delete one.',
    run: (services) => searchIncidents(services, undefined),
  },
  { label: '$(info) Status', detail: 'How many there are, and where.', run: showStatus },
  { label: '$(checklist) Verify', detail: 'Read everything and say what is wrong.', run: verify },
  {
    label: '$(refresh) Rebuild Index',
    detail: 'Make the index anew from the incidents.',
    run: rebuild,
  },
  { label: '$(save-all) Back Up', detail: 'Copy the memory into a folder.', run: backUp },
  {
    label: '$(export) Export for the Team',
    detail: 'Write the confirmed incidents as a pack, without secrets and personal data.',
    run: exportPack,
  },
  {
    label: '$(import) Import',
    detail: 'Take in a pack of others, or a backup. What is known here is never overwritten.',
    run: importPack,
  },
  { label: '$(clear-all) Clear', detail: 'Forget everything, after a backup.', run: clear },
];

/** What keeps the incident memory in order. */
export const manageIncidents: CommandHandler = async (services) => {
  const chosen = await vscode.window.showQuickPick(tasks, {
    title: 'Faultline: incident memory',
    matchOnDetail: true,
  });
  await chosen?.run(services);
};

async function showStatus({ engine }: Services): Promise<void> {
  const { folder, incidents, confirmed, unconfirmed, rejected, bytes, indexed } =
    await engine.request('incidentStatus', null);
  const size = `${Math.ceil(bytes / 1024).toLocaleString(vscode.env.language)} kB`;
  void vscode.window.showInformationMessage(
    `${count(incidents, 'incident')}: ${confirmed} confirmed, ${unconfirmed} unconfirmed, ${rejected} rejected; ${indexed} indexed; ${size} in ${folder}`,
  );
}

async function verify({ engine }: Services): Promise<void> {
  const { incidents, problems } = await engine.request('verifyIncidents', null);
  if (problems.length === 0) {
    void vscode.window.showInformationMessage(`All is well: ${count(incidents, 'incident')}.`);
    return;
  }
  const mend = 'Rebuild Index';
  const chosen = await vscode.window.showWarningMessage(problems.join(' '), mend);
  if (chosen === mend) await engine.request('rebuildIncidents', null);
}

async function rebuild({ engine }: Services): Promise<void> {
  const { indexed } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Indexing past incidents' },
    () => engine.request('rebuildIncidents', null),
  );
  void vscode.window.showInformationMessage(`${count(indexed, 'incident')} indexed.`);
}

async function backUp({ engine }: Services): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: 'Back up past incidents to',
      openLabel: 'Back Up Here',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return;
  const { path } = await engine.request('backupIncidents', { folder: folder.fsPath });
  void vscode.window.showInformationMessage(`Copied to ${path}`);
}

async function exportPack({ engine }: Services): Promise<void> {
  const file = await vscode.window.showSaveDialog({
    title: 'Export confirmed incidents',
    saveLabel: 'Export',
    filters: packs,
  });
  if (file === undefined) return;
  const { incidents } = await engine.request('exportIncidents', { path: file.fsPath });
  void vscode.window.showInformationMessage(
    incidents === 0
      ? 'There are no confirmed incidents to export yet.'
      : `${count(incidents, 'confirmed incident')} exported, without secrets and personal data. Read the file before you pass it on.`,
  );
}

async function importPack({ engine }: Services): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import incidents',
      openLabel: 'Import',
      filters: packs,
    })) ?? [];
  if (file === undefined) return;
  const { added, skipped, refused } = await engine.request('importIncidents', {
    path: file.fsPath,
  });
  void vscode.window.showInformationMessage(
    `${count(added, 'incident')} imported; ${skipped} known already or older; ${refused} refused.`,
  );
}

async function clear({ engine }: Services): Promise<void> {
  const { incidents } = await engine.request('incidentStatus', null);
  const sure = 'Forget Everything';
  const chosen = await vscode.window.showWarningMessage(
    `Forget ${count(incidents, 'incident')}?`,
    { modal: true, detail: 'A copy is made first, in the folder of the memory.' },
    sure,
  );
  if (chosen !== sure) return;
  const { removed, backup } = await engine.request('clearIncidents', null);
  void vscode.window.showInformationMessage(
    `${count(removed, 'incident')} forgotten. A copy is at ${backup}`,
  );
}

function count(number: number, what: string): string {
  return `${number.toLocaleString(vscode.env.language)} ${what}${number === 1 ? '' : 's'}`;
}
