import * as vscode from 'vscode';
import { spanWords } from '../../engine/present/timeWords.ts';
import type { Log } from '../../engine/base/log.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { AnalysisService } from '../analysisService.ts';
import { DisposableStore } from '../disposables.ts';
import { isLogDocument } from '../logDocuments.ts';

/** Pause after the last change of the selection, in milliseconds. */
const pause = 120;

/** The status bar says how many lines are selected, and how long they took. */
export class SelectionTime implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #log: Log;
  readonly #disposables = new DisposableStore();
  readonly #item = this.#disposables.add(
    vscode.window.createStatusBarItem('faultline.selection', vscode.StatusBarAlignment.Right, 99),
  );
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asking: AbortController | null = null;

  constructor(analyses: AnalysisService, log: Log) {
    this.#analyses = analyses;
    this.#log = log;
    this.#item.name = 'Faultline Selection';
    const { window } = vscode;
    const soon = (): void => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#asking?.abort();
      this.#timer = setTimeout(() => void this.#show(), pause);
    };
    this.#disposables.add(window.onDidChangeTextEditorSelection(soon));
    this.#disposables.add(window.onDidChangeActiveTextEditor(soon));
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#disposables.dispose();
  }

  async #show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const shown = editor && this.#analyses.stateOf(editor.document)?.shown;
    const lines = editor === undefined ? null : selectedLines(editor.selection);
    if (!editor || !shown || shown.stale || lines === null || !isLogDocument(editor.document)) {
      this.#item.hide();
      return;
    }
    const controller = new AbortController();
    this.#asking = controller;
    const timeAt = async (line: number): Promise<number> => {
      const params = { from: line, to: line };
      const { times } = await this.#analyses.ask(
        editor.document,
        'times',
        params,
        controller.signal,
      );
      return times[0] ?? NaN;
    };
    try {
      const [first, last] = await Promise.all([timeAt(lines.from), timeAt(lines.to)]);
      if (controller.signal.aborted) return;
      const span = Number.isNaN(last - first) ? '' : ` · ${spanWords(last - first)}`;
      const count = (lines.to - lines.from + 1).toLocaleString(vscode.env.language);
      this.#item.text = `${count} lines${span}`;
      this.#item.tooltip = 'Selected lines, and the time from the first to the last of them';
      this.#item.show();
    } catch (error) {
      const { reason, message } = toFailure(error);
      if (reason !== 'aborted') this.#log.warn(`Selection: ${message}`);
      this.#item.hide();
    }
  }
}

/** Null for less than two lines; a line that the selection only touches at its start is not in it. */
function selectedLines({
  start,
  end,
}: vscode.Selection): { readonly from: number; readonly to: number } | null {
  const to = end.character === 0 ? end.line - 1 : end.line;
  return to > start.line ? { from: start.line, to } : null;
}
