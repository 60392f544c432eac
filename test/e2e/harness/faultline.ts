import type { FaultlineApi, LogReport } from '../../../src/host/api.ts';
import { type EditorWindow, eventually } from './editorWindow.ts';

/** What the extension says about an open document, or null where it does not follow it. */
export function report(window: EditorWindow, uri: string): Promise<LogReport | null> {
  return window.host(async ({ vscode }, name) => {
    const extension = vscode.extensions.getExtension<FaultlineApi>('faultline.faultline');
    const api = await extension?.activate();
    return api?.report(vscode.Uri.parse(name)) ?? null;
  }, uri);
}

/** The report after embeddings have refined it. */
export async function finalReport(
  window: EditorWindow,
  uri: string,
  patience = 60_000,
): Promise<LogReport> {
  return eventually(
    `the analysis of ${uri} is done`,
    async () => {
      const now = await report(window, uri);
      if (now?.state === 'failed') throw new Error(now.failure ?? 'The analysis failed.');
      return now?.state === 'done' && now.summary?.final === true ? now : undefined;
    },
    patience,
  );
}

/** Opens a log file and waits for its findings. */
export async function openLog(window: EditorWindow, path: string): Promise<LogReport> {
  await window.openFile(path);
  return finalReport(window, `file://${path}`);
}

/** 0-based line of the cursor in the active editor; -1 without one. */
export function cursorLine(window: EditorWindow): Promise<number> {
  return window.host(({ vscode }) => vscode.window.activeTextEditor?.selection.active.line ?? -1);
}

/** Puts the cursor at the start of a 0-based line and shows it, with the focus in the text. */
export async function goTo(window: EditorWindow, line: number): Promise<void> {
  await window.host(async ({ vscode }, at) => {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    if (editor === undefined) throw new Error('No editor is open.');
    const start = new vscode.Position(at, 0);
    const shown = await vscode.window.showTextDocument(editor.document, {
      ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    });
    shown.selection = new vscode.Selection(start, start);
    shown.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenter);
  }, line);
}

/** Hovers of all providers at a 0-based line, as Markdown source. */
export function hoverAt(window: EditorWindow, line: number): Promise<string> {
  return window.host(async ({ vscode }, at) => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) throw new Error('No editor is open.');
    const hovers = await vscode.commands.executeCommand<{ contents: unknown[] }[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      new vscode.Position(at, 3),
    );
    return hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === 'string' ? part : (part as { value: string }).value))
      .join('\n');
  }, line);
}

/** Files that a sample log is too tame for: quiet traffic, with `lines` put in after `after` of them. */
export function trafficLog(lines: readonly string[], after = 300, total = 400): string {
  const text: string[] = [];
  for (let index = 0; index < total; index++) {
    const time = new Date(Date.UTC(2026, 4, 4, 9, 0, index * 2)).toISOString();
    text.push(`${time} INFO  web request ${1000 + index} answered 200 in ${10 + (index % 23)} ms`);
    if (index === after) text.push(...lines.map((line) => `${time} ${line}`));
  }
  return `${text.join('\n')}\n`;
}
