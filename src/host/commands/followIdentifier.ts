import * as vscode from 'vscode';
import { identifierAt } from '../../engine/merge/identifiersIn.ts';
import type { Row, SearchQuery } from '../../protocol/readerApi.ts';
import { toFailure } from '../../protocol/rpc.ts';
import { nameOf } from '../logDocuments.ts';
import { knownLogs } from './joined.ts';
import type { CommandHandler, Services } from './services.ts';

/** Lines of one log that are shown. */
const mostLines = 500;

interface Found {
  readonly uri: vscode.Uri;
  readonly row: Row;
  readonly column: number;
}

/**
 * Finds the identifier at the cursor, or the selected text, in all logs that are open or lie in the
 * workspace, and shows its lines in the order of time.
 */
export const followIdentifier: CommandHandler = async (services) => {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage('Put the cursor on an id in a log first.');
    return;
  }
  const { document, selection } = editor;
  const at = selection.active;
  const id =
    selection.isEmpty || !selection.isSingleLine
      ? identifierAt(document.lineAt(at.line).text, at.character)
      : document.getText(selection).trim();
  if (id === null || id === '') {
    void vscode.window.showInformationMessage('There is no id at the cursor.');
    return;
  }
  const logs = withDocument(await knownLogs(), document.uri);
  const found = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Looking for ${id}`,
      cancellable: true,
    },
    (progress, token) => findIn(services, logs, id, progress, token),
  );
  if (found === null) return;
  if (found.length === 0) {
    void vscode.window.showInformationMessage(`No saved log holds ${id}.`);
    return;
  }
  const locations = found.map(({ uri, row, column }) => {
    const start = new vscode.Position(row.line - 1, column);
    return new vscode.Location(uri, new vscode.Range(start, start.translate(0, id.length)));
  });
  await vscode.commands.executeCommand(
    'editor.action.peekLocations',
    document.uri,
    at,
    locations,
    'peek',
  );
};

function withDocument(logs: readonly vscode.Uri[], own: vscode.Uri): readonly vscode.Uri[] {
  const others = logs.filter((uri) => uri.toString() !== own.toString());
  return own.scheme === 'file' ? [own, ...others] : others;
}

/** Null when the reader has cancelled. */
async function findIn(
  services: Services,
  logs: readonly vscode.Uri[],
  id: string,
  progress: vscode.Progress<{ message: string; increment: number }>,
  token: vscode.CancellationToken,
): Promise<readonly Found[] | null> {
  const stop = new AbortController();
  token.onCancellationRequested(() => {
    stop.abort();
  });
  const query: SearchQuery = { text: id, regex: false, matchCase: true, wholeWord: true };
  const found: Found[] = [];
  const failed: string[] = [];
  for (const uri of logs) {
    if (token.isCancellationRequested) return null;
    progress.report({ message: nameOf(uri), increment: 100 / logs.length });
    try {
      found.push(...(await linesOf(services, uri, query, stop.signal)));
    } catch (error) {
      const { reason, message } = toFailure(error);
      if (reason === 'aborted') return null;
      services.log.debug(`Follow an id: ${message}`);
      failed.push(nameOf(uri));
    }
  }
  if (failed.length > 0) {
    void vscode.window.showWarningMessage(`These could not be read: ${failed.join(', ')}.`);
  }
  // Without a time a line stays behind those that state one, in the order of the logs.
  const timeOf = ({ row }: Found): number => row.time ?? Number.MAX_VALUE;
  return found.sort((one, other) => timeOf(one) - timeOf(other));
}

/** By a view of the reading thread that nobody looks at, so that logs of any size and kind are read. */
async function linesOf(
  { reader }: Services,
  uri: vscode.Uri,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const view = `follow ${uri.toString()}`;
  try {
    const paths = [uri.fsPath];
    await reader.request('open', { view, paths, joining: 'concatenated', rotated: false }, signal);
    const params = { view, query, first: 0, count: mostLines };
    const { rows } = await reader.request('hits', params, signal);
    return rows.map((row) => ({ uri, row, column: Math.max(0, row.text.indexOf(query.text)) }));
  } finally {
    await reader.request('close', { view });
  }
}
