import * as vscode from 'vscode';
import { identifierAt } from '../../engine/merge/identifiersIn.ts';
import type { FoundIdentifier } from '../../protocol/readerApi.ts';
import { toFailure } from '../../protocol/rpc.ts';
import { signalOf } from '../abortSignals.ts';
import { documentLimitBytes, isPacked, nameOf } from '../logDocuments.ts';
import { cursorText } from '../viewer/cursorText.ts';
import type { LogView } from '../viewer/logView.ts';
import { knownLogs } from './joined.ts';
import type { CommandHandler, Services } from './services.ts';

/** Lines of each log that are shown. */
const mostLines = 500;

/** The identifier to follow, and where it was taken from. */
interface Followed {
  readonly id: string;
  readonly uri: vscode.Uri;
  /** Null in the viewer, which has no peek. */
  readonly at: vscode.Position | null;
}

/**
 * Finds the identifier at the cursor, or the selected text, in all logs that are open or lie in the
 * workspace, and shows its lines in the order of time.
 */
export const followIdentifier: CommandHandler = async (services) => {
  const view = services.views.active;
  const followed = view === undefined ? inEditor() : await inView(services, view);
  if (followed === null) {
    void vscode.window.showInformationMessage('Put the cursor on an id in a log first.');
    return;
  }
  const { id, uri, at } = followed;
  const logs = await logsWith(uri, view);
  const found = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Looking for ${id} in ${logs.length === 1 ? 'one log' : `${logs.length} logs`}`,
      cancellable: true,
    },
    (_progress, token) => findIn(services, logs, id, token),
  );
  if (found === null) return;
  if (found.lines.length === 0) {
    void vscode.window.showInformationMessage(`No saved log holds ${id}.`);
    return;
  }
  tellLeftOut(found);
  const large = await unpeekable(found);
  if (at !== null && large.size === 0) await peek(followed.uri, at, id, found);
  else await choose(services, id, found, large);
};

function inEditor(): Followed | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const at = selection.active;
  const id =
    selection.isEmpty || !selection.isSingleLine
      ? identifierAt(document.lineAt(at.line).text, at.character)
      : document.getText(selection).trim();
  return id === null || id === '' ? null : { id, uri: document.uri, at };
}

async function inView({ reader }: Services, view: LogView): Promise<Followed | null> {
  const text = await cursorText(reader, view);
  if (text === null) return null;
  const id = text.selected === '' ? identifierAt(text.line, text.column) : text.selected;
  return id === null || id === '' ? null : { id, uri: view.log.uri, at: null };
}

/** The log itself, or those that the view shows, first: of equal times they come first. */
async function logsWith(own: vscode.Uri, view: LogView | undefined): Promise<readonly string[]> {
  const first =
    view?.members.map(({ path }) => path) ?? (own.scheme === 'file' ? [own.fsPath] : []);
  return [...new Set([...first, ...(await knownLogs()).map(({ fsPath }) => fsPath)])];
}

/** Null when the reader has cancelled. */
async function findIn(
  { reader, log }: Services,
  paths: readonly string[],
  id: string,
  token: vscode.CancellationToken,
): Promise<FoundIdentifier | null> {
  try {
    return await reader.request(
      'followIdentifier',
      { paths, id, most: mostLines },
      signalOf(token),
    );
  } catch (error) {
    const { reason, message, advice } = toFailure(error);
    if (reason === 'aborted') return null;
    log.warn(`Follow an id: ${message}`);
    void vscode.window.showWarningMessage(`${message} ${advice}`);
    return null;
  }
}

function tellLeftOut({ cut, notes, unreadable }: FoundIdentifier): void {
  const names = (paths: readonly string[]): string =>
    paths.map((path) => nameOf(vscode.Uri.file(path))).join(', ');
  const told = [
    ...(cut.length === 0 ? [] : [`Only the first ${mostLines} lines of ${names(cut)} are shown.`]),
    ...(unreadable.length === 0 ? [] : [`These could not be read: ${names(unreadable)}.`]),
    ...notes.map((note) => `${note} The order makes up for it.`),
  ];
  if (told.length > 0) void vscode.window.showInformationMessage(told.join(' '));
}

/** Logs that the editor opens no text of: archives, and what is larger than its limit. */
async function unpeekable({ lines }: FoundIdentifier): Promise<ReadonlySet<string>> {
  const paths = [...new Set(lines.map(({ path }) => path))];
  const sizes = await Promise.all(
    paths.map(async (path) => {
      const uri = vscode.Uri.file(path);
      return isPacked(uri) ? Infinity : (await vscode.workspace.fs.stat(uri)).size;
    }),
  );
  return new Set(paths.filter((_, index) => (sizes[index] ?? 0) > documentLimitBytes));
}

async function peek(
  uri: vscode.Uri,
  at: vscode.Position,
  id: string,
  { lines }: FoundIdentifier,
): Promise<void> {
  const locations = lines.map(({ path, line, column }) => {
    const start = new vscode.Position(line - 1, column);
    return new vscode.Location(
      vscode.Uri.file(path),
      new vscode.Range(start, start.translate(0, id.length)),
    );
  });
  await vscode.commands.executeCommand('editor.action.peekLocations', uri, at, locations, 'peek');
}

/** A list in the order of time, for logs that no text editor shows; what is chosen is gone to. */
async function choose(
  { views }: Services,
  id: string,
  { lines }: FoundIdentifier,
  large: ReadonlySet<string>,
): Promise<void> {
  const items = lines.map(({ path, line, time, text }) => ({
    // A label would turn `$(name)` of a log into an icon; a zero-width space keeps it text.
    label: text.trim().replaceAll('$(', '$\u200b('),
    // Below the text: beside it a long line would leave no room.
    detail: `${nameOf(vscode.Uri.file(path))}:${line} · ${time === null ? 'no time' : new Date(time).toISOString().replace('T', ' ')}`,
    path,
    line,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: `${id}: ${lines.length === 1 ? 'one line' : `${lines.length} lines`}, in the order of time`,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const uri = vscode.Uri.file(chosen.path);
  const column = vscode.window.tabGroups.activeTabGroup.viewColumn;
  if (views.active !== undefined || large.has(chosen.path)) {
    await views.show(uri, chosen.line - 1, column);
    return;
  }
  const start = new vscode.Position(chosen.line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start) });
}
