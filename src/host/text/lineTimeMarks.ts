import * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { AnalysisService } from '../analysisService.ts';
import { DisposableStore } from '../disposables.ts';
import { isLogDocument } from '../logDocuments.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';
import { deltaNotes } from './deltaNotes.ts';

/** Lines above and below the visible ones that get their times too. */
const margin = 40;
/** Most lines that are asked about at once, whatever is visible through folds. */
const mostLines = 1_000;
/** Pause after the last scroll before times are asked for, in milliseconds. */
const pause = 80;

/** Writes the time since the message before in front of each visible line, and marks silences. */
export class LineTimeMarks implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #log: Log;
  readonly #disposables = new DisposableStore();
  readonly #due = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();
  readonly #running = new WeakMap<vscode.TextEditor, AbortController>();
  readonly #delta = this.#disposables.add(
    vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  readonly #gap = this.#disposables.add(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      borderColor: new vscode.ThemeColor('editorWarning.foreground'),
      borderStyle: 'dashed',
      borderWidth: '1px 0 0 0',
    }),
  );

  constructor(analyses: AnalysisService, settings: SettingsWatcher, log: Log) {
    this.#analyses = analyses;
    this.#settings = settings;
    this.#log = log;
    const { window } = vscode;
    const all = (): void => {
      for (const editor of window.visibleTextEditors) this.#drawSoon(editor);
    };
    this.#disposables.add(settings.onDidChange(all));
    this.#disposables.add(window.onDidChangeVisibleTextEditors(all));
    this.#disposables.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#drawSoon(textEditor);
      }),
    );
    this.#disposables.add(
      analyses.onDidChange((log) => {
        for (const editor of window.visibleTextEditors) {
          if (editor.document === log) this.#drawSoon(editor);
        }
      }),
    );
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
    this.#disposables.dispose();
  }

  #drawSoon(editor: vscode.TextEditor): void {
    if (this.#due.has(editor) || !isLogDocument(editor.document)) return;
    const draw = (): void => {
      this.#due.delete(editor);
      void this.#draw(editor);
    };
    this.#due.set(editor, setTimeout(draw, pause));
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    this.#running.get(editor)?.abort();
    const { document, visibleRanges } = editor;
    const shown = this.#analyses.stateOf(document)?.shown;
    if (!this.#settings.current.deltas || shown === null || shown === undefined) {
      this.#clear(editor);
      return;
    }
    const [top] = visibleRanges;
    const bottom = visibleRanges.at(-1);
    if (shown.stale || top === undefined || bottom === undefined) return;
    const from = Math.max(0, top.start.line - margin);
    const to = Math.min(document.lineCount - 1, bottom.end.line + margin, from + mostLines);
    const controller = new AbortController();
    this.#running.set(editor, controller);
    const { version } = document;
    try {
      const answer = await this.#analyses.ask(document, 'times', { from, to }, controller.signal);
      if (controller.signal.aborted || document.version !== version) return;
      const { deltas, gaps } = deltaNotes(answer, from, answer.clock?.gap ?? null);
      editor.setDecorations(this.#delta, deltas.map(deltaAt));
      editor.setDecorations(this.#gap, gaps.map(gapAt));
    } catch (error) {
      const { reason, message } = toFailure(error);
      if (reason !== 'aborted') this.#log.warn(`Times: ${message}`);
    }
  }

  #clear(editor: vscode.TextEditor): void {
    editor.setDecorations(this.#delta, []);
    editor.setDecorations(this.#gap, []);
  }
}

const quiet = new vscode.ThemeColor('editorCodeLens.foreground');

function deltaAt({ line, text }: { line: number; text: string }): vscode.DecorationOptions {
  return {
    range: new vscode.Range(line, 0, line, 0),
    renderOptions: { before: { contentText: text, color: quiet, width: '14ch' } },
  };
}

function gapAt({ line, text }: { line: number; text: string }): vscode.DecorationOptions {
  return {
    range: new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER),
    renderOptions: {
      after: {
        contentText: text,
        color: new vscode.ThemeColor('editorWarning.foreground'),
        margin: '0 0 0 2em',
      },
    },
  };
}
