import * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { AnalysisService } from '../analysisService.ts';
import { DisposableStore } from '../disposables.ts';
import { isLogDocument } from '../logDocuments.ts';
import type { LogViews } from './logViews.ts';
import type { SelectionSize } from './selectionText.ts';
import { selectionText } from './selectionText.ts';

/** How much is selected in the active log, and how long it took: in the status bar. */
export class SelectionItem implements vscode.Disposable {
  readonly #views: LogViews;
  readonly #analyses: AnalysisService;
  readonly #log: Log;
  /** Ends the question about the times of an earlier selection. */
  #asking = new AbortController();
  readonly #disposables = new DisposableStore();
  readonly #bar = this.#disposables.add(
    vscode.window.createStatusBarItem('faultline.selection', vscode.StatusBarAlignment.Right, 101),
  );

  constructor(views: LogViews, analyses: AnalysisService, log: Log) {
    this.#views = views;
    this.#analyses = analyses;
    this.#log = log;
    const { window } = vscode;
    const show = (): void => {
      this.#show();
    };
    this.#bar.name = 'Faultline: Selection';
    this.#bar.tooltip = 'Selected lines, and the time from the first to the last of them';
    this.#disposables.add(views.onDidChange(show));
    this.#disposables.add(window.onDidChangeTextEditorSelection(show));
    this.#disposables.add(window.onDidChangeActiveTextEditor(show));
  }

  dispose(): void {
    this.#asking.abort();
    this.#disposables.dispose();
  }

  #show(): void {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { active } = this.#views;
    const editor = vscode.window.activeTextEditor;
    const size =
      active !== undefined
        ? sizeInView(active.selected)
        : editor !== undefined && isLogDocument(editor.document)
          ? sizeInEditor(editor)
          : null;
    if (size === null) {
      this.#bar.hide();
      return;
    }
    this.#bar.text = selectionText(size, vscode.env.language);
    this.#bar.show();
    if (active === undefined && editor !== undefined && size.lines > 1) {
      void this.#addTime(editor, size, this.#asking.signal);
    }
  }

  /** The engine has read the times of the log already. */
  async #addTime(
    { document, selection }: vscode.TextEditor,
    size: SelectionSize,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#analyses.stateOf(document)?.shown?.stale !== false) return;
    const timeOf = async (line: number): Promise<number> => {
      const { times } = await this.#analyses.ask(
        document,
        'times',
        { from: line, to: line },
        signal,
      );
      return times[0] ?? NaN;
    };
    try {
      const from = await timeOf(selection.start.line);
      const milliseconds = (await timeOf(lastLineOf(selection))) - from;
      if (signal.aborted || Number.isNaN(milliseconds)) return;
      this.#bar.text = selectionText({ ...size, milliseconds }, vscode.env.language);
    } catch (error) {
      const { reason, message } = toFailure(error);
      if (reason !== 'aborted') this.#log.warn(`Selection: ${message}`);
    }
  }
}

function sizeInView(selected: NonNullable<LogViews['active']>['selected']): SelectionSize | null {
  if (selected === null || (selected.characters === 0 && selected.line === selected.endLine)) {
    return null;
  }
  const { line, endLine, time, endTime, characters } = selected;
  return {
    lines: endLine - line + 1,
    characters,
    milliseconds: time === null || endTime === null ? null : endTime - time,
  };
}

function sizeInEditor({ document, selection }: vscode.TextEditor): SelectionSize | null {
  if (selection.isEmpty) return null;
  const { start } = selection;
  return {
    lines: lastLineOf(selection) - start.line + 1,
    characters: document.offsetAt(selection.end) - document.offsetAt(start),
    milliseconds: null,
  };
}

/** A selection of whole lines ends before the first character of the next one. */
function lastLineOf({ start, end }: vscode.Selection): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}
