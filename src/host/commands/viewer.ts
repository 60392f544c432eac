import * as vscode from 'vscode';
import { parseTimeQuery, timeQueryForms } from '../../engine/present/timeQuery.ts';
import type { ViewerCommand } from '../../protocol/viewerApi.ts';
import { placeOf } from '../commandLinks.ts';
import { viewerViewType } from '../contributions.ts';
import { isPacked } from '../logDocuments.ts';
import { parseLogKey } from '../openLog.ts';
import { lineQueryForms, parseLineQuery } from '../viewer/lineQuery.ts';
import type { LogView } from '../viewer/logView.ts';
import { joinedLogs } from '../viewer/openJoined.ts';
import { fileLogAt } from '../viewer/rotatedLog.ts';
import type { CommandHandler, Services } from './services.ts';

/** Opens a file in the viewer: the one a menu passes, that of the active tab, or one the reader chooses. */
export const openInViewer: CommandHandler = async ({ reader }, argument) => {
  const uri =
    argument instanceof vscode.Uri ? argument : (uriOfActiveTab() ?? (await chooseFile()));
  if (uri?.scheme === 'untitled') {
    void vscode.window.showInformationMessage('Save this log first: the log viewer reads files.');
  } else if (uri !== undefined) {
    const opening = vscode.commands.executeCommand('vscode.openWith', uri, viewerViewType);
    // While the editor makes a place for the view.
    reader.warmUp();
    await opening;
  }
};

/** Opens the log of the viewer, or the file a menu passes, as a text. */
export const openAsText: CommandHandler = async (_services, argument) => {
  const place = placeOf(argument);
  const uri =
    argument instanceof vscode.Uri
      ? argument
      : place === null
        ? uriOfActiveTab()
        : parseLogKey(place.uri).uri;
  if (uri === undefined) {
    void vscode.window.showInformationMessage('Open a log in the log viewer first.');
    return;
  }
  if (isPacked(uri) || joinedLogs(uri) !== null) {
    void vscode.window.showInformationMessage(
      isPacked(uri)
        ? 'An archive is no text to VS Code: only the log viewer unpacks it.'
        : 'Several logs as one are no file: open one of them instead.',
    );
  } else {
    const { rotated, path } = fileLogAt(uri);
    // Of a rotated set the file that is written now: the older ones are not one text with it.
    const file = rotated === true ? vscode.Uri.file(path) : uri;
    await vscode.commands.executeCommand('vscode.openWith', file, 'default');
  }
};

export const viewerFind = asksView('find');
export const viewerFindNext = asksView('findNext');
export const viewerFindPrevious = asksView('findPrevious');
export const viewerToggleWrap = asksView('toggleWrap');
export const viewerHidePattern = asksView('hidePattern');
export const viewerCopy = asksView('copy');
export const viewerToggleDeltas = asksView('toggleDeltas');
export const viewerToggleFollow = asksView('toggleFollow');

/** Asks for a line or a share of the log and goes there. */
export const viewerGoToLine: CommandHandler = async (services) => {
  const view = activeView(services);
  if (view === null) return;
  const text = await askOnce({
    title: 'Go to Line',
    prompt: lineQueryForms,
    validateInput: (typed) =>
      typed.trim() === '' || parseLineQuery(typed, view.bytes) !== null ? null : lineQueryForms,
  });
  const place = text === undefined ? null : parseLineQuery(text, view.bytes);
  if (place !== null) view.go(place);
};

/** Asks for a time and goes to the first record at or after it. */
export const viewerGoToTime: CommandHandler = async (services) => {
  const view = activeView(services);
  if (view === null) return;
  const times = await view.times();
  if (times === null) {
    void vscode.window.showInformationMessage('The lines of this log state no times.');
    return;
  }
  const text = await askOnce({
    title: 'Go to Time',
    prompt: timeQueryForms,
    validateInput: (typed) =>
      typed.trim() === '' || parseTimeQuery(typed, times) !== null ? null : timeQueryForms,
  });
  const target = text === undefined ? null : parseTimeQuery(text, times);
  if (target === null) return;
  view.go(
    target.kind === 'time'
      ? { kind: 'time', time: target.ms }
      : { kind: 'byte', byte: Math.floor(target.share * view.bytes) },
  );
};

let asking = false;

/** A key may come from the workbench and from the page: the box that is open already is the answer. */
async function askOnce(options: vscode.InputBoxOptions): Promise<string | undefined> {
  if (asking) return undefined;
  asking = true;
  try {
    return await vscode.window.showInputBox(options);
  } finally {
    asking = false;
  }
}

function asksView(command: ViewerCommand): CommandHandler {
  return (services) => {
    activeView(services)?.command(command);
    return Promise.resolve();
  };
}

/** The active view; where there is none the reader is told what to do. */
function activeView({ views }: Services): LogView | null {
  const [visible] = views.visible;
  const view = views.active ?? visible;
  if (view !== undefined) return view;
  void vscode.window.showInformationMessage(
    'Open a log in the log viewer first: "Faultline: Open in Log Viewer".',
  );
  return null;
}

function uriOfActiveTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
    ? input.uri
    : undefined;
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ openLabel: 'Open in Log Viewer' });
  return chosen?.[0];
}
